"""Addresses of actors."""

from __future__ import annotations

from django.urls import path

from ewm.capture.actors.listing import ACTORS
from ewm.capture.actors.views import editing, merging, page, suggestions
from ewm.capture.lists.views import export_view, list_view

app_name = "actors"
urlpatterns = [
    path("", list_view(ACTORS), name="list"),
    path("export/<str:form>/", export_view(ACTORS), name="export"),
    path("suche/", suggestions.search, name="search"),
    path("orte/", suggestions.places, name="places"),
    path("neu/", editing.new, name="new"),
    path("entwurf/", editing.drafts.draft, name="draft"),
    path("entwurf/verwerfen/", editing.drafts.discard, name="discard"),
    path("dubletten/", merging.duplicates, name="duplicates"),
    path("<slug:code>/", page.page, name="page"),
    path("<slug:code>/bearbeiten/", editing.edit, name="edit"),
    path("<slug:code>/zusammenfuehren/<slug:other>/", merging.merge, name="merge"),
    path("<slug:code>/zusammenfuehren/<slug:other>/keine-dublette/", merging.apart, name="apart"),
    path("<slug:code>/zuruecknehmen/<int:merge>/", merging.undo, name="undo"),
]
