"""Views of libraries, by name, with the right that they ask for; one that is not listed is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.accounts.roles import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLIC = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "openid_connect_login",
    "openid_connect_callback",
    "saml_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_sls",
    "saml_metadata",
    "set_language",
)
_SIGNED_IN = (
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)

FOREIGN: Mapping[str, Right] = {
    **dict.fromkeys(_PUBLIC, Right.PUBLIC),
    **dict.fromkeys(_SIGNED_IN, Right.SIGN_IN),
}
