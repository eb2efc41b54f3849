"""Activities as a kind of record that is written on one page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ewm.capture.activities.entries import ACTIVITY, ActivityEntry
from ewm.capture.activities.filling import ActivityForms, new_activity, stored_activity
from ewm.capture.activities.services import activities_create, activity_update
from ewm.capture.editing.kind import Kind, Words

ACTIVITIES: Kind[ActivityEntry] = Kind(
    name="activities",
    shape=ACTIVITY,
    forms=lambda raw, stored, look: ActivityForms(raw, stored, look=look),
    new=new_activity,
    written=stored_activity,
    create=lambda entry: activities_create(entries=[entry]),
    change=lambda entry, version, reason: activity_update(entry=entry, version=version, reason=reason),
    words=Words(
        several=_("Aktivitäten"),
        new=_("Neue Aktivität"),
        done=_("die Aktivität vollständig"),
        created=_("%(code)s ist angelegt."),
        changed=_("%(code)s ist gespeichert."),
    ),
)
