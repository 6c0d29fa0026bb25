"""`flask pack`: make, check, simulate, estimate and score packs; one module a command."""

from __future__ import annotations

from flask.cli import AppGroup

from quiz.cli.pack.calibrate import calibrate
from quiz.cli.pack.check import check
from quiz.cli.pack.export import export
from quiz.cli.pack.new import new
from quiz.cli.pack.order import order
from quiz.cli.pack.preview import preview
from quiz.cli.pack.reliability import reliability
from quiz.cli.pack.score import score
from quiz.cli.pack.simulate import simulate

pack = AppGroup(
    "pack", help="Make, check, simulate, estimate and score packs. PACK is a shipped pack's name or a folder."
)
for command in (calibrate, check, export, new, order, preview, reliability, score, simulate):
    pack.add_command(command)
