"""Two things at once: what a library does by itself, and Python's own work meanwhile."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Beside(Generic[Result]):
    """Work that a second thread begins at once; pays where it mostly waits or runs outside of Python.

    Smaller than an executor, since a short command pays for everything that it imports.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._found: list[Result] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)  # whoever fails meanwhile does not wait for it
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # raised where the result is asked for
            self._error = error

    def result(self) -> Result:
        """Wait for the work and return what it found; raises what it raised."""
        self._thread.join()
        if self._error:
            raise self._error
        return self._found[0]
