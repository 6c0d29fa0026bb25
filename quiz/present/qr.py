"""QR codes of addresses: black on white with the quiet zone that readers need, whatever page they stand on."""

from __future__ import annotations

from io import BytesIO

import segno

QUIET = 4
"""Modules of white around the code, as the standard asks."""
PNG_SCALE = 24
"""Pixels a module: about a thousand for an address, sharp on a poster."""


def svg(address: str, title: str) -> bytes:
    """The code as a drawing of any size, with a name for those who hear it."""
    file = BytesIO()
    segno.make_qr(address, error="m").save(file, kind="svg", border=QUIET, light="#fff", title=title, omitsize=True)
    return file.getvalue()


def png(address: str) -> bytes:
    """The code as a picture."""
    file = BytesIO()
    segno.make_qr(address, error="m").save(file, kind="png", scale=PNG_SCALE, border=QUIET)
    return file.getvalue()
