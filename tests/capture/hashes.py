"""Digests of all tables of the records: what a write left as it was shows here."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.apps import apps

from ewm.capture.base import Versioned

if TYPE_CHECKING:
    from django.db.models import Model


def row_hashes() -> dict[str, str]:
    """Return a digest of the rows of each table of records, whatever their versions and order; ids included."""
    return {model._meta.db_table: _digest(model) for model in apps.get_models() if issubclass(model, Versioned)}


def _digest(model: type[Model]) -> str:
    names = [field.attname for field in model._meta.concrete_fields if field.attname != "version"]
    rows = sorted(json.dumps(row, default=str) for row in model._default_manager.values_list(*names))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
