"""Every end of a command: one German block on stderr, no traceback, the documented exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ewm.cli import entry
from ewm.errors import EwmError, FindingsError, Refusal, RefusedError, TamperedError

if TYPE_CHECKING:
    from pathlib import Path


def ending(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def app(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(entry, "application", lambda _: app)
    return entry.run([])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (EwmError("geht nicht"), 1),
        (FindingsError("geht nicht"), 1),
        (TamperedError("geht nicht"), 5),
        (RefusedError([Refusal("P-1", "title", "title_given", "geht nicht")]), 4),
        (ZeroDivisionError("geht nicht"), 70),
        (KeyError("geht nicht"), 70),
    ],
)
def test_an_error_is_one_block(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("EWM_DEBUG", raising=False)
    assert ending(monkeypatch, error) == code
    captured = capsys.readouterr()
    assert captured.err.startswith("Fehler")
    assert "geht nicht" in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_debugging_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        ending(monkeypatch, ZeroDivisionError())


def test_an_unknown_programme_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EWM_PROGRAMME", str(tmp_path))
    assert entry.run(["programme", "check"]) == 6
    assert "programme.toml fehlt" in capsys.readouterr().err
