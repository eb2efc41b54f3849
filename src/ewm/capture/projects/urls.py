"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from ewm.capture.lists.views import export_view, list_view
from ewm.capture.projects.listing import PROJECTS

app_name = "projects"
urlpatterns = [
    path("", list_view(PROJECTS), name="list"),
    path("export/<str:form>/", export_view(PROJECTS), name="export"),
]
