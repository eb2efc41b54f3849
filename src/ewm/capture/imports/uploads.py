"""What a request may carry: a body beyond the limit is refused before any of it is kept, and read to its end.

It is read because a browser that is answered while it still sends shows a broken connection instead of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from ewm.capture.imports.reading import LIMITS

if TYPE_CHECKING:
    from django.http import HttpRequest

FORM = 256 * 1024
"""Bytes that a form may have beside its file."""
READ = 200 * 1024 * 1024
"""Bytes that are read and dropped of a body that is too large; beyond, the connection may break."""
_PIECE = 64 * 1024
_MARK = "upload_too_large"


class UploadLimit(FileUploadHandler):
    """Refuses a body that is larger than a file may be; it stands before the handlers that keep files."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: ARG002, N803 (Django's signature)
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Read and drop a body that is too large; raises RequestDataTooBig."""
        if content_length <= LIMITS.size + FORM:
            return
        vars(self.request)[_MARK] = True
        left = min(content_length, READ)
        while left > 0 and (piece := input_data.read(min(_PIECE, left))):
            left -= len(piece)
        raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Hand on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing."""


def is_too_large(request: HttpRequest) -> bool:
    """Tell whether a request was refused for its size."""
    return bool(vars(request).get(_MARK))
