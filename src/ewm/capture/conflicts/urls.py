"""Addresses of conflicts, one for each kind of record."""

from __future__ import annotations

from django.urls import path

from ewm.capture.conflicts.pages import settle

app_name = "conflicts"
urlpatterns = [
    path("projekte/<str:code>/konflikt/", settle, {"kind": "project"}, name="project"),
    path("aktivitaeten/<str:code>/konflikt/", settle, {"kind": "activity"}, name="activity"),
    path("akteure/<str:code>/konflikt/", settle, {"kind": "actor"}, name="actor"),
]
