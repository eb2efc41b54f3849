"""Django settings of the web application: those of the records, and everything that pages need.

The command line works on records alone and keeps ``ewm.web.settings``: it starts in a fraction of the time.

======================  =====================================================================
``EWM_HOSTS``           names under which the site is reached, separated by commas
``EWM_DEMO``            ``1``: demo accounts may sign in; refused unless served on 127.0.0.1
``EWM_LOG``             level of the lines per request: ``INFO`` (default), ``WARNING`` for none
``EWM_OPERATOR``        TOML file on who runs this installation, see ``ewm.web.legal.operator``
``EWM_STATIC``          folder of the collected files (``django-admin collectstatic``), none in a demonstration
``EWM_HTTPS``           ``0`` where no TLS stands before the site (a demonstration on one machine)
``EWM_MAIL_URL``        ``smtp://user:password@host:587`` for messages, ``file:///folder`` to keep them as files;
                        without it nobody gets any
======================  =====================================================================
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ewm.report.assets import ASSETS
from ewm.web.logs import configure, logging_settings
from ewm.web.mail import mail_settings
from ewm.web.settings import *  # noqa: F403 (a settings module is a namespace)
from ewm.web.settings import DEBUG
from ewm.web.settings import INSTALLED_APPS as RECORDS
from ewm.web.sign_in.settings import *  # noqa: F403
from ewm.web.sign_in.settings import SIGN_IN_APPS

HERE = Path(__file__).resolve().parent

HTTPS = os.environ.get("EWM_HTTPS", "1") != "0" and not DEBUG
ALLOWED_HOSTS = [*filter(None, os.environ.get("EWM_HOSTS", "").split(",")), "127.0.0.1", "localhost", "[::1]"]
EWM_OPERATOR = os.environ.get("EWM_OPERATOR")
EWM_SITE = next(
    (f"https://{host}" for host in os.environ.get("EWM_HOSTS", "").split(",") if host),
    f"http://{os.environ.get('EWM_ADDRESS', '127.0.0.1:8020')}",
)  # where links in messages lead to
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in filter(None, os.environ.get("EWM_HOSTS", "").split(","))]

INSTALLED_APPS = [
    *RECORDS,
    "ewm.capture.accounts",
    "ewm.capture.timeline",
    "ewm.capture.drafts",
    "ewm.capture.lists",
    "ewm.capture.dialogue",
    "ewm.capture.editing",
    "ewm.capture.imports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *SIGN_IN_APPS,
]

MIDDLEWARE = [
    "ewm.web.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ewm.web.own_pages.PolicyMiddleware",
    "ewm.web.own_pages.OwnPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ewm.web.clean.CleanTextMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ewm.web.middleware.ReachMiddleware",
    "ewm.web.sign_in.second_factor.SecondFactorMiddleware",
]

EWM_ASKED_CHECKS = "ewm.web.content.asked_checks"  # who asks for which check stands in the methodology

EWM_DATA_FACTS = "ewm.web.legal.data.data_facts"  # what data packages say of licence and sources

ROOT_URLCONF = "ewm.web.urls"
WSGI_APPLICATION = "ewm.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ewm.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "ewm.capture.forms.renderer.Renderer"

# Work that nobody waits for: tasks lie in the database, ``ewm.web.worker`` takes them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Languages: the words of templates and code are German, the catalogue holds English.
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [ASSETS / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Files: whitenoise serves them from EWM_STATIC where they were collected, straight from their folders otherwise.
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("EWM_STATIC")
STATICFILES_DIRS = [("site", ASSETS / "site"), ("fonts", ASSETS / "web")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# What a browser keeps.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ewm.web.errors.csrf_failure"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Lines of JSON on standard error; a demonstration shows warnings only.
configure()
LOGGING = logging_settings(os.environ.get("EWM_LOG", "WARNING" if EWM_DEMO else "INFO"))

# What pages of records ask the methodology: as whom an actor counts.
EWM_COUNTING_LEVELS = "ewm.web.counting.counting_levels"

# What one request may carry: text and fields; files up to the limit of imports, always on disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "ewm.capture.imports.uploads.UploadLimit",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
vars().update(mail_settings(os.environ.get("EWM_MAIL_URL"), debug=DEBUG))
DEFAULT_FROM_EMAIL = os.environ.get("EWM_MAIL_FROM", "ewm@localhost")
