"""The figures that lie beside a pack, as far as they are of the version at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quiz.core.pack import Pack


def of_this_version(simulated: Mapping[str, Any], pack: Pack) -> Mapping[str, Any]:
    """A stored simulation; nothing if it says that it was made with another version of the pack or its parameters."""
    made = simulated.get("pack")
    if made is None or (made["version"], made["parameters"]) == (pack.version, pack.parameters.version):
        return simulated
    return {}
