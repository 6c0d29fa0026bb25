"""Fixtures of the measurement's tests; the packs and people themselves are in `core_cast`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from core_cast import AE, AM, DEFAULT, DEFAULT_MEASURE, FIVE_MEASURE, leaning_to

from quiz.core.measure import Measure
from quiz.core.pack import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack shaped as the default one."""
    return DEFAULT


@pytest.fixture(scope="session")
def measure() -> Measure:
    """Its measure."""
    return DEFAULT_MEASURE


@pytest.fixture(scope="session")
def five() -> Measure:
    """The measure of a pack with five roles."""
    return FIVE_MEASURE


@pytest.fixture(scope="session")
def example() -> dict[str, Any]:
    """The published worked example, as data."""
    data: dict[str, Any] = json.loads(Path(__file__).with_name("measurement_example.json").read_text())
    return data


@pytest.fixture
def hunter(pack: Pack) -> dict[str, int]:
    """Answers that speak for account executive throughout."""
    return leaning_to(pack, AE)


@pytest.fixture
def farmer(pack: Pack) -> dict[str, int]:
    """Answers that speak for account manager throughout."""
    return leaning_to(pack, AM)
