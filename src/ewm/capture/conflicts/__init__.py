"""Two people changed one record at once: what fits is merged, the rest is decided with both versions side by side.

A form, an import or the API catches ``ConflictError`` and asks ``merge_three`` with three entries: ``base`` (the
version that was edited, ``timeline.versions.entry_at``), ``mine`` and ``theirs`` (as stored). Pages call ``respond``.
"""

from ewm.capture.conflicts.merging import Difference, Kind, Merge, Side, merge_three

__all__ = ["Difference", "Kind", "Merge", "Side", "merge_three"]
