"""A small identity provider of an organisation: OpenID Connect with discovery, signed claims and PKCE; a key pair."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from pathlib import Path

CLIENT, SECRET, CODE = "ewm", "geheim", "code-1"


@dataclass(frozen=True)
class Pair:
    """A private key and the certificate that it signs itself, both as PEM."""

    key: str
    certificate: str


def pair() -> Pair:
    """Make a key and a certificate for this machine."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Pair(private.decode(), made.public_bytes(pem).decode())


@dataclass
class Provider:
    """What the provider knows: whom it lets in, what was asked of it."""

    pair: Pair
    claims: dict[str, Any] = field(default_factory=dict)
    audience: str = CLIENT
    expected: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    base: str = ""

    @property
    def issuer(self) -> str:
        """The address that names the provider."""
        return f"{self.base}/realms/land"

    def authorized(self, address: str) -> dict[str, str]:
        """Let somebody in who was led to ``address``; returns what the browser takes back."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert said["client_id"] == CLIENT
        assert said["code_challenge_method"] == "S256"
        self.expected = said
        return {"code": CODE, "state": said["state"]}

    def answer(self, path: str) -> Any:
        """Return what stands at an address, None where nothing does."""
        public = serialization.load_pem_private_key(self.pair.key.encode(), None).public_key()
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))  # type: ignore[arg-type]
        return {
            "/realms/land/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/anmelden",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/realms/land/jwks": {"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]},
            "/realms/land/userinfo": self.claims,
        }.get(path)

    def token(self, said: dict[str, str]) -> dict[str, Any] | None:
        """Exchange a code for signed claims; None where it does not fit what was authorized."""
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = {
            "code": CODE,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "redirect_uri": self.expected["redirect_uri"],
        }
        if challenge != self.expected["code_challenge"] or any(
            said.get(name) != value for name, value in right.items()
        ):
            return None
        now = int(time.time())
        claims = {**self.claims, "iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims, self.pair.key, "RS256", {"kid": "1"})
        return {"access_token": "zugang", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


def started(provider: Provider, folder: Path) -> ThreadingHTTPServer:
    """Serve a provider by TLS on a free port; its certificate stands in ``folder/ca.pem``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            if self.path.endswith("/userinfo") and self.headers["Authorization"] != "Bearer zugang":
                return self._send(401, {})
            found = provider.answer(self.path)
            return self._send(200 if found is not None else 404, found or {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = provider.token({name: values[0] for name, values in parse_qs(body).items()})
            return self._send(200 if found else 400, found or {"error": "invalid_grant"})

        def _send(self, status: int, content: Any) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    (folder / "ca.pem").write_text(provider.pair.certificate, encoding="ascii")
    (folder / "key.pem").write_text(provider.pair.key, encoding="ascii")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    provider.base = f"https://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
