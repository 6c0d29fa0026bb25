"""Which packs are run: shipped ones, those of folders outside, several versions side by side, but no broken one."""

import logging
import shutil
from pathlib import Path

import pytest

from quiz.packs.loader import SHIPPED, BrokenPack
from quiz.services.library import open_library


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder outside the project."""
    return tmp_path


def copy(shelf: Path, name: str, **changes: tuple[str, str]) -> Path:
    """The default pack in a folder outside, with something changed in its files."""
    folder = Path(shutil.copytree(SHIPPED / "ae-am", shelf / name))
    for file, (old, new) in changes.items():
        path = folder / f"{file}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def versions(library) -> list[str]:
    return [f"{edition.pack.id} {edition.pack.full_version}" for edition in library.offered]


def test_the_main_pack_is_offered_first(shelf):
    copy(shelf, "aardvark", pack=('id = "ae-am"', 'id = "aardvark"'))
    assert versions(open_library("ae-am", folders=[shelf])) == ["ae-am 1.0.0+1.0.0", "aardvark 1.0.0+1.0.0"]


def test_new_parameters_score_new_people_and_the_old_ones_those_who_began_with_them(shelf):
    folder = copy(shelf, "estimated", parameters=('version = "1.0.0"', 'version = "1.10.0"'))
    copy(shelf, "between", parameters=('version = "1.0.0"', 'version = "1.9.0"'))
    library = open_library("ae-am", folders=[shelf])
    assert versions(library) == ["ae-am 1.0.0+1.10.0"]
    assert library.main.content.folder == folder
    assert library.find("ae-am", "1.0.0+1.0.0").content.folder == SHIPPED / "ae-am"
    assert library.find("ae-am", "0.9.0+1.0.0") is library.main  # a version that is no longer run
    assert library.find("elsewhere", "1.0.0+1.0.0") is None


def test_a_folder_may_be_a_pack_itself(shelf):
    folder = copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'))
    assert "own" in open_library("ae-am", folders=[folder]).newest


def test_a_broken_pack_outside_is_not_run_and_all_its_problems_are_told(shelf, caplog):
    copy(shelf, "broken", pack=("minutes = 5", "minutes = 500"), en=('name = "', 'nmae = "'))
    copy(shelf, "sound", pack=('id = "ae-am"', 'id = "sound"'))
    with caplog.at_level(logging.ERROR):
        library = open_library("ae-am", folders=[shelf])
    assert list(library.newest) == ["ae-am", "sound"]
    assert "minutes" in caplog.text
    assert "did you mean 'name'?" in caplog.text


def test_a_folder_without_a_pack_is_told(shelf, caplog):
    assert list(open_library("ae-am", folders=[shelf / "nowhere"]).newest) == ["ae-am"]
    assert "holds no pack.toml" in caplog.text


def test_the_same_version_from_two_folders_is_told_and_the_first_is_run(shelf, caplog):
    copy(shelf, "twin")
    library = open_library("ae-am", folders=[shelf])
    assert library.main.content.folder == SHIPPED / "ae-am"
    assert "is run already" in caplog.text


def test_a_broken_main_pack_is_refused():
    with pytest.raises(BrokenPack, match="did you mean 'ae-am'"):
        open_library("ae-an")
