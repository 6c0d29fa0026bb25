"""What tests read of the documents: their text, the rows of their tables, figures as they write them."""

from quiz.settings import PROJECT


def text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def rows(name: str) -> list[list[str]]:
    """The cells of every table row of a document."""
    lines = [line for line in text(name).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def short(share: float, digits: int = 3) -> str:
    return f"{share:.{digits}f}".removeprefix("0")
