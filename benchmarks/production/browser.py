"""A browser without eyes: cookies, TLS, kept connections, forms sent back as they came; every request is timed."""

from __future__ import annotations

import http.client
import ssl
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, body, where it leads to, and the seconds until its last byte."""

    status: int
    body: bytes
    location: str
    seconds: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Browser:
    """One person's browser."""

    base: str
    certificate: Path
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPSConnection | None = None

    def ask(self, path: str, data: list[tuple[str, str]] | None = None, *, script: bool = False) -> Answer:
        """Ask for a page, or send a form; a connection that the server has closed is opened once more."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers["Sec-Fetch-Mode"] = "cors" if script else "navigate"
        body = None
        if data is not None:
            body = urlencode(data)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base}
            headers["Referer"] = self.base + path
        begun = time.perf_counter()
        answer = self._sent(path, body, headers)
        content = answer.read()
        seconds = time.perf_counter() - begun
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if answer.will_close:
            self.close()
        return Answer(answer.status, content, answer.headers.get("Location", ""), seconds)

    def _sent(self, path: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = self._opened()
        method = "GET" if body is None else "POST"
        try:
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # What a browser does where the proxy has closed a kept connection that it had not used for a while.
            self._connection = self._opened()
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()

    def _opened(self) -> http.client.HTTPSConnection:
        parts = urlsplit(self.base)
        context = ssl.create_default_context(cafile=str(self.certificate))
        return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=TIMEOUT, context=context)

    def close(self) -> None:
        """Close the connection; the cookies stay."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Controls(HTMLParser):
    """Collects what a browser would send of one form."""

    def __init__(self, form: str | None) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._wanted, self._inside = form, False
        self._select, self._area, self._text = "", "", ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = self._wanted is None or given.get("id") == self._wanted
        if not self._inside or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            self._add(given.get("type", "text"), name, given.get("value", "on" if "checked" in given else ""))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._area, self._text = name, ""

    def _add(self, kind: str, name: str, value: str) -> None:
        if kind not in {"submit", "button", "reset", "file", "image"}:
            self.values.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected]
            self.values += [(self._select, value) for value in chosen or [value for value, _ in self._options[:1]]]
            self._select = ""
        elif tag == "textarea" and self._area:
            self.values.append((self._area, self._text.removeprefix("\n")))
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data


def controls(page: str, form: str | None = None) -> list[tuple[str, str]]:
    """Return names and values of a form's controls as a browser would send them; of all forms without an id."""
    reader = _Controls(form)
    reader.feed(page)
    return reader.values


def replaced(values: list[tuple[str, str]], name: str, value: str) -> list[tuple[str, str]]:
    """Return the values with another one under a name, which must be among them."""
    if name not in dict(values):
        raise LookupError(f"Das Formular hat kein Feld „{name}“.")
    return [(each, value if each == name else old) for each, old in values]
