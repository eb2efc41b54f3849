"""Plausibility checks over the records as they are: they point out, they never block.

The methodology's sentences ask for them with ``(Hinweis: name)``, the programme in ``[hints.checks]``; a check for
which nobody asks is not made.
"""

from ewm.capture.hints.registry import CHECKS, find_hints
from ewm.capture.hints.values import KINDS, Finding, Hint, Kind, Scope, Severity, Source

__all__ = ["CHECKS", "KINDS", "Finding", "Hint", "Kind", "Scope", "Severity", "Source", "find_hints"]
