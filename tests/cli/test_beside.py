"""What a second thread does meanwhile ends where its result is asked for."""

from __future__ import annotations

from threading import Event

import pytest

from ewm.cli.beside import Beside
from ewm.errors import MissingError


def test_it_runs_meanwhile() -> None:
    begun = Event()
    work = Beside(lambda: begun.wait(10))
    begun.set()
    assert work.result() is True


def test_what_it_raises_is_raised_with_the_result() -> None:
    def fail() -> None:
        raise MissingError("Den Datenstand gibt es nicht.")

    work = Beside(fail)
    with pytest.raises(MissingError, match="gibt es nicht"):
        work.result()
