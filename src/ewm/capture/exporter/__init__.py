"""From records to a snapshot: what was known at a moment, resolved at a cut-off, as the contract has it."""

from ewm.capture.exporter.export import snapshot_export
from ewm.capture.exporter.recheck import violations

__all__ = ["snapshot_export", "violations"]
