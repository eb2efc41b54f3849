"""Addresses of questions."""

from __future__ import annotations

from django.urls import path

from ewm.capture.dialogue import views

app_name = "questions"
urlpatterns = [
    path("", views.listed, name="list"),
    path("neu/<slug:kind>/<str:code>/", views.ask, name="ask"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/antworten/", views.answer, name="answer"),
    path("<int:pk>/klaeren/", views.settle, name="settle"),
    path("<int:pk>/nachfragen/", views.reopen, name="reopen"),
]
