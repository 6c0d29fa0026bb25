"""What trials found of a pack, kept beside it: simulated people in simulated.json, real answers in calibration.json.

Commands write these files; a pack from elsewhere may hold anything. What is of another pack, or not of the form that
pages rely on, is never used, and is told.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from quiz.core.digest import digest
from quiz.core.pack import Pack
from quiz.core.quality import Flag
from quiz.packs.problem import Problem
from quiz.packs.schema import Id, PackId, Version

SIMULATED, CALIBRATION = "simulated.json", "calibration.json"

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1, le=10**9)]


def _every_flag(rates: Mapping[str, float]) -> Mapping[str, float]:
    if missing := [flag for flag in Flag if flag not in rates]:
        raise ValueError(f"lacks {', '.join(missing)}")
    return rates


class Figures(BaseModel):
    """What the forms have in common: the figures that pages show, of the right type, beside any others."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class Made(Figures):
    """Which pack was simulated: its id, its two versions, and its digest."""

    id: PackId
    version: Version
    parameters: Version
    digest: str


class Shares(Figures):
    """How often the quiz is right, names a role, and is right then: null where nobody was named one."""

    accuracy: Share
    called: Share
    accuracy_when_called: Share | None


class Length(Shares):
    """The same after so many questions."""

    questions: Count
    reliability: float


class Bin(Figures):
    """People of about the same stated probability."""

    low: Share
    high: Share
    people: Count
    stated: Share
    right: Share


class Rates(Figures):
    """How often one kind of people raises each sign, all of them named."""

    flags: Annotated[Mapping[str, Share], AfterValidator(_every_flag)]
    any: Share
    withheld: Share
    called: Share


class Quality(Figures):
    """Base rates of the signs after so many questions, by the kind of people."""

    questions: Count
    attentive: Rates
    random: Rates
    straight_line: Annotated[Rates, Field(alias="straight-line")]
    extreme: Rates


class Styles(Figures):
    """How the people of a scenario answer."""

    acquiescence: float
    careless: Share
    faking: Share
    towards: Id | None
    misspecified: float
    early: Share
    extreme: float


class Scenario(Shares):
    """The same people answering otherwise."""

    styles: Styles
    calibration_error: float
    coverage: Share
    withheld: Share
    withheld_careless: Share | None
    aim_reached: Share | None
    aim_otherwise: Share | None


class Simulated(Shares):
    """What `flask pack simulate --save` writes."""

    pack: Made
    people: Count
    brier: float
    calibration_error: float
    coverage: Share
    withheld: Share
    lengths: Annotated[list[Length], Field(min_length=1)]
    calibration: list[Bin]
    quality: list[Quality]
    scenarios: Mapping[Id, Scenario]


class Estimate(Figures):
    """A figure's standard error; null where it is not known."""

    error: float | None = None


class Fit(Figures):
    """How the model fits the answers."""

    rmsea: float
    srmr: float
    freedom: int
    chi_square: float
    loglik: float


class Difference(Figures):
    """An item in one group, compared with the group of reference."""

    group: str
    item: str
    mean: float
    mean_error: float
    loading: float
    loading_error: float
    points: float
    flagged: bool


class Groups(Figures):
    """The groups whose answers were compared."""

    column: str
    reference: str
    people: Mapping[str, Count]
    differences: list[Difference]


class Calibrated(Figures):
    """What `flask pack calibrate` writes, as far as pages show it."""

    pack: PackId
    parameters: Version
    fit: Fit | None = None
    items: Mapping[str, Mapping[str, Estimate]] = Field(default_factory=dict)
    correlations: list[Estimate] = Field(default_factory=list)
    acquiescence_sd: Estimate | None = None
    groups: Groups | None = None
    warnings: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kept:
    """The figures of a file as JSON has them; empty where there is no such file, or where `problem` says why not."""

    figures: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None


def simulated(folder: Path, pack: Pack, typed: str = "") -> Kept:
    """Read simulated.json, if it is of this very pack: the id, both versions, and the digest.

    `typed` is what a person called the pack; a command that we advise then takes the same word.
    """
    called = shlex.quote(typed or (folder.name if folder.parent == Path(__file__).parent else str(folder)))
    return _read(folder / SIMULATED, Simulated, pack, f"run `flask pack simulate {called} --save`")


def calibrated(folder: Path, pack: Pack) -> Kept:
    """Read calibration.json, if it is of this pack and these parameters, whatever the version of the words."""
    return _read(folder / CALIBRATION, Calibrated, pack, "take it away, or calibrate anew")


def problems(folder: Path, pack: Pack, typed: str = "") -> Iterator[Problem]:
    """Yield what is wrong with the files of a pack's folder. Without one there is nothing to tell yet."""
    for kept in (simulated(folder, pack, typed), calibrated(folder, pack)):
        if kept.problem:
            yield kept.problem


def _read(file: Path, form: type[Simulated | Calibrated], pack: Pack, remedy: str) -> Kept:
    try:
        figures = json.loads(file.read_text(encoding="utf-8"))
        found = form.model_validate(figures)
    except FileNotFoundError:
        return Kept()
    except ValidationError as error:
        first = error.errors()[0]
        # Keys of a file from elsewhere: what a terminal would obey is not passed on.
        place = "".join(letter for letter in ".".join(map(str, first["loc"])) if letter.isprintable())
        wrong = f"cannot be used: {place}: {first['msg']}" if place else "cannot be used: it holds no figures"
    except (OSError, ValueError, RecursionError):
        wrong = "cannot be read"
    else:
        wrong = _of_another(found, pack) if isinstance(found, Simulated) else _foreign(found, pack)
    return Kept(problem=Problem(file.name, 0, f"{wrong}; {remedy}")) if wrong else Kept(figures)


def _of_another(found: Simulated, pack: Pack) -> str:
    made = found.pack
    if (made.id, made.version, made.parameters) != (pack.id, pack.version, pack.parameters.version):
        return f"is of '{made.id}' {made.version} with parameters {made.parameters}"
    if made.digest != digest(pack):
        return "is of other roles, items or parameters, which were changed without a new version"
    named = {each.styles.towards for each in found.scenarios.values() if each.styles.towards}
    return _strangers("roles", named - set(pack.role_ids))


def _foreign(found: Calibrated, pack: Pack) -> str:
    if (found.pack, found.parameters) != (pack.id, pack.parameters.version):
        return f"is of '{found.pack}' with parameters {found.parameters}"
    named = {each.item for each in found.groups.differences} if found.groups else set()
    return _strangers("items", named - pack.position.keys())


def _strangers(what: str, ids: Collection[str]) -> str:
    return f"tells of {what} that the pack does not have: {', '.join(map(repr, sorted(ids)))}" if ids else ""
