"""The application that a server or `flask` loads."""

from quiz import create_app

app = create_app()
