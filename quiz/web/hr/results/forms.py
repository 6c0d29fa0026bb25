"""The forms of a person's page."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from quiz.services.notes import LONGEST


class NoteForm(FlaskForm):
    """A note on a person."""

    text = TextAreaField(
        lazy_gettext("Your note"),
        filters=[lambda text: "".join(each for each in (text or "") if each.isprintable() or each in "\n\t").strip()],
        validators=[
            DataRequired(lazy_gettext("Write something first.")),
            Length(max=LONGEST, message=lazy_gettext("A note has at most %(max)d characters.")),
        ],
    )
