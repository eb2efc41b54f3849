"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from ewm.capture.lists.views import export_view, list_view
from ewm.capture.projects import views
from ewm.capture.projects.listing import PROJECTS

app_name = "projects"
urlpatterns = [
    path("", list_view(PROJECTS), name="list"),
    path("export/<str:form>/", export_view(PROJECTS), name="export"),
    path("neu/", views.writing.new, name="new"),
    path("entwurf/", views.writing.draft, name="draft"),
    path("entwurf/verwerfen/", views.writing.discard, name="discard"),
    path("begriffe/", views.writing.terms, name="terms"),
    path("<str:code>/", views.page, name="page"),
    path("<str:code>/bearbeiten/", views.writing.edit, name="edit"),
    path("<str:code>/status/", views.status, name="status"),
    path("<str:code>/status/<str:day>/zuruecknehmen/", views.take_back, name="take_back"),
]
