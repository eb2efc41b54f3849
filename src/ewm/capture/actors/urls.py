"""Addresses of actors."""

from __future__ import annotations

from django.urls import path

from ewm.capture.actors.views import suggestions

app_name = "actors"
urlpatterns = [
    path("suche/", suggestions.search, name="search"),
]
