"""`flask pack`: make, check, simulate, estimate and score packs; one module a command."""

from __future__ import annotations

from flask.cli import AppGroup

from quiz.cli.pack.check import check
from quiz.cli.pack.score import score
from quiz.cli.pack.simulate import simulate

pack = AppGroup("pack", help="Check, simulate and score packs. PACK is a shipped pack's name or a folder.")
for command in (check, score, simulate):
    pack.add_command(command)
