"""Files that members hand in: held in memory while their request lasts, and never on disk."""

from __future__ import annotations

import io
from typing import IO

import flask


class Request(flask.Request):
    """A request whose files are not written anywhere, however large; the limit of its body bounds the memory."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        # Werkzeug would put whatever is larger than 500 KB into a temporary file.
        return io.BytesIO()
