"""Tokens: the unguessable part of an attempt's address, and all that the database knows of it."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits in 43 characters that are safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """The 32 bytes kept in place of a token.

    A plain hash is enough: a token is as random as its hash, and nobody can try 2²⁵⁶ of them. Whatever an
    address holds may be hashed; what is no token is found nowhere.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
