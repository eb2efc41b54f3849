"""Which accounts were erased, kept beside the database: a backup from before brings them back, and they must go again.

A line names the account by its number and by a fingerprint of number and day of its making, so that it fits no account
of another installation; no name, no address. The journal lies in the data folder; every backup takes a copy along.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.accounts.models import Account
from ewm.errors import RefusedError
from ewm.web.privacy.erasing import account_erase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

JOURNAL = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """An account that was erased: number, fingerprint, when (ISO), how many other spellings were replaced."""

    account: int
    fingerprint: str
    at: str
    spellings: int = 0


@dataclass(frozen=True, slots=True)
class Repeated:
    """Numbers of accounts: erased again; kept because nobody else administers; kept until other spellings are named."""

    erased: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    spelled: tuple[int, ...] = ()


def fingerprint_of(account: Account) -> str:
    """Return what tells an account from every other one, in this installation and in others."""
    made = account.created_at.astimezone(UTC).isoformat()
    return hashlib.sha256(f"{account.pk}|{made}".encode()).hexdigest()


def entry_of(account: Account, spellings: int) -> Erased:
    """Return the line of an account that is about to be erased."""
    return Erased(account.pk, fingerprint_of(account), timezone.now().isoformat(), spellings)


def read(folder: Path) -> list[Erased]:
    """Return the lines of a folder's journal, none where there is none."""
    path = folder / JOURNAL
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [Erased(**json.loads(line)) for line in lines if line]


def add(folder: Path, entries: Iterable[Erased]) -> None:
    """Add the lines that a folder's journal does not have yet; they are on disk when this returns."""
    known = {each.fingerprint for each in read(folder)}
    fresh = [each for each in entries if each.fingerprint not in known]
    if not fresh:
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(asdict(each)) + "\n" for each in fresh)
        stream.flush()
        os.fsync(stream.fileno())


def share(source: Path, target: Path) -> None:
    """Take the lines of one folder's journal over into another's."""
    add(target, read(source))


def repeat(folders: Iterable[Path], home: Path) -> Repeated:
    """Erase again whoever the journals of these folders name and is there again; all lines are kept in ``home``."""
    entries = {each.fingerprint: each for folder in folders for each in read(folder)}
    add(home, entries.values())
    erased, kept, spelled = [], [], []
    for entry in entries.values():
        account = Account.objects.filter(pk=entry.account).first()
        if account is None or fingerprint_of(account) != entry.fingerprint:
            continue
        if entry.spellings:  # texts that only people know: erased now, the account could not be named any more
            spelled.append(entry.account)
            continue
        try:
            account_erase(account)
        except RefusedError:
            kept.append(entry.account)
        else:
            erased.append(entry.account)
    return Repeated(tuple(erased), tuple(kept), tuple(spelled))
