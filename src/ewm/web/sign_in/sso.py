"""Sign-in services of an organisation, read from the TOML file that ``EWM_SSO`` names.

    [[oidc]]
    id = "land"                                  # stands in the address: /anmeldung/sso/land/
    name = "Anmeldung der Landesverwaltung"      # on the button
    issuer = "https://idp.example/realms/land"
    client_id = "ewm"
    client_secret_file = "/run/secrets/ewm-oidc"
    trust_email = false                          # true: the service verifies addresses but does not say so

    [[saml]]                                     # needs: pip install 'ewm[saml]'
    id = "ministerium"                           # address of the metadata: /anmeldung/saml/ministerium/metadata/
    name = "Anmeldung des Ministeriums"
    entity_id = "https://idp.example/saml"
    metadata_url = "https://idp.example/saml/metadata"      # or sso_url and certificate_file
    email = "urn:oid:0.9.2342.19200300.100.1.3"             # attribute that holds the address (optional)
    trust_email = true
    certificate = "/etc/ewm/saml.crt"            # signs our requests (optional, with private_key)
    private_key = "/run/secrets/saml.key"

Whoever signs in this way needs an account with the same address; none is made.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from ewm.errors import ContentError, MissingError

if TYPE_CHECKING:
    from collections.abc import Mapping

SAML_APP = "allauth.socialaccount.providers.saml"
_OIDC = {"id", "name", "issuer", "client_id", "client_secret_file"}
_OIDC_MORE = {"trust_email"}
_SAML = {"id", "name", "entity_id"}
_SAML_MORE = {"metadata_url", "sso_url", "certificate_file", "email", "trust_email", "certificate", "private_key"}


@dataclass(frozen=True)
class Services:
    """What allauth must know: applications beside its own, and the services by kind."""

    apps: tuple[str, ...] = ()
    providers: Mapping[str, Any] = field(default_factory=dict)


@cache
def services() -> Services:
    """Return the services that ``EWM_SSO`` names, none without it. Raises as ``read``."""
    named = os.environ.get("EWM_SSO")
    return read(Path(named)) if named else Services()


def buttons() -> list[dict[str, str]]:
    """Return name and address of each service, for the page of the sign-in."""
    oidc = services().providers.get("openid_connect", {}).get("APPS", [])
    saml = services().providers.get("saml", {}).get("APPS", [])
    found = [(each["name"], "openid_connect_login", {"provider_id": each["provider_id"]}) for each in oidc]
    found += [(each["name"], "saml_login", {"organization_slug": each["client_id"]}) for each in saml]
    return [{"name": name, "url": reverse(view, kwargs=said)} for name, view, said in found]


def read(file: Path) -> Services:
    """Return the services of a file.

    Raises MissingError where the file, a file that it names or the package for SAML is missing, ContentError where a
    key is missing or unknown.
    """
    if not file.is_file():
        raise MissingError(f"EWM_SSO nennt {file}, diese Datei gibt es nicht. Bitte den Pfad berichtigen.")
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{file}: kein gültiges TOML ({error}). Bitte berichtigen.") from None
    if unknown := sorted(set(found) - {"oidc", "saml"}):
        raise ContentError(f"{file}: unbekannt ist {', '.join(unknown)}. Erwartet wird [[oidc]] oder [[saml]].")
    for kind, needed, more in (("oidc", _OIDC, _OIDC_MORE), ("saml", _SAML, _SAML_MORE)):
        for entry in found.get(kind, []):
            _complete(file, kind, entry, needed, more)
    providers = {}
    if found.get("oidc"):
        providers["openid_connect"] = {"APPS": [_oidc(file, entry) for entry in found["oidc"]]}
    if found.get("saml"):
        if find_spec("onelogin") is None:
            raise MissingError("Für SAML fehlt ein Paket. Bitte installieren: pip install 'ewm[saml]'")
        providers["saml"] = {"APPS": [_saml(file, entry) for entry in found["saml"]]}
    return Services((SAML_APP,) if "saml" in providers else (), providers)


def _complete(file: Path, kind: str, entry: Mapping[str, Any], needed: set[str], more: set[str]) -> None:
    if missing := sorted(needed - set(entry)):
        raise ContentError(f"{file}: in [[{kind}]] fehlt {', '.join(missing)}. Bitte ergänzen.")
    if unknown := sorted(set(entry) - needed - more):
        raise ContentError(f"{file}: in [[{kind}]] ist unbekannt: {', '.join(unknown)}. Bitte entfernen.")
    if not re.fullmatch(r"[a-z0-9-]+", str(entry["id"])):
        raise ContentError(f"{file}: id = {entry['id']!r}; erlaubt sind kleine Buchstaben, Ziffern und Bindestrich.")


def _oidc(file: Path, entry: Mapping[str, Any]) -> dict[str, Any]:
    if not str(entry["issuer"]).startswith("https://"):
        raise ContentError(f"{file}: issuer = {entry['issuer']!r} beginnt nicht mit https://. Bitte berichtigen.")
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": _text(file, entry, "client_secret_file"),
        "settings": {
            "server_url": entry["issuer"],
            "oauth_pkce_enabled": True,
            "ewm_trust_email": entry.get("trust_email", False),
        },
    }


def _saml(file: Path, entry: Mapping[str, Any]) -> dict[str, Any]:
    idp: dict[str, Any] = {"entity_id": entry["entity_id"]}
    if "metadata_url" in entry:
        idp["metadata_url"] = entry["metadata_url"]
    elif {"sso_url", "certificate_file"} <= set(entry):
        idp |= {"sso_url": entry["sso_url"], "x509cert": _text(file, entry, "certificate_file")}
    else:
        raise ContentError(f"{file}: in [[saml]] fehlt metadata_url oder sso_url und certificate_file.")
    signed = {"certificate", "private_key"} <= set(entry)
    advanced: dict[str, Any] = {
        "strict": True, "want_assertion_signed": True, "authn_request_signed": signed, "reject_idp_initiated_sso": True,
    }  # fmt: skip
    if signed:
        advanced |= {"x509cert": _text(file, entry, "certificate"), "private_key": _text(file, entry, "private_key")}
    settings = {"idp": idp, "advanced": advanced, "ewm_trust_email": entry.get("trust_email", False)}
    if "email" in entry:
        settings["attribute_mapping"] = {"email": entry["email"]}
    return {"provider_id": entry["entity_id"], "client_id": entry["id"], "name": entry["name"], "settings": settings}


def _text(file: Path, entry: Mapping[str, Any], name: str) -> str:
    named = Path(entry[name])
    path = named if named.is_absolute() else file.parent / named
    if not path.is_file():
        raise MissingError(f"{file}: {name} nennt {path}, diese Datei gibt es nicht. Bitte den Pfad berichtigen.")
    return path.read_text(encoding="utf-8").strip()
