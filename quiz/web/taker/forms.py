"""The forms of the taker's door. They validate; templates render."""

from __future__ import annotations

from flask import abort, request
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import AnyOf, ValidationError

from quiz.core.pack import ANSWERS
from quiz.web.i18n import LANGUAGES

FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


class AnswerForm(Form):
    """One of the five answers."""

    choice = StringField(validators=[AnyOf([str(answer) for answer in ANSWERS])])

    def validate_choice(self, field: StringField) -> None:
        """Two choices at once are none: nobody could say which was meant."""
        if len(field.raw_data) != 1:
            raise ValidationError


class LanguageForm(Form):
    """A language, and the step to come back to."""

    language = StringField(validators=[AnyOf(LANGUAGES)])
    back = StringField()


def answer_form() -> AnswerForm:
    """The answer that was posted."""
    return AnswerForm(posted())


def language_form() -> LanguageForm:
    """The language that was posted."""
    return LanguageForm(posted())


def posted() -> MultiDict[str, str]:
    """The fields of the posted form; 415 for a body that is no form, which no page of ours sends."""
    if request.content_length and request.mimetype not in FORM_TYPES:
        abort(415)
    return request.form
