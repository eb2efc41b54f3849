"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from ewm.capture.lists.views import export_view, list_view
from ewm.capture.projects.listing import PROJECTS
from ewm.capture.projects.views import edit, record

app_name = "projects"
urlpatterns = [
    path("", list_view(PROJECTS), name="list"),
    path("export/<str:form>/", export_view(PROJECTS), name="export"),
    path("neu/", edit.new, name="new"),
    path("entwurf/", edit.draft, name="draft"),
    path("entwurf/verwerfen/", edit.discard_draft, name="discard"),
    path("begriffe/", edit.terms, name="terms"),
    path("<str:code>/", record.page, name="page"),
    path("<str:code>/bearbeiten/", edit.edit, name="edit"),
    path("<str:code>/status/", record.status, name="status"),
    path("<str:code>/status/<str:day>/zuruecknehmen/", record.take_back, name="take_back"),
]
