"""nginx before the site: packaging/nginx.conf with other ports and paths, and a certificate made on the spot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Mapping

CONF = Path(__file__).resolve().parents[2] / "packaging" / "nginx.conf"
HOST = "localhost"
# What Debian's own nginx.conf says around a server block, with every path in the folder.
AROUND = """
daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 768; }}
http {{
    include {types};
    default_type application/octet-stream;
    sendfile on;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


def nginx() -> str | None:
    """Return the program, None where it is not installed."""
    return shutil.which("nginx") or (shutil.which("nginx", path="/usr/sbin:/sbin"))


def certificate(folder: Path) -> Path:
    """Make a key and a certificate for localhost that holds for a week; returns the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(HOST), x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with open(os.open(folder / "key.pem", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as stream:  # noqa: PTH123
        stream.write(secret)
    target = folder / "certificate.pem"
    target.write_bytes(made.public_bytes(pem))
    return target


def adapted(text: str, folder: Path, ports: Mapping[str, int]) -> str:
    """Return the delivered server blocks with other ports and paths; leaves where one of them is not in there."""
    changes = {
        "listen 443 ": f"listen 127.0.0.1:{ports['https']} ",
        "listen 80;": f"listen 127.0.0.1:{ports['http']};",
        "https://$host$": f"https://$host:{ports['https']}$",
        "127.0.0.1:8020": f"127.0.0.1:{ports['site']}",
        "ewm.example.org": HOST,
        "/etc/ssl/ewm/": f"{folder}/",
    }
    for written, own in changes.items():
        if written not in text:
            sys.exit(f"packaging/nginx.conf: „{written}“ steht nicht darin")
        text = text.replace(written, own)
    return text


def written(folder: Path, ports: Mapping[str, int]) -> Path:
    """Write a whole configuration of nginx into a folder; returns its file."""
    servers = adapted(CONF.read_text(encoding="utf-8"), folder, ports)
    servers = re.sub(r"^", "    ", servers, flags=re.MULTILINE)
    user = "user www-data;" if os.geteuid() == 0 else ""
    types = "/etc/nginx/mime.types"
    path = folder / "nginx.conf"
    path.write_text(AROUND.format(folder=folder, user=user, types=types, servers=servers), encoding="utf-8")
    return path


def judged(path: Path) -> subprocess.CompletedProcess[str]:
    """Let nginx judge a configuration (``nginx -t``)."""
    program = nginx() or sys.exit("nginx fehlt. Auf Debian: apt-get install nginx")
    words = [program, "-t", "-e", str(path.parent / "error.log"), "-c", str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def started(path: Path) -> subprocess.Popen[bytes]:
    """Start nginx in the foreground with a configuration that it has judged to be right."""
    found = judged(path)
    if found.returncode:
        sys.exit(found.stderr)
    return subprocess.Popen([str(nginx()), "-e", str(path.parent / "error.log"), "-c", str(path)])
