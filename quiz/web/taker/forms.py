"""The forms of the taker's door. They validate; templates render."""

from __future__ import annotations

from flask import request
from wtforms import Form, RadioField, StringField
from wtforms.validators import AnyOf

from quiz.core.pack import ANSWERS
from quiz.web.i18n import LANGUAGES


class AnswerForm(Form):
    """One of the five answers."""

    choice = RadioField(choices=[(value, str(value)) for value in ANSWERS], coerce=int)


class LanguageForm(Form):
    """A language, and the step to come back to."""

    language = StringField(validators=[AnyOf(LANGUAGES)])
    back = StringField()


def answer_form() -> AnswerForm:
    """The answer that was posted."""
    return AnswerForm(request.form)


def language_form() -> LanguageForm:
    """The language that was posted."""
    return LanguageForm(request.form)
