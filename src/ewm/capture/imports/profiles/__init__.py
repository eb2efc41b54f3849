"""Profiles of layouts: recognised by their headers, or made by hand and saved."""

from ewm.capture.imports.profiles.fields import FIELDS, Field, ValueKind
from ewm.capture.imports.profiles.headers import columns_of, header_row
from ewm.capture.imports.profiles.model import (
    Column,
    HeaderColumn,
    KeepOnly,
    LeftOut,
    Profile,
    Recognised,
    profile_as_json,
    profile_from_json,
)
from ewm.capture.imports.profiles.proposing import PROPOSED, propose
from ewm.capture.imports.profiles.recognising import placed_columns, recognise

__all__ = [
    "FIELDS", "PROPOSED", "Column", "Field", "HeaderColumn", "KeepOnly", "LeftOut", "Profile", "Recognised",
    "ValueKind", "columns_of", "header_row", "placed_columns", "profile_as_json", "profile_from_json", "propose",
    "recognise",
]  # fmt: skip
