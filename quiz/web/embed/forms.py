"""The form that starts a campaign's attempt: what its address says, and what the campaign asks of the person."""

from __future__ import annotations

from flask_babel import gettext
from wtforms import BooleanField, Form, StringField
from wtforms.validators import ValidationError

from quiz.services import joining
from quiz.services.campaigns import Campaign
from quiz.services.joining import Arrival, Given
from quiz.web.taker.forms import posted


class StartForm(Form):
    """A language, the reference and the invitation of the address, and whether the outcome may be told."""

    language = StringField()
    ref = StringField()
    invite = StringField()
    share = BooleanField()


class NamedForm(StartForm):
    """The same, with name and e-mail, and the agreement that they may be kept."""

    name = StringField(filters=[lambda text: " ".join((text or "").split())])
    email = StringField(filters=[lambda text: (text or "").strip()])
    agreed = BooleanField()
    texts = StringField()

    def __init__(self, *args: object, version: int = 0, **more: object) -> None:
        super().__init__(*args, **more)
        self._version = str(version)

    def validate_name(self, field: StringField) -> None:
        """A name of any people, in any script."""
        if not field.data:
            raise ValidationError(gettext("Write your name."))
        if not joining.is_name(field.data):
            most = joining.LONGEST_NAME
            raise ValidationError(gettext("Use at most %(most)s ordinary characters.", most=most))

    def validate_email(self, field: StringField) -> None:
        """An address that mail could be sent to."""
        if not field.data:
            raise ValidationError(gettext("Write your e-mail address."))
        if not joining.is_email(field.data):
            raise ValidationError(gettext("Write it in full, such as name@example.org."))

    def validate_agreed(self, field: BooleanField) -> None:
        """Nothing is kept without agreement, and nobody agrees to what they have not read."""
        if field.data and self.texts.data != self._version:
            field.data = False
            raise ValidationError(gettext("These words have been changed since you opened the page. Read them again."))
        if not field.data:
            raise ValidationError(gettext("Tick this if you agree. Without it, your name cannot be kept."))


def asks(campaign: Campaign) -> bool:
    """Whether the person has something to fill in."""
    return campaign.identification == "named" or offers_sharing(campaign)


def offers_sharing(campaign: Campaign) -> bool:
    """Whether the person is asked to share the outcome: one that they see, with a page that there can be."""
    return bool(campaign.shares_outcome and campaign.shows_result and campaign.sites)


def empty(campaign: Campaign, arrival: Arrival) -> StartForm:
    """The form as it is first shown: an invitation says whom it is for, and nothing is ticked."""
    invitation = arrival.invitation
    if campaign.identification != "named":
        return StartForm()
    return NamedForm(name=invitation.name if invitation else "", email=invitation.email if invitation else "")


def start(campaign: Campaign) -> StartForm:
    """The form that was posted."""
    if campaign.identification == "named":
        return NamedForm(posted(), version=campaign.texts_version)
    return StartForm(posted())


def given(campaign: Campaign, form: StartForm) -> Given:
    """What a valid form says of the person."""
    shares = form.share.data and offers_sharing(campaign)
    if not isinstance(form, NamedForm):
        return Given(to_sharing=shares)
    return Given(form.name.data, form.email.data, to_contact=True, to_sharing=shares)
