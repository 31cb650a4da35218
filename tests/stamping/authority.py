"""A time-stamping authority on this machine: a root, a signer below it, and the answers of `openssl ts` over HTTP or by hand."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl is not installed; on Debian: apt-get install openssl"
)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
CONFIG = """
[tsa]
default_tsa = local
[local]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
{between}
signer_digest = {digest}
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = {names_by}
"""


class Authority:
    """Answers requests with stamps of now; its root is what others pin."""

    def __init__(
        self, folder: Path, name: str = "Time of this machine", *, rsa_: bool = False, names_by: str = "sha256"
    ) -> None:
        """Made anew, below a folder of its own. With `rsa_` there is a certificate between root and signer, and longer hashes."""
        folder.mkdir(parents=True)
        self.folder, self.root = folder, folder / "root.pem"
        self.asked: list[bytes] = []
        self._one = threading.Lock()
        key, own = _key(rsa_=rsa_), _key(rsa_=rsa_)
        root = _certificate(f"Root of {name}", key, f"Root of {name}", key, signer=False)
        self.root.write_bytes(root.public_bytes(Encoding.PEM))
        between, above = root, key
        if rsa_:
            above = _key(rsa_=rsa_)
            between = _certificate(f"Between {name}", above, f"Root of {name}", key, signer=False)
        issuer = between.subject.rfc4514_string().removeprefix("CN=")
        signer = _certificate(name, own, issuer, above, signer=True)
        (folder / "between.pem").write_bytes(between.public_bytes(Encoding.PEM))
        (folder / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        (folder / "signer.key").write_bytes(
            own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        )
        (folder / "serial").write_text("01")
        (folder / "openssl.cnf").write_text(
            CONFIG.format(
                folder=folder,
                digest="sha512" if rsa_ else "sha256",
                names_by=names_by,
                between=f"certs = {folder}/between.pem" if rsa_ else "",
            )
        )

    def answer(self, request: bytes) -> bytes:
        """What `openssl ts -reply` says to a request."""
        with self._one:  # who gave up waiting may be answered still
            self.asked.append(request)
            asked = self.folder / "request.tsq"
            asked.write_bytes(request)
            command: list[str | Path] = ["openssl", "ts", "-reply", "-queryfile", asked]
            command += ["-config", self.folder / "openssl.cnf"]
            return subprocess.run(command, capture_output=True, check=True, timeout=20).stdout


def verified(stamped: Path, response: Path, root: Path) -> tuple[bool, str]:
    """Whether `openssl ts -verify` takes a response for a stamp of a file, and what it says."""
    told = subprocess.run(
        ["openssl", "ts", "-verify", "-data", stamped, "-in", response, "-CAfile", root],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    return told.returncode == 0, told.stdout + told.stderr


def request_for(stamped: Path) -> bytes:
    """A request as `openssl ts -query` makes it."""
    told = subprocess.run(
        ["openssl", "ts", "-query", "-data", stamped, "-sha256", "-cert"], capture_output=True, check=True, timeout=20
    )
    return told.stdout


class Listening:
    """An authority behind an address; what it does beside answering can be set while it runs."""

    def __init__(self, authority: Authority, port: int) -> None:
        """Answers until it is told otherwise."""
        self.authority, self.url = authority, f"http://127.0.0.1:{port}/stamp"
        self.status = 200
        self.delay = 0.0
        self.instead: bytes | None = None


@contextmanager
def listening(authority: Authority) -> Iterator[Listening]:
    """Serve an authority on loopback for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            sleep(told.delay)
            raw = told.instead if told.instead is not None else authority.answer(request)
            self.send_response(told.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(raw)))
            with suppress(BrokenPipeError, ConnectionResetError):
                self.end_headers()
                self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Listening(authority, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, name="authority")
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _key(*, rsa_: bool) -> Key:
    return rsa.generate_private_key(65_537, 2048) if rsa_ else ec.generate_private_key(ec.SECP256R1())


def _certificate(name: str, key: Key, issuer: str, by: Key, *, signer: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=not signer, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signer,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=not signer,
                crl_sign=not signer,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if signer:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(by, hashes.SHA256())
