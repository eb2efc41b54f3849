"""Pages of the sign-in that differ from the library's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetView

if TYPE_CHECKING:
    from django.http import HttpResponse


class ForgottenView(PasswordResetView):  # type: ignore[misc]
    """A forgotten password: an address without an account gets a message, too, so that both take the same time."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the link, or the message that there is no account."""
        if not form.users:
            get_adapter().send_mail("account/email/unknown_account", form.cleaned_data["email"], {})
        answer: HttpResponse = super().form_valid(form)
        return answer
