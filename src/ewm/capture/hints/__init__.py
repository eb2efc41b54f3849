"""Plausibility checks over the records as they are: they point out, they never block.

The methodology's sentences name them with ``(Hinweis: name)``; a check that no sentence names is not asked.
"""

from ewm.capture.hints.registry import CHECKS, find_hints
from ewm.capture.hints.values import Finding, Hint, Scope, Severity, Source

__all__ = ["CHECKS", "Finding", "Hint", "Scope", "Severity", "Source", "find_hints"]
