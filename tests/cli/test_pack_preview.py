"""`flask pack preview`: a pack as people will see it, anew after every save, and its problems while it is broken."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from page_tree import read
from werkzeug.test import Client

from quiz.cli.pack.preview import teller
from quiz.cli.pack.previewing import HOME, Preview
from quiz.packs.loader import SHIPPED
from quiz.services.pack_preview import Reading
from quiz.settings import PROJECT


class Author:
    """Somebody who writes a pack, with a preview beside the editor."""

    def __init__(self, folder: Path, app, settings, scratch: Path) -> None:
        self.folder = folder
        self.heard = []
        self.preview = Preview(folder, app, settings, scratch, 80, self.heard.append)
        self.browser = Client(self.preview)

    def save(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in a file; the time of change moves on even on a coarse clock."""
        path = self.folder / file
        text, before = path.read_text(encoding="utf-8"), path.stat()
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))

    def see(self, address: str = "/", status: int = 200, language: str = "en") -> str:
        answer = self.browser.get(address, headers={"Accept-Language": language}, follow_redirects=True)
        assert answer.status_code == status, answer.text
        return answer.text


@pytest.fixture
def author(app, settings, tmp_path):
    folder = Path(shutil.copytree(SHIPPED / "ae-am", tmp_path / "mine"))
    (tmp_path / "scratch").mkdir()
    author = Author(folder, app, settings, tmp_path / "scratch")
    yield author
    author.preview.close()


NAME = "Account executive or account manager?"


def test_a_saved_word_is_there_after_a_reload(author):
    assert NAME in author.see()
    author.save("en.toml", NAME, "Which of the two?")
    assert "Which of the two?" in author.see()
    assert len(author.heard) == 2


def test_nothing_is_read_again_until_something_is_saved(author):
    for _ in range(3):
        author.see()
    assert len(author.heard) == 1


@pytest.mark.parametrize("address", ["/", "/roles", HOME, "/a/some-token/result"])
def test_a_broken_pack_shows_every_problem_with_its_file_and_line_on_every_page(author, address):
    author.see()
    author.save("pack.toml", "minutes = 5", "minutes = 500")
    author.save("en.toml", "[options]", "[options")
    page = author.see(address, 500)
    assert re.search(r"pack\.toml:\d+: minutes: ", page)
    assert re.search(r"en\.toml:\d+: is not good TOML", page)
    assert "Every problem is named with its file and line." in page


def test_a_pack_that_is_broken_from_the_first_is_shown_once_it_is_in_order(author):
    author.save("en.toml", "[options]", "[options")
    author.see(status=500)
    author.save("en.toml", "[options", "[options]")
    assert NAME in author.see()


def test_a_pack_whose_file_is_gone_says_so(author):
    author.see()
    (author.folder / "pack.toml").unlink()
    assert "holds no pack.toml" in author.see(status=500)


def test_answers_stay_while_only_words_change(author):
    answer = author.browser.post("/start", data={"language": "en"})
    question = answer.headers["Location"]
    author.browser.post(question, data={"choice": "2"})
    author.save("en.toml", "Your sports club gives you a month", "Your chess club gives you a month")
    page = author.see(question)
    assert "Your chess club gives you a month" in page
    assert 'value="2" aria-current="true"' in page


def test_attempts_that_no_longer_fit_the_pack_are_gone(author):
    question = author.browser.post("/start", data={"language": "en"}).headers["Location"]
    for file in ("pack.toml", "en.toml", "es.toml", "golden.toml"):
        text = (author.folder / file).read_text(encoding="utf-8")
        author.save(file, text, text.replace("sports-club", "chess-club"))
    author.see(question, 404)
    author.see()


def test_its_own_page_lists_the_people_and_each_leads_to_what_they_see(author):
    page, faults = read(author.see(HOME))
    assert faults == []
    links = [link["href"] for link in page.all("a") if link["href"].startswith(f"{HOME}/clear-hunter/")]
    assert links == [f"{HOME}/clear-hunter/{language}" for language in ("es", "en")]
    assert "Your answers point clearly to the account executive role" in author.see(links[1])
    assert "Tus respuestas apuntan" in author.see(links[0])


def test_somebody_who_stops_before_the_minimum_gets_the_next_question(author):
    golden = (author.folder / "golden.toml").read_text(encoding="utf-8")
    short = '\n[[personas]]\nid = "short"\nen = "Short."\nes = "Poco."\nexpect = { outcome = "none" }\n'
    author.save("golden.toml", golden, f"{golden}{short}answers = {{ sports-club = 1 }}\n")
    assert 'method="post"' in author.see(f"{HOME}/short/en")


def test_its_own_page_says_what_is_left_to_do(author):
    assert "flask pack check finds no problem" in author.see(HOME)
    author.save("en.toml", f'"{NAME}"', '"[Name]"')
    assert "en.toml:4: pack: 1 text still to be written" in author.see(HOME)


def test_its_own_page_speaks_the_browsers_language(author):
    assert 'lang="es"' in author.see(HOME, language="es")
    assert 'lang="en"' in author.see(HOME, language="fr")


def test_an_unknown_person_leads_back_to_the_list(author):
    for address in (f"{HOME}/nobody/en", f"{HOME}/clear-hunter/fr", f"{HOME}/"):
        answer = author.browser.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, HOME)


def test_pages_have_their_style_even_while_the_pack_is_broken(author):
    author.save("en.toml", "[options]", "[options")
    [style] = re.findall(r'href="(/static/[^"]+\.css)"', author.see(status=500))
    with author.browser.get(style) as answer:
        assert answer.status_code == 200


def test_the_real_database_is_not_touched(author, database):
    def attempts() -> int:
        return database.reader().cursor.execute("SELECT count(*) FROM attempts").fetchone()[0]

    before = attempts()
    author.browser.post("/start", data={"language": "en"})
    author.see(f"{HOME}/clear-hunter/en")
    assert attempts() == before == 0


def test_every_database_is_closed_at_the_end(author):
    used = []
    for minutes in (5, 6, 7):
        author.save("pack.toml", f"minutes = {minutes}", f"minutes = {minutes + 1}")
        _, app = author.preview.refresh()
        used.append(app.extensions["rolefit"].database.reader().cursor)
    author.preview.close()
    for cursor in used:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            cursor.execute("SELECT 1")


@pytest.mark.parametrize("address", ["/", HOME, "/static/app.css"])
@pytest.mark.parametrize(
    "host", ["attacker.example", "localhost.attacker.example", "localhost:8002", "127.0.0.1:81", ""]
)
def test_a_page_that_makes_its_own_name_lead_here_learns_nothing(author, address, host):
    answer = author.browser.get(address, headers={"Host": host})
    assert (answer.status_code, answer.text) == (421, "The preview has another address.\n")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST:80"])
def test_this_machine_has_two_names(author, host):
    assert author.browser.get(HOME, headers={"Host": host}).status_code == 200


def test_the_command_serves_the_folder_tells_what_it_reads_and_ends_cleanly(tmp_path):
    folder = Path(shutil.copytree(SHIPPED / "ae-am", tmp_path / "mine"))
    (folder / "en.toml").write_text("[pack", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "FLASK_APP": "app",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'real.db'}",
        "STATIC_FOLDER": str(tmp_path / "static"),
        "ROLEFIT_PACKS": str(folder),
        "TMPDIR": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "flask", "pack", "preview", str(folder), "--port", str(port)]
    served = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        told = [served.stdout.readline() for _ in range(5)]
        assert f"http://127.0.0.1:{port}/ (stop it with Ctrl+C)" in told[0]
        assert "not shown, because of 1 problem:" in told[3]
        assert f"{folder}/en.toml:1: is not good TOML" in told[4]
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(f"http://127.0.0.1:{port}/", headers={"Accept-Language": "en"}))
        assert "This pack cannot be shown yet" in refused.value.read().decode()
    finally:
        served.send_signal(signal.SIGTERM)
        rest, _ = served.communicate(timeout=30)
    assert "The preview has ended; its answers are gone." in rest
    assert served.returncode == 0
    assert list(tmp_path.glob("rolefit-preview-*")) == []
    assert not (tmp_path / "real.db").exists() or (tmp_path / "real.db").stat().st_size == 0


def test_a_folder_that_is_gone_is_named_once(tmp_path, capsys):
    teller("mine")(Reading.of(tmp_path / "mine"))
    assert capsys.readouterr().out.splitlines()[1:] == [f"  {tmp_path}/mine: there is no such folder"]


@pytest.mark.parametrize(("name", "told"), [("ae-an", "did you mean 'ae-am'?"), ("./nowhere", "no such folder")])
def test_no_pack_to_preview_is_told(app, name, told):
    answer = app.test_cli_runner().invoke(args=["pack", "preview", name])
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_a_port_that_is_taken_is_told(app):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = app.test_cli_runner().invoke(args=["pack", "preview", "ae-am", "--port", str(port)])
    assert answer.exit_code == 1
    assert f"port {port} is taken; try --port" in answer.stderr
