"""Tokens: the unguessable part of an attempt's address, and all that the database knows of it."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits in 43 characters that are safe in an address."""
    return secrets.token_urlsafe(32)


def in_campaign(token: str, public_id: str) -> str:
    """The token of a campaign's attempt.

    It says by itself whose it is. So an answer about an attempt of which nothing is kept any more, or that no view has
    looked for, still knows which sites may frame it.
    """
    return f"{token}.{public_id}"


def token_hash(token: str) -> bytes:
    """The 32 bytes kept in place of a token.

    A plain hash is enough: a token is as random as its hash, and nobody can try 2²⁵⁶ of them. Whatever an
    address holds may be hashed; what is no token is found nowhere.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
