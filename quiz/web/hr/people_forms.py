"""The forms of those who come in, and of the team."""

from __future__ import annotations

import email_validator
from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, PasswordField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from quiz.web.hr import passwords
from quiz.web.i18n import LANGUAGES

LONGEST = 100
_given = DataRequired(lazy_gettext("This is needed."))


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def a_line(_form: FlaskForm, field: Field) -> None:
    """Refuse what no name has."""
    if not field.data.isprintable():
        raise ValidationError(gettext("There are characters in it that cannot be shown."))


def an_email(_form: FlaskForm, field: Field) -> None:
    """Bring an e-mail into its normal form, or refuse it."""
    try:
        field.data = email_validator.validate_email(field.data, check_deliverability=False).normalized
    except ValueError as error:
        raise ValidationError(gettext("This is not an e-mail address.")) from error


def name_field(label: str) -> StringField:
    """A name of somebody or something."""
    length = Length(max=LONGEST, message=lazy_gettext("Take at most 100 characters."))
    return StringField(label, filters=[_one_line], validators=[_given, length, a_line])


class Newcomer(FlaskForm):
    """Who joins a team."""

    name = name_field(lazy_gettext("Your name"))
    email = EmailField(lazy_gettext("Your e-mail"), filters=[_one_line], validators=[_given, an_email])
    password = PasswordField(lazy_gettext("Password"), validators=[_given])

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that others would guess."""
        if found := passwords.problem(passwords.normal(field.data), self.name.data or "", self.email.data or ""):
            raise ValidationError(found)


class Founder(Newcomer):
    """Who makes the first team."""

    team = name_field(lazy_gettext("Name of the team"))


class Forgotten(FlaskForm):
    """Who needs a new password."""

    email = EmailField(lazy_gettext("Your e-mail"), filters=[_one_line], validators=[_given, an_email])


class NewPassword(FlaskForm):
    """A new password, by a link."""

    password = PasswordField(lazy_gettext("New password"), validators=[_given])
    own: tuple[str, ...] = ()

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that others would guess."""
        if found := passwords.problem(passwords.normal(field.data), *self.own):
            raise ValidationError(found)


class Invite(FlaskForm):
    """Whom to invite to the team."""

    email = EmailField(lazy_gettext("E-mail"), filters=[_one_line], validators=[Optional(), an_email])
    role = RadioField(
        lazy_gettext("Role"),
        choices=[
            SelectChoice("viewer", lazy_gettext("Viewer: sees everything, writes notes")),
            SelectChoice("owner", lazy_gettext("Owner: changes campaigns, invites, deletes, looks after the team")),
        ],
        default="viewer",
    )


class TeamName(FlaskForm):
    """Another name of the team."""

    team = name_field(lazy_gettext("Name of the team"))


class Profile(FlaskForm):
    """What somebody says of themselves."""

    name = name_field(lazy_gettext("Your name"))
    language = RadioField(lazy_gettext("Language"), choices=[SelectChoice(*each) for each in LANGUAGES.items()])


class Code(FlaskForm):
    """A code of an authenticator app."""

    code = StringField(lazy_gettext("Code"), filters=[lambda text: "".join((text or "").split())], validators=[_given])


def posted(form: FlaskForm) -> bool:
    """Whether a form was sent and is in order."""
    return request.method == "POST" and bool(form.validate())
