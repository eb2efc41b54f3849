"""What a sign-in service of an organisation must answer, checked as it comes.

The library takes an answer as it is and stumbles later, with errors that a fault of the software would raise as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.socialaccount.providers.oauth2.views import RequestException  # of requests, which the library asks with

if TYPE_CHECKING:
    from django.http import HttpRequest

ENDPOINTS = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class UnreadableAnswerError(RequestException):  # type: ignore[misc]
    """A service answered nothing, or not what it must hold."""


def checked(session: Any) -> Any:
    """Let a session refuse answers of OpenID Connect that lack something; errors that the service tells pass."""
    session.hooks["response"].append(_check)
    return session


def _check(response: Any, *_: Any, **__: Any) -> None:
    if not response.ok or response.is_redirect:
        return
    asked = response.request
    if asked.method != "GET":  # the library reads a token by its type and looks after what it holds
        missing = {"Content-Type"} - {each.title() for each in response.headers}
    elif "/.well-known/" in (asked.url or ""):
        missing = set(ENDPOINTS) - _object(response).keys()
    elif asked.headers.get("Authorization", "").startswith("Bearer "):  # who somebody is
        missing = {"sub"} - _object(response).keys()
    else:
        return
    if missing:
        raise UnreadableAnswerError(f"{asked.url}: without {', '.join(sorted(missing))}")


def _object(response: Any) -> dict[str, Any]:
    found = response.json()
    return found if isinstance(found, dict) else {}


def read_metadata(request: HttpRequest, organization_slug: str) -> None:
    """Read what a service of SAML says about itself; the library keeps it for some hours.

    Raises UnreadableAnswerError for whatever hinders it.
    """
    from allauth.socialaccount.providers.saml import utils  # noqa: PLC0415 (its package must be installed)

    idp = utils.get_app_or_404(request, organization_slug).settings["idp"]
    if "metadata_url" not in idp:
        return
    try:
        found = utils.fetch_metadata_url_config(idp)
    except Exception as error:  # the library's parser raises bare ones
        raise UnreadableAnswerError(f"{idp['metadata_url']}: {error}") from error
    if "idp" not in found:
        raise UnreadableAnswerError(f"{idp['metadata_url']}: nothing about {idp['entity_id']}")
