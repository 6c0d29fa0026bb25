"""The worked example of a manual: from the printed numbers alone, by school arithmetic, come the printed results."""

import math
from dataclasses import replace

import pytest
import tiny_pack
from page_tree import Element

from quiz.core.measure import Measure
from quiz.packs.content import Content
from quiz.packs.loader import load

PACKS = ("ae-am", "client-facing", "tiny")
ODD = """
version = "2.1.0"
released = 2026-11-23
status = "expert"
loading = 0.8123
mean = 3.1415
sd = 0.9713
acquiescence_sd = 0.2718
doubt = { opening = 0.0, nerve = 0.1, caring = 0.25, order = 0.3 }
correlations = [
    [1.0, 0.4142, 0.1732, 0.2236],
    [0.4142, 1.0, 0.2646, 0.2828],
    [0.1732, 0.2646, 1.0, 0.3162],
    [0.2236, 0.2828, 0.3162, 1.0],
]
[items.stay-close]
loading = 0.7071
"""
"""Figures as an estimation gives them: no two alike, and with more decimals than experts would dare."""
LAST = 6e-4
"""Six units of the fourth decimal: every number on the way was rounded as printed."""
BY_ONE = 1.5e-4
"""What is rounded to four decimals then differs by one in the last, as the page says."""


def number(text: str) -> float:
    """A number as it is printed, in either language."""
    return float(text.replace(",", ".").replace("−", "-"))


def printed(page: Element, name: str) -> float:
    """A number of the example, by its name; the same wherever it stands."""
    (found,) = {number(element.text) for element in page.all("mn", data_figure=name)}
    return found


def beginning(page: Element, start: str) -> list[Element]:
    """The numbers whose names begin so."""
    return [element for element in page.all("mn") if (element.get("data-figure") or "").startswith(start)]


@pytest.fixture(params=[(pack, language) for pack in PACKS for language in ("en", "es")], ids="-".join)
def shown(request, make_app, settings, tmp_path) -> tuple[Content, Element]:
    """A pack and its manual."""
    pack, language = request.param
    folder = tiny_pack.write(tmp_path)
    (folder / "parameters.toml").write_text(ODD, encoding="utf-8")
    app = make_app(replace(settings, rolefit_packs=str(folder)))
    page = app.test_client().get(f"/packs/{pack}/manual?lang={language}").page
    return load(folder if pack == "tiny" else pack), page.main


@pytest.fixture
def calculated(shown) -> dict[str, float]:
    """What a pocket calculator gives, step by step, from nothing but numbers that are printed."""
    _, page = shown
    get = lambda name: printed(page, name)  # noqa: E731
    z = [(get(f"x{at}") - get(f"mean{at}")) / get(f"sd{at}") for at in (1, 2)]
    z = [-each if page.all("mn", data_figure=f"key{at}") else each for at, each in enumerate(z, 1)]
    terms = len(beginning(page, "left"))
    s12 = sum(get(f"left{term}") * get(f"phi{term}") * get(f"right{term}") for term in range(1, terms + 1))
    s11, s22 = get("S11"), get("S22")
    determinant = s11 * s22 - s12**2
    p11, p12, p22 = s22 / determinant, -s12 / determinant, s11 / determinant
    u = [p11 * z[0] + p12 * z[1], p12 * z[0] + p22 * z[1]]
    width = r1 = r2 = doubted = 0.0
    together = {}
    for row in (row for row in page.all("tr") if row.get("data-row")):
        count, q1, q2, trait, variance, difference, g, tau = (number(cell.text) for cell in row.all("td"))
        together |= dict.fromkeys(row["data-row"].split(), g)
        assert trait == pytest.approx(q1 * u[0] + q2 * u[1], abs=LAST)
        assert variance == pytest.approx(1 - (p11 * q1**2 + 2 * p12 * q1 * q2 + p22 * q2**2), abs=LAST)
        width += count * difference * g
        doubted += count * tau**2 * (trait**2 + variance)
    width = math.sqrt(width)
    for element in beginning(page, "h"):
        answer, dimension = element["data-figure"][1:].split("-", 1)
        part = number(element.text) * together[dimension] / width
        r1, r2 = (r1 + part, r2) if answer == "1" else (r1, r2 + part)
    weights = [r1 * p11 + r2 * p12, r1 * p12 + r2 * p22]
    contributions = [weight * each for weight, each in zip(weights, z, strict=True)]
    mean, variance = sum(contributions), 1 - (weights[0] * r1 + weights[1] * r2)
    sd = math.sqrt(variance + doubted)
    return {
        **{"z1": z[0], "z2": z[1], "S12": s12, "det": determinant, "P11": p11, "P12": p12, "P22": p22},
        **{"u1": u[0], "u2": u[1], "D": width, "r1": r1, "r2": r2, "weight1": weights[0], "weight2": weights[1]},
        **{"contribution1": contributions[0], "contribution2": contributions[1], "m": mean, "cVc": variance},
        **{"doubted": doubted, "s": sd, "ratio": mean / sd, "P": 0.5 * math.erfc(-mean / sd / math.sqrt(2))},
    }


def test_a_pocket_calculator_gets_every_printed_result(shown, calculated):
    found = {name: printed(shown[1], name) for name in calculated}
    assert found == pytest.approx(calculated, abs=LAST)


def test_the_loading_of_a_trade_off_follows_from_its_own_numbers(shown):
    _, page = shown
    (at,) = {element["data-figure"].removeprefix("correlation") for element in beginning(page, "correlation")}
    scaled = printed(page, f"loading{at}") / math.sqrt(2 - 2 * printed(page, f"correlation{at}"))
    found = beginning(page, f"h{at}-")
    assert sorted(number(element.text) for element in found) == pytest.approx([-scaled, scaled], abs=LAST)


def test_what_the_dimensions_have_in_common_with_the_answers_and_the_roles_follows_from_table_phi(shown):
    content, page = shown
    ids = content.pack.dimension_ids
    table = next(each for each in page.all("table") if each.one("caption")["id"] == "correlations-table")
    phi = {(id, id): 1.0 for id in ids}
    for id, row in zip(ids, table.one("tbody").all("tr"), strict=True):
        found = [number(cell.text) for cell in row.all("td") if cell.text.strip()]
        for other, correlation in zip(ids, found, strict=False):
            phi[id, other] = phi[other, id] = correlation
    rows = {}
    for row in (row for row in page.all("tr") if row.get("data-row")):
        figures = tuple(number(cell.text) for cell in row.all("td"))
        rows |= dict.fromkeys(row["data-row"].split(), figures)
    h = [{each["data-figure"][3:]: number(each.text) for each in beginning(page, f"h{at}-")} for at in (1, 2)]
    for id, (_, q1, q2, _, _, _, g, _) in rows.items():
        gains = [sum(loading * phi[id, other] for other, loading in row.items()) for row in h]
        assert [q1, q2] == pytest.approx(gains, abs=BY_ONE)
        assert g == pytest.approx(sum(row[5] * phi[id, other] for other, row in rows.items()), abs=BY_ONE)


def test_the_quiz_itself_gets_the_same_from_these_two_answers(shown):
    content, page = shown
    made = content.pack
    items = [line["data-item"] for line in page.all("li") if line.get("data-item")]
    answers = {item: int(printed(page, f"x{at}")) for at, item in enumerate(items, 1)}
    contrast = Measure(made).contrast(answers, *made.role_ids[:2])
    for name, value in (("m", contrast.mean), ("s", contrast.sd), ("P", contrast.probability)):
        assert printed(page, name) == pytest.approx(value, abs=5e-5)
    for at, item in enumerate(items, 1):
        assert printed(page, f"contribution{at}") == pytest.approx(contrast.contributions[item], abs=5e-5)
