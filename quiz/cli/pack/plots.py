"""The simulation's charts as SVG files of their own, drawn by the templates that the pages use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from quiz.cli.pack.shared import give_up
from quiz.present.simulation import calibration_chart, lengths_chart
from quiz.settings import PROJECT


def write_plots(simulated: Mapping[str, Any], minimum: int, roles: int, folder: Path) -> None:
    """Draw lengths.svg and calibration.svg of so many roles into the folder, which is made if need be."""
    charts = {"lengths": lengths_chart(simulated, minimum), "calibration": calibration_chart(simulated)}
    # Templates of their own, because the command also runs without the site; the files are in English.
    templates = Flask(__name__, template_folder=str(PROJECT / "templates")).jinja_env
    templates.globals["_"] = str
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawn in charts.items():
            text = templates.get_template(f"charts/{name}.svg").render(drawn=drawn, alone=True, two=roles == 2)
            (folder / f"{name}.svg").write_text(text.strip() + "\n", encoding="utf-8")
    except OSError as error:
        give_up([f"{folder}: cannot be written: {error.strerror}"])
