"""Addresses of conflicts, one for each kind of record."""

from __future__ import annotations

from django.urls import path

from ewm.capture.conflicts.pages import settle

app_name = "conflicts"
urlpatterns = [
    path("projekte/<slug:code>/konflikt/", settle, {"kind": "project"}, name="project"),
    path("aktivitaeten/<slug:code>/konflikt/", settle, {"kind": "activity"}, name="activity"),
    path("akteure/<slug:code>/konflikt/", settle, {"kind": "actor"}, name="actor"),
]
