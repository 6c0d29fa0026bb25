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
    """The default pack in a folder outside, with something changed in its files; it has not been simulated."""
    unsimulated = shutil.ignore_patterns("simulated.json")
    folder = Path(shutil.copytree(SHIPPED / "ae-am", shelf / name, ignore=unsimulated))
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


@pytest.mark.parametrize(
    ("name", "told"),
    [("nowhere", "there is no such folder"), ("empty", "holds no pack.toml"), ("file", "cannot be read")],
)
def test_a_folder_without_a_pack_is_told_and_the_others_run(shelf, caplog, name, told):
    (shelf / "empty").mkdir()
    (shelf / "file").write_text("no folder")
    assert list(open_library("ae-am", folders=[shelf / name]).newest) == ["ae-am"]
    assert f"{shelf / name}: {told}" in caplog.text or f"{shelf / name}: this folder {told}" in caplog.text


def test_every_problem_of_a_pack_outside_is_told_with_the_path_and_the_line_of_its_file(shelf, caplog):
    folder = copy(shelf, "broken", pack=("minutes = 5", "minutes = 500"), en=('name = "', 'nmae = "'))
    open_library("ae-am", folders=[shelf])
    before, _, _ = (folder / "pack.toml").read_text(encoding="utf-8").partition("minutes = 500")
    line = before.count("\n") + 1
    assert f"a pack is not run: {folder}/pack.toml:{line}: minutes: " in caplog.text
    assert f"a pack is not run: {folder}/en.toml:" in caplog.text


def test_a_pack_that_cannot_be_opened_is_told(shelf, caplog, monkeypatch):
    locked = copy(shelf, "locked", pack=('id = "ae-am"', 'id = "locked"'))
    copy(shelf, "sound", pack=('id = "ae-am"', 'id = "sound"'))
    exists, listed = Path.exists, Path.iterdir

    def refuse(ask):
        def asked(path, **options):
            if locked in (path, path.parent):
                raise PermissionError(13, "Permission denied")
            return ask(path, **options)

        return asked

    monkeypatch.setattr(Path, "exists", refuse(exists))
    monkeypatch.setattr(Path, "iterdir", refuse(listed))
    assert list(open_library("ae-am", folders=[shelf]).newest) == ["ae-am", "sound"]
    assert f"{locked}: this folder cannot be read: Permission denied" in caplog.text


def test_a_shipped_pack_of_no_such_name_is_told_and_the_others_run(caplog):
    assert list(open_library("ae-am", shipped=["ae-an"]).newest) == ["ae-am"]
    assert "a pack is not run: ae-an: there is no pack of this name; did you mean 'ae-am'?" in caplog.text


def test_the_main_pack_may_be_one_outside(shelf):
    copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'))
    copy(shelf, "newer", pack=('id = "ae-am"\nversion = "1.0.0"', 'id = "own"\nversion = "1.1.0"'))
    library = open_library("own", folders=[shelf])
    assert versions(library) == ["own 1.1.0+1.0.0"]
    assert library.find("own", "1.0.0+1.0.0").content.folder == shelf / "own"


def test_a_broken_main_pack_outside_is_refused_and_its_problems_are_told(shelf, caplog):
    folder = copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'), en=('name = "', 'nmae = "'))
    with pytest.raises(BrokenPack, match="PACK: no pack 'own' is run"):
        open_library("own", shipped=["ae-am"], folders=[shelf])
    assert f"{folder}/en.toml:" in caplog.text


def test_a_pack_with_texts_still_to_be_written_is_run_and_the_log_says_so(shelf, caplog):
    folder = copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'), en=('name = "', 'name = "[Name]" # "'))
    assert "own" in open_library("ae-am", folders=[shelf]).newest
    told = f"a pack is run that is not finished: {folder}/en.toml:4: pack: 1 text still to be written"
    assert told in caplog.text


def test_a_folder_that_is_named_twice_is_read_once(shelf, caplog):
    folder = copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'))
    assert list(open_library("ae-am", folders=[shelf, folder]).newest) == ["ae-am", "own"]
    assert caplog.text == ""


def test_the_same_version_from_two_folders_is_told_and_the_first_is_run(shelf, caplog):
    copy(shelf, "twin")
    library = open_library("ae-am", folders=[shelf])
    assert library.main.content.folder == SHIPPED / "ae-am"
    assert f"is run already, from {SHIPPED / 'ae-am'}; raise the version" in caplog.text


@pytest.mark.parametrize("file", ["simulated.json", "calibration.json"])
@pytest.mark.parametrize("text", [b"", b"[]", b'{"pack": "\xe9"}', b'{"people": "many", "lengths": 3, "items": 4}'])
def test_kept_figures_that_are_broken_are_told_with_their_path_and_the_pack_is_run_without(shelf, caplog, file, text):
    folder = copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'))
    (folder / file).write_bytes(text)
    edition = open_library("ae-am", folders=[shelf]).newest["own"]
    assert (edition.simulated, edition.calibrated) == ({}, {})
    assert f"figures of a pack are not shown: {folder}/{file}: cannot be " in caplog.text


def test_broken_figures_of_the_main_pack_do_not_keep_it_from_being_run(shelf, caplog):
    folder = copy(shelf, "own", pack=('id = "ae-am"', 'id = "own"'))
    (folder / "simulated.json").write_text("{}")
    assert open_library("own", folders=[shelf]).main.simulated == {}
    assert f"{folder}/simulated.json: cannot be used" in caplog.text


def test_figures_of_this_very_pack_are_used_and_those_of_another_version_or_pack_are_not(shelf, caplog):
    kept = (SHIPPED / "ae-am" / "simulated.json").read_bytes()
    changes = {
        "newer": {"parameters": ('version = "1.0.0"', 'version = "1.1.0"')},
        "foreign": {"pack": ('id = "ae-am"', 'id = "foreign"')},
        "changed": {"pack": ('id = "ae-am"\nversion = "1.0.0"', 'id = "ae-am"\nversion = "0.9.0"')},
    }
    for name, change in changes.items():
        (copy(shelf, name, **change) / "simulated.json").write_bytes(kept)
    library = open_library("ae-am", folders=[shelf])
    used = {f"{id} {version}": bool(edition.simulated) for (id, version), edition in library.editions.items()}
    assert used == {
        "ae-am 1.0.0+1.0.0": True,
        "ae-am 1.0.0+1.1.0": False,
        "foreign 1.0.0+1.0.0": False,
        "ae-am 0.9.0+1.0.0": False,
    }
    assert f"{shelf}/foreign/simulated.json: is of 'ae-am' 1.0.0 with parameters 1.0.0" in caplog.text


def test_a_broken_main_pack_is_refused():
    with pytest.raises(BrokenPack, match="did you mean 'ae-am'"):
        open_library("ae-an")
