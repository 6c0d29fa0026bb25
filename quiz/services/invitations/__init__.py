"""Invitations: people asked by name, each by a link of their own.

Here is what somebody with a link meets; `rows` reads lists of people, `book` keeps them for those who invite.
"""

from quiz.services.invitations.links import (
    BadInvitation,
    Invitation,
    attempt_token,
    path,
    read,
)

__all__ = ["BadInvitation", "Invitation", "attempt_token", "path", "read"]
