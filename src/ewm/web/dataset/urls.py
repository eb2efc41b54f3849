"""Addresses of the dataset."""

from __future__ import annotations

from django.urls import path

from ewm.web.dataset import views

urlpatterns = [
    path("", views.choose, name="dataset"),
    path("datei/", views.file, name="dataset_file"),
]
