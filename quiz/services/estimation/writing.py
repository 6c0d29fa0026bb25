"""Writes a pack with estimated figures: a folder of its own, complete, that can be checked and run as it is."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from quiz.core.pack import Pack
from quiz.services.estimation import Estimated, documents
from quiz.services.library import Edition

MADE = ("parameters.toml", "calibration.json", "simulated.json")
"""What is written anew, or holds only for the figures as they were."""


class FolderTaken(ValueError):
    """Raised where something stands already: nothing is ever overwritten."""


def free(folder: Path) -> None:
    """Raise FolderTaken if the folder cannot be written: something is in it, or it is a file."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(f"{folder} exists already; name a folder that does not, nothing is overwritten")
    if not folder.resolve().parent.is_dir():
        raise FolderTaken(f"{folder.resolve().parent} does not exist")


def write(edition: Edition, found: Estimated, folder: Path, column: str | None = None) -> None:
    """Write the edition's pack with the estimated figures into `folder`, all of it or nothing.

    The words, the structure and the golden examples are copied; what was simulated with the old figures is not.
    """
    free(folder)
    place = folder.resolve()
    with tempfile.TemporaryDirectory(prefix=".calibrating-", dir=place.parent) as made:
        pack = Path(made) / "pack"
        shutil.copytree(edition.content.folder, pack, ignore=shutil.ignore_patterns(*MADE, "__pycache__", ".*"))
        (pack / "parameters.toml").write_text("\n".join(_parameters(found)) + "\n", encoding="utf-8")
        document = json.dumps(documents.calibration(found, column), ensure_ascii=False, indent=1)
        (pack / "calibration.json").write_text(document + "\n", encoding="utf-8")
        pack.chmod(0o755)
        if place.is_dir():
            place.rmdir()
        pack.rename(place)


def _parameters(found: Estimated) -> Iterator[str]:
    """Yield the lines of parameters.toml."""
    pack, parameters, estimation = found.pack, found.pack.parameters, found.pack.parameters.estimation
    if estimation is None:
        raise ValueError("the figures were not estimated")
    fallback = {figure: _mean(pack, figure) for figure in ("loading", "mean", "sd")}
    yield f"# Figures of the pack '{pack.id}', estimated from the answers of {estimation.people} people. How sure they"
    yield "# are stands in calibration.json. `doubt` and the role weights in pack.toml are still experts' judgement."
    yield f'version = "{parameters.version}"'
    yield f"released = {estimation.on.isoformat()}"
    yield 'status = "estimated"'
    for figure, value in fallback.items():
        yield f"{figure} = {value}" + (
            "  # the mean over all items, for one that is added later" if figure == "loading" else ""
        )
    yield f"acquiescence_sd = {parameters.acquiescence_sd}"
    yield "correlations = ["
    yield from (f"  [{', '.join(map(str, row))}]," for row in parameters.correlations)
    yield "]"
    same = len(set(parameters.doubt)) == 1
    if same:
        yield f"doubt = {parameters.doubt[0]}"
    else:
        yield from _table("doubt", dict(zip(pack.dimension_ids, parameters.doubt, strict=True)))
    yield from _table("estimation", {"people": estimation.people, "on": estimation.on.isoformat()})
    for item in pack.items:
        yield from _table(f"items.{item.id}", {"loading": item.loading, "mean": item.mean, "sd": item.sd})


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"[{name}]"
    yield from (f"{key} = {value}" for key, value in values.items())


def _mean(pack: Pack, figure: str) -> float:
    return round(fmean(getattr(item, figure) for item in pack.items), 4)
