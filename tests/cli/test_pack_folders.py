"""`ROLEFIT_PACKS` from an operator's side: what starts, what is refused, and what the terminal says of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.packs.loader import SHIPPED
from quiz.settings import PROJECT

LIST = "from app import app; print(*(each.pack.id for each in app.extensions['rolefit'].library.offered))"


class Operator:
    """Somebody with a terminal, variables of the environment, and a folder of packs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "FLASK_APP": "app",
            "DATABASE_URL": f"sqlite:///{folder / 'rolefit.db'}",
            "STATIC_FOLDER": str(folder / "static"),
            "PACKS": "ae-am",
        }

    def pack(self, name: str, old: str = "", new: str = "") -> Path:
        """A copy of the default pack under an id of its own, with something changed in pack.toml."""
        folder = Path(shutil.copytree(SHIPPED / "ae-am", self.folder / "packs" / name))
        file = folder / "pack.toml"
        text = file.read_text(encoding="utf-8").replace('id = "ae-am"', f'id = "{name}"', 1)
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, *command],
            cwd=PROJECT,
            env=self.environment | {"ROLEFIT_PACKS": str(self.folder / "packs")} | variables,
            capture_output=True,
            text=True,
        )

    def offered(self, **variables: str) -> list[str]:
        ran = self.run("-c", LIST, **variables)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.split()


@pytest.fixture
def olga(tmp_path: Path) -> Operator:
    """Olga runs the quiz for others."""
    return Operator(tmp_path)


def test_packs_of_a_folder_outside_are_run_beside_the_shipped_ones(olga):
    olga.pack("bakers")
    olga.pack("brewers")
    assert olga.offered() == ["ae-am", "bakers", "brewers"]


def test_a_broken_pack_is_refused_with_every_problem_and_the_others_run(olga):
    olga.pack("bakers")
    broken = olga.pack("brewers", "minutes = 5", "minutes = 500")
    (broken / "en.toml").write_text("[pack", encoding="utf-8")
    ran = olga.run("-c", LIST)
    assert ran.stdout.split() == ["ae-am", "bakers"]
    refused = [line for line in ran.stderr.splitlines() if "a pack is not run: " in line]
    assert [line.rpartition(f"{broken}/")[2].split(":")[0] for line in refused] == ["en.toml", "pack.toml"]


def test_only_what_serves_tells_of_a_broken_pack_not_the_commands_before_it(olga):
    olga.pack("brewers", "minutes = 5", "minutes = 500")
    for command in (["db", "upgrade"], ["team", "setup"]):
        ran = olga.run("-m", "flask", *command)
        assert (ran.returncode, "a pack is not run" in ran.stderr) == (0, False), ran.stderr
    assert "a pack is not run: " in olga.run("-c", LIST).stderr


def test_a_broken_pack_can_be_checked_while_it_is_among_those_to_be_run(olga):
    broken = olga.pack("brewers", "minutes = 5", "minutes = 500")
    ran = olga.run("-m", "flask", "pack", "check", str(broken))
    assert ran.returncode == 1
    assert f"{broken}/pack.toml:" in ran.stdout
    assert "minutes" in ran.stdout


def test_a_pack_outside_may_be_the_only_one(olga):
    olga.pack("bakers")
    assert olga.offered(PACK="bakers", PACKS="bakers") == ["bakers"]


def test_a_name_that_is_nowhere_is_a_reason_not_to_start(olga):
    olga.pack("bakers")
    ran = olga.run("-c", LIST, PACK="backers")
    assert ran.returncode == 1
    assert "Rolefit cannot start.\nPACK: no pack 'backers' is run; did you mean 'bakers'?" in ran.stderr


def test_a_folder_that_is_not_there_is_told_and_the_rest_runs(olga):
    olga.pack("bakers")
    folders = os.pathsep.join([str(olga.folder / "nowhere"), str(olga.folder / "packs")])
    ran = olga.run("-c", LIST, ROLEFIT_PACKS=folders)
    assert ran.stdout.split() == ["ae-am", "bakers"]
    assert f"{olga.folder / 'nowhere'}: there is no such folder" in ran.stderr
