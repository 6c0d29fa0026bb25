"""The form for a recovery code, which people copy from paper."""

from __future__ import annotations

import re

from flask_security.recovery_codes import MfRecoveryForm
from wtforms import StringField
from wtforms.validators import DataRequired


def as_made(text: str | None) -> str:
    """A code as it was made, such as 360d-9a95-4989, from however it was typed."""
    plain = re.sub(r"[^0-9a-z]", "", (text or "").lower())
    return "-".join(plain[place : place + 4] for place in range(0, len(plain), 4))


class Form(MfRecoveryForm):
    """Takes capitals for small letters, and does not mind where blanks and hyphens stand."""

    code = StringField(filters=[as_made], validators=[DataRequired()])
