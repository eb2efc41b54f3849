"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from ewm.capture.activities import views
from ewm.capture.activities.listing import ACTIVITIES
from ewm.capture.lists.views import export_view, list_view

app_name = "activities"
urlpatterns = [
    path("", list_view(ACTIVITIES), name="list"),
    path("export/<str:form>/", export_view(ACTIVITIES), name="export"),
    path("neu/", views.writing.new, name="new"),
    path("entwurf/", views.writing.draft, name="draft"),
    path("entwurf/verwerfen/", views.writing.discard, name="discard"),
    path("begriffe/", views.writing.terms, name="terms"),
    path("<str:code>/", views.page, name="page"),
    path("<str:code>/bearbeiten/", views.writing.edit, name="edit"),
    path("<str:code>/wie-im-vorjahr/", views.copy, name="copy"),
]
