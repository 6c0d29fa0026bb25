"""What the tests of packs share: a pack folder that each test may break as it likes."""

from pathlib import Path

import pytest
import tiny_pack

from quiz.packs.check import check


class Folder:
    """A pack in a folder of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def change(self, file: str, old: str, new: str) -> int:
        """Put `new` where `old` stands for the first time, and return the line of that place."""
        line = self.line(file, old)
        path = self.path / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return line

    def line(self, file: str, text: str) -> int:
        """Return the line of a file in which `text` first begins."""
        before, found, _ = (self.path / file).read_text(encoding="utf-8").partition(text)
        assert found, f"{file} does not hold {text!r}"
        return before.count("\n") + 1

    def problems(self) -> list[str]:
        return [str(problem) for problem in check(self.path)]


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    return Folder(tiny_pack.write(tmp_path))
