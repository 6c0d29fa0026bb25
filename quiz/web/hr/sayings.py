"""What Flask-Security says on the pages that we use of it, in the house's words.

It looks them up in our own translations, in the language of the page.
"""

from __future__ import annotations

from quiz.settings import PROJECT

TRANSLATIONS = PROJECT / "quiz" / "translations"


def _(text: str) -> str:
    """Mark a text for the translators; it is translated when it is said."""
    return text


_ERRORS = {
    "API_ERROR": _("That did not arrive whole. Try it once more."),
    "GENERIC_AUTHN_FAILED": _("E-mail and password do not belong together. Check both."),
    "EMAIL_NOT_PROVIDED": _("Your e-mail is missing."),
    "INVALID_EMAIL_ADDRESS": _("This is not an e-mail address."),
    "PASSWORD_NOT_PROVIDED": _("The password is missing."),
    "INVALID_PASSWORD": _("This is not your password."),
    "PASSWORD_IS_THE_SAME": _("The new password is the old one."),
    "RETYPE_PASSWORD_MISMATCH": _("The two new passwords differ."),
    "INVALID_REDIRECT": _("That would have led away from here."),
    "INVALID_RECOVERY_CODE": _("This recovery code is wrong, or it was used."),
    "NO_RECOVERY_CODES_SETUP": _("There are no recovery codes yet."),
    "TWO_FACTOR_PERMISSION_DENIED": _("Sign in again: too much time has passed, or you came by another way."),
    "DISABLED_ACCOUNT": _("E-mail and password do not belong together. Check both."),
    "INVALID_INPUT": _("There are characters in it that cannot be shown."),
    "INVALID_INPUT_LENGTH": _("Take at most 64 characters."),
    "UNAUTHENTICATED": _("Sign in first."),
    "WEBAUTHN_EXPIRED": _("That took too long. Try it once more."),
    "WEBAUTHN_NAME_REQUIRED": _("Give the passkey a name, so that you can tell it from others."),
    "WEBAUTHN_NAME_INUSE": _("You have a passkey of this name. Take another one."),
    "WEBAUTHN_NAME_NOT_FOUND": _("You have no passkey of this name."),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": _("This passkey is known already."),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": _("This passkey is not known here. Perhaps it was removed."),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": _("This passkey is not known here. Perhaps it was removed."),
    "WEBAUTHN_NO_VERIFY": _("The passkey could not be checked. Try it once more."),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": _("This passkey is not known here. Perhaps it was removed."),
    "WEBAUTHN_MISMATCH_USER_HANDLE": _("This passkey is somebody else's."),
}
_NOTICES = {
    "REAUTHENTICATION_SUCCESSFUL": _("Thank you. You can go on for an hour."),
    "ANONYMOUS_USER_REQUIRED": _("You are signed in already."),
    "PASSWORD_CHANGE": _("Your password is changed, and you are signed out everywhere else."),
    "WEBAUTHN_CREDENTIAL_DELETED": _("The passkey %(name)s is removed."),
    "WEBAUTHN_REGISTER_SUCCESSFUL": _("The passkey %(name)s is added. You can sign in with it from now on."),
}
SAYINGS = {
    f"SECURITY_MSG_{key}": (text, kind)
    for kind, texts in (("error", _ERRORS), ("info", _NOTICES))
    for key, text in texts.items()
}
