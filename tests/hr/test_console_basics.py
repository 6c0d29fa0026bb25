"""The console's ground rules: who gets in, and what its presence costs those who take the quiz."""

import subprocess
import sys

from quiz.settings import PROJECT


def test_nobody_gets_in_without_signing_in(stranger):
    answer = stranger.get("/hr/")
    assert answer.status_code == 302
    assert answer.location.startswith("/hr/sign-in")


def test_members_see_the_campaigns(alice, bob):
    for member in (alice, bob):
        assert member.get("/hr/").page.heading == "Campaigns"


def test_a_wrong_password_is_refused(stranger, alice):
    page = stranger.get("/hr/sign-in").page
    token = page.all("input", name="csrf_token")[0]["value"]
    answer = stranger.post("/hr/sign-in", data={"email": "alice@1.example", "password": "wrong", "csrf_token": token})
    assert answer.status_code == 422
    assert stranger.get("/hr/").status_code == 302


def test_taking_the_quiz_imports_nothing_of_the_console():
    script = (
        "import sys; from quiz import create_app; client = create_app().test_client();"
        "client.get('/'); client.get('/roles');"
        "assert not [name for name in sys.modules if name.startswith(('flask_security', 'quiz.web.hr.'))]"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=PROJECT)
