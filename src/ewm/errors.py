"""Errors that a user reads: German, saying what, where, why and the next step; each kind with its exit code."""

from __future__ import annotations

from dataclasses import dataclass


class EwmError(Exception):
    """Base of every error that ends a command with a German message and a documented exit code."""

    exit_code = 1


class FindingsError(EwmError):
    """A check ran to its end and found misses."""

    exit_code = 1


class ContentError(EwmError):
    """The programme's content (taxonomies, sheets, cases, seals) is wrong: nothing was loaded."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a record was refused: the record's code, its field, the rule's name, the German explanation."""

    record: str
    field: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.record} · {self.field}: {self.message} (Regel: {self.rule})"


class RefusedError(EwmError):
    """Records were refused; nothing was written."""

    exit_code = 4

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__("\n".join(str(refusal) for refusal in refusals))


class TamperedError(EwmError):
    """A snapshot or a result is not what its manifest says: nothing reads it."""

    exit_code = 5


class MissingError(EwmError):
    """Something that the command needs is not there yet; the message names the command that makes it."""

    exit_code = 6
