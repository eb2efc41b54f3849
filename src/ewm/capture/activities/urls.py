"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from ewm.capture.activities.listing import ACTIVITIES
from ewm.capture.lists.views import export_view, list_view

app_name = "activities"
urlpatterns = [
    path("", list_view(ACTIVITIES), name="list"),
    path("export/<str:form>/", export_view(ACTIVITIES), name="export"),
]
