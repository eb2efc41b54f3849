"""Backups: every row of the database and every snapshot in one file that any database can be restored from."""

from ewm.web.backup.making import Made, backup_create
from ewm.web.backup.restoring import Restored, backup_restore

__all__ = ["Made", "Restored", "backup_create", "backup_restore"]
