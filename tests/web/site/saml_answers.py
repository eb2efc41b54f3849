"""What an identity provider says by SAML: its metadata, and answers with a signed assertion."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

if TYPE_CHECKING:
    from tests.web.site.stub_idp import Pair

IDP = "https://idp.beispiel.invalid/saml"
SSO = "https://idp.beispiel.invalid/sso"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
_FORM = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
_ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
 ID="_a1" Version="2.0" IssueInstant="{now}">
<saml:Issuer>{idp}</saml:Issuer><saml:Subject><saml:NameID Format="{form}">{who}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 InResponseTo="{request}" NotOnOrAfter="{later}" Recipient="{acs}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{before}" NotOnOrAfter="{later}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s1"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="{mail}">
<saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"""
_RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
 ID="_r1" Version="2.0" IssueInstant="{now}" Destination="{acs}" InResponseTo="{request}">
<saml:Issuer>{idp}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{assertion}</samlp:Response>"""


@dataclass(frozen=True)
class Asked:
    """A request that the site sent somebody to the provider with."""

    number: str
    acs: str
    site: str


def asked(address: str) -> Asked:
    """Read the request in an address that the site led to."""
    assert address.startswith(f"{SSO}?")
    packed = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    root = ElementTree.fromstring(zlib.decompress(base64.b64decode(packed), -15))  # noqa: S314 (what the site itself wrote)
    (issuer,) = root.iter("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    return Asked(root.attrib["ID"], root.attrib["AssertionConsumerServiceURL"], str(issuer.text))


def answered(request: Asked, pair: Pair, email: str, /, **instead: str) -> str:
    """Return the answer that lets somebody in, signed with a key; ``instead`` puts other values into it."""
    from onelogin.saml2.utils import OneLogin_Saml2_Utils  # noqa: PLC0415 (not installed everywhere)

    now = datetime.now(UTC)
    said = {
        "now": _moment(now),
        "before": _moment(now - timedelta(minutes=5)),
        "later": _moment(now + timedelta(minutes=5)),
        "idp": IDP,
        "form": _FORM,
        "who": "person-1",
        "mail": MAIL,
        "email": email,
        "request": request.number,
        "acs": request.acs,
        "audience": request.site,
    } | instead
    signed = OneLogin_Saml2_Utils.add_sign(
        _ASSERTION.format(**said),
        pair.key,
        pair.certificate,
        sign_algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        digest_algorithm="http://www.w3.org/2001/04/xmlenc#sha256",
    )
    text = signed.decode() if isinstance(signed, bytes) else signed
    return base64.b64encode(_RESPONSE.format(assertion=text, **said).encode()).decode()


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
