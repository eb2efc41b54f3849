"""Where messages go: to the server or folder that ``EWM_MAIL_URL`` names, else nowhere, and the site says so."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from ewm.errors import EwmError

_PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(url: str | None, *, debug: bool) -> dict[str, Any]:
    """Return Django's settings for messages.

    ``url`` is ``smtp://user:password@host:587`` (STARTTLS), ``smtps://…:465`` (TLS from the start) or
    ``file:///folder``, which gets a file per message. Without it a message is written to the terminal while debugging,
    and to nobody in production: links that set a password do not belong in a log. Raises EwmError for any other
    address.
    """
    if not url:
        kind = "console" if debug else "dummy"
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        folder = unquote(parts.path)
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    if parts.scheme not in _PORTS or not parts.hostname:
        raise EwmError("EWM_MAIL_URL nennt keinen Mailserver. Erwartet wird smtp://benutzer:passwort@rechner:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1"},
        "EMAIL_TIMEOUT": 10,
    }
