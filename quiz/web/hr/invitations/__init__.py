"""Invitations: made from a list, looked through, mailed, renewed, revoked, removed."""

from quiz.web.hr.invitations import inviting, listing, one
from quiz.web.hr.invitations.door import door

__all__ = ["door", "inviting", "listing", "one"]
