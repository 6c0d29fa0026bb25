"""The soak in short: takers, campaigns and HR at half of capacity, without an error, and memory stays."""

from __future__ import annotations

import os
import subprocess
import sys

from quiz.settings import PROJECT


def test_half_a_minute_of_everybody_at_once():
    """The whole half hour is run by hand: docs/measurements/2026-11-soak.md."""
    minutes = "0.5" if os.environ.get("FAULTS") == "whole" else "0.2"
    command = [sys.executable, "-m", "bench.soak", "--minutes", minutes, "--pace", "0.1", "--measure", "2"]
    soak = subprocess.run([*command, "--most", "80"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert soak.returncode == 0, soak.stdout + soak.stderr
    assert "Errors: 0" in soak.stdout
    for kind in ("answer", "console", "embed", "question", "result"):
        assert f"| {kind} |" in soak.stdout
