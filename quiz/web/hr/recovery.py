"""Recovery codes: the form for one, which people copy from paper, and that each works once."""

from __future__ import annotations

import re
from typing import Any

from flask_security import MfRecoveryCodesUtil
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import StringField
from wtforms.validators import DataRequired

from quiz.services import team
from quiz.web.house import house


def as_made(text: str | None) -> str:
    """A code as it was made, such as 360d-9a95-4989, from however it was typed."""
    plain = re.sub(r"[^0-9a-z]", "", (text or "").lower())
    return "-".join(plain[place : place + 4] for place in range(0, len(plain), 4))


class Form(MfRecoveryForm):
    """Takes capitals for small letters, and does not mind where blanks and hyphens stand."""

    code = StringField(filters=[as_made], validators=[DataRequired()])


class Codes(MfRecoveryCodesUtil):
    """Codes that work once, also where two requests come with the same one at the same moment."""

    def check_recovery_code(self, user: Any, code: str) -> bool:  # noqa: ANN401 - as in Flask-Security
        """Whether a code is good; it is used up by that, for only one of two can be the first to find it."""
        return team.use_recovery_code(house().database, user.id, lambda kept: code in self._decrypt_codes([kept]))

    def delete_recovery_code(self, user: Any, code: str) -> bool:  # noqa: ANN401 - as in Flask-Security
        """It was used up when it was checked."""
        return True
