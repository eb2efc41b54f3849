"""Django settings: local use needs none, an installation sets environment variables.

========================  ==================================================================
``EWM_DATA``              data folder (default ``var``): SQLite file, secret key, snapshots
``EWM_DATABASE_URL``      ``postgresql://user:password@host:port/name`` instead of SQLite
``EWM_SECRET_KEY``        secret key; without it one is made once and kept in the data folder
``EWM_DEBUG``             ``1`` shows Django's debug pages
========================  ==================================================================
"""

from __future__ import annotations

import os

from django.utils.functional import lazystr

from ewm.config import data_folder
from ewm.web.database import database_settings
from ewm.web.secret import SecretKey

DEBUG = os.environ.get("EWM_DEBUG") == "1"
SECRET_KEY = lazystr(SecretKey(data_folder()))
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "simple_history",
    "ewm.capture.taxonomies",
    "ewm.capture.actors",
    "ewm.capture.projects",
    "ewm.capture.activities",
    "ewm.capture.editorial",
    "ewm.web",
]
MIDDLEWARE: list[str] = []

DATABASES = {"default": database_settings(os.environ.get("EWM_DATABASE_URL"), data_folder())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

SIMPLE_HISTORY_DATE_INDEX = "composite"
