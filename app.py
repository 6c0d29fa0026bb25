"""The application that a server or `flask` loads."""

from quiz import create_app
from quiz.services.packs import BrokenPack
from quiz.settings import WrongSetting

try:
    app = create_app()
except (WrongSetting, BrokenPack) as problem:
    raise SystemExit(f"Rolefit cannot start.\n{problem}") from None
