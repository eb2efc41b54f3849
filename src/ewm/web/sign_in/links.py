"""Links that set a password: they hold for three days and once, and end every open session of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from ewm.capture.accounts.models import Action
from ewm.capture.accounts.services import note

if TYPE_CHECKING:
    from ewm.capture.accounts.models import Account


def password_link(account: Account) -> str:
    """Return the link; it must reach nobody but the account's person. That it was made leaves a line."""
    note(account, Action.LINK)
    token = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": token})
    return f"{settings.EWM_SITE}{path}"


def mail_set_up() -> bool:
    """Tell whether messages reach anybody."""
    return "dummy" not in settings.EMAIL_BACKEND


def send_link(account: Account, link: str) -> bool:
    """Send the link in the language of the account; False where no mail server is set up."""
    if not mail_set_up():
        return False
    with translation.override(account.language):
        told = {"user": account, "password_reset_url": link}
        subject = render_to_string("account/email/password_reset_key_subject.txt", told).strip()
        text = render_to_string("account/email/password_reset_key_message.txt", told)
    send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", text, None, [account.email])
    return True
