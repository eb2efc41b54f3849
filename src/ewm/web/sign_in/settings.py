"""Settings of the sign-in: who may come in, how, how often they may try, and for how long they stay.

=====================  =======================================================================================
``EWM_SECOND_FACTOR``  roles that must have a second factor, separated by commas (default ``administrator``);
                       empty: nobody must. Everybody may. A sign-in by the organisation's own service has its
                       own second factor and is not asked for another.
``EWM_SSO``            TOML file that names sign-in services (OpenID Connect, SAML), see ``ewm.web.sign_in.sso``
``EWM_PROXIES``        number of proxies before the site that name the visitor's address (default 0)
=====================  =======================================================================================
"""

from __future__ import annotations

import os

from ewm.web.settings import DEBUG
from ewm.web.sign_in.sso import services

EWM_DEMO = os.environ.get("EWM_DEMO") == "1"
EWM_SECOND_FACTOR = tuple(
    filter(None, os.environ.get("EWM_SECOND_FACTOR", "" if EWM_DEMO else "administrator").split(","))
)

SIGN_IN_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *services().apps,
]

# Accounts: no one signs up alone; an administrator makes accounts, a message brings the first password.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "ewm.web.sign_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "EWM: "
ACCOUNT_EMAIL_NOTIFICATIONS = bool(os.environ.get("EWM_MAIL_URL"))
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # the form sends that message: the library's offers to sign up
ACCOUNT_FORMS = {
    "login": "ewm.web.sign_in.forms.SignInForm",
    "change_password": "ewm.web.sign_in.forms.NewPasswordForm",
    "reset_password": "ewm.web.sign_in.forms.ForgottenForm",
    "reset_password_from_key": "ewm.web.sign_in.forms.FirstPasswordForm",
    "reauthenticate": "ewm.web.sign_in.forms.AgainForm",
}
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Five wrong passwords of one account in a quarter of an hour lock it for the rest of it, whether it exists or not; one
# address gets more, because a whole office may stand behind it. All processes count in one table of the database.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/15m/ip,5/15m/key",
    "login": "60/m/ip",
    "reset_password": "20/15m/ip,3/15m/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("EWM_PROXIES", "0"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# The second factor: one-time codes, passkeys and security keys, recovery codes.
MFA_ADAPTER = "ewm.web.sign_in.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = {
    "authenticate": "ewm.web.sign_in.forms.CodeForm",
    "reauthenticate": "ewm.web.sign_in.forms.CodeAgainForm",
    "activate_totp": "ewm.web.sign_in.forms.AppForm",
    "add_webauthn": "ewm.web.sign_in.forms.AddKeyForm",
    "edit_webauthn": "ewm.web.sign_in.forms.RenameKeyForm",
}

# Services of an organisation: known by configuration only, for accounts that exist.
SOCIALACCOUNT_ADAPTER = "ewm.web.sign_in.adapter.ServiceAdapter"
SOCIALACCOUNT_PROVIDERS = services().providers
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_LOGIN_ON_GET = True  # a POST that leads to another host would break form-action 'self'
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter matches accounts, by verified addresses only
SOCIALACCOUNT_STORE_TOKENS = False

# Sessions end with the browser, at the latest eight hours after the sign-in or the last change of what they hold.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
USERSESSIONS_TRACK_ACTIVITY = False
