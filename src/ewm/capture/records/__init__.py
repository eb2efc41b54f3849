"""Records kept as readable tables, brought into the database through the same services as any entry."""

from ewm.capture.records.loading import Loaded, records_load

__all__ = ["Loaded", "records_load"]
