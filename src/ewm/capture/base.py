"""What every table of capture has: a version against lost updates, and a history of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from simple_history.manager import HistoricalQuerySet
from simple_history.models import HistoricalRecords

from ewm.capture.acting import acting

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Manager, QuerySet


class DatedQuerySet(HistoricalQuerySet):  # type: ignore[misc]
    """History of one table, in which ``as_of`` is right for two entries of the same moment too."""

    def latest_of_each(self) -> Self:
        """Keep the last entry of each row; the library compares dates alone and keeps both of one moment."""
        key = self._pk_attr
        later = Q(history_date__gt=OuterRef("history_date")) | Q(
            history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
        )
        last: Self = self.filter(~Exists(self.filter(later, **{key: OuterRef(key)})))
        return last


def acting_account() -> int | None:
    """Return the account that writes now: the default of every history row, bulk rows included."""
    return acting().account


def acting_channel() -> str:
    """Return the channel through which is written now; rows of migrations and commands say ``command``."""
    return acting().channel.value


class RowHistory(HistoricalRecords):  # type: ignore[misc]
    """History that tells who wrote and how; the account is a bare number, so that erasing it touches no history."""

    def _get_history_user_fields(self) -> dict[str, object]:
        # A new field for each table: the library would share one instance among all of them.
        return {
            "history_user": property(self.user_getter, self.user_setter),
            "history_user_id": models.BigIntegerField("Konto", null=True, default=acting_account),
            "history_channel": models.CharField("Weg", max_length=10, default=acting_channel),
        }


def row_history(*, without: tuple[str, ...] = ()) -> RowHistory:
    """Return the history that every model of capture declares as ``history``.

    ``without`` names fields that it leaves out, because they never change once the row is there.
    """
    return RowHistory(
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.CharField("Anlass", max_length=200, null=True),
        historical_queryset=DatedQuerySet,
        excluded_fields=without,
    )


class Versioned(models.Model):
    """Base of every table; rows are written by ``ewm.capture.writing`` alone."""

    version = models.PositiveIntegerField("Fassung", default=1)

    if TYPE_CHECKING:
        id: int
        objects: Manager[Any]
        history: Any

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=Q(version__gte=1), name="%(class)s_version_from_one"),
        )


def rows(model: type[Versioned], as_of: datetime | None) -> QuerySet[Any]:
    """Return a table as it is, or as it was known at a moment: both have the same columns."""
    found: QuerySet[Any] = model.objects.all() if as_of is None else model.history.as_of(as_of)
    return found


def is_withdrawable(model: type[models.Model]) -> bool:
    """Tell whether entries of a table can be withdrawn."""
    return any(field.name == "withdrawn" for field in model._meta.concrete_fields)


def standing(found: QuerySet[Any]) -> QuerySet[Any]:
    """Keep what counts: without the entries that are withdrawn (of a state of the past: that were, then)."""
    return found.filter(withdrawn=False) if is_withdrawable(found.model) else found


def text_given(field: str, name: str, longest: int | None = None) -> models.CheckConstraint:
    """Constraint: the text is more than blanks and no longer than ``longest`` characters."""
    given = Q(GreaterThan(Length(Trim(field)), 0))
    return models.CheckConstraint(
        condition=given & Q(LessThanOrEqual(Length(field), longest)) if longest else given, name=name
    )


def not_before(later: str, earlier: str, name: str) -> models.CheckConstraint:
    """Constraint: the later value is empty or not before the earlier one; an empty earlier one allows any."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)}),
        name=name,
    )
