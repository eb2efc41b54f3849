"""Addresses of the user administration."""

from __future__ import annotations

from django.urls import path

from ewm.web.people import views

app_name = "accounts"
urlpatterns = [
    path("", views.people_list, name="list"),
    path("neu/", views.new, name="new"),
    path("<int:number>/", views.person, name="account"),
    path("<int:number>/link/", views.link, name="link"),
    path("<int:number>/sperren/", views.deactivate, name="deactivate"),
    path("<int:number>/oeffnen/", views.reactivate, name="reactivate"),
    path("<int:number>/zweiter-faktor/", views.reset_factor, name="reset_factor"),
    path("<int:number>/sitzungen/", views.end_sessions, name="end_sessions"),
]
