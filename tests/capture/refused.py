"""Which rules refused something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable


def rules(write: Callable[[], object]) -> list[tuple[str, str, str]]:
    """Call something that must be refused; return record, field and rule of every refusal."""
    with pytest.raises(RefusedError) as caught:
        write()
    return [(refusal.record, refusal.field, refusal.rule) for refusal in caught.value.refusals]
