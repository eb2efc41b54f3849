"""Addresses of what is open at one record."""

from __future__ import annotations

from django.urls import path

from ewm.web.start import views

app_name = "hints"
urlpatterns = [
    path("<slug:kind>/<str:code>/", views.record_points, name="record"),
    path("<slug:kind>/<str:code>/bestaetigen/", views.confirm, name="confirm"),
    path("<slug:kind>/<str:code>/zuruecknehmen/", views.withdraw, name="withdraw"),
]
