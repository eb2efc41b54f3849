"""Addresses of the cut-off."""

from __future__ import annotations

from django.urls import path

from ewm.web.cutoff import views

urlpatterns = [
    path("", views.cut_off, name="cut_off"),
    path("festhalten/", views.begin, name="cut_off_begin"),
    path("stand/", views.job, name="cut_off_job"),
    path("<str:name>/", views.snapshot, name="cut_off_snapshot"),
    path("<str:name>/warum/<str:indicator>/", views.why, name="cut_off_why"),
]
