"""Time stamps of others over our checkpoints (RFC 3161): who is asked, what, and whether an answer is what was asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from register import verify
from register.publishing.refusing import PublishingRefused

OFF = timedelta(minutes=10)
"""How far the time of an authority may be from ours: one of the two clocks is wrong beyond that."""
SAID = 200
"""Characters of what the library says of an answer."""
GRANTED = bytes.fromhex("3003020100")
SHA_256 = bytes.fromhex("300d06096086480165030402010500")
SEQUENCE, CERTIFICATES = 0x30, 0xA0
SHORT = 0x80
"""Lengths below this are a byte of their own."""


class StampsRefused(PublishingRefused):
    """The settings name authorities that cannot be asked or trusted."""


class NoStamp(Exception):
    """What came back is no stamp to be kept; the message says why."""


class Authorities(msgspec.Struct, frozen=True):
    """Who is asked, and the certificates that are trusted for it."""

    urls: tuple[str, ...] = ()
    roots: tuple[bytes, ...] = ()
    """Certificates that sign themselves."""
    between: tuple[bytes, ...] = ()
    """Certificates on the way to those, for authorities that do not send them along."""

    @classmethod
    def read(cls, urls: tuple[str, ...], pinned: Path | None) -> Authorities:
        """Those at `urls`, trusted by the certificates in a file or directory; StampsRefused when there is none."""
        if not urls:
            return cls()
        if pinned is None:
            msg = "REGISTER_LOG_STAMPS names who stamps; name in REGISTER_LOG_STAMP_ROOTS the file with their root certificates"
            raise StampsRefused(msg)
        found = _certificates(pinned)
        roots = tuple(each.public_bytes(Encoding.DER) for each in found if each.subject == each.issuer)
        if not roots:
            msg = f"{pinned} holds no root certificate; put the root certificates of the authorities there, as PEM"
            raise StampsRefused(msg)
        return cls(urls, roots, tuple(each.public_bytes(Encoding.DER) for each in found if each.subject != each.issuer))


class Stamp(msgspec.Struct, frozen=True):
    """One stamp of a checkpoint, with all that was said."""

    size: int
    number: int
    authority: str
    at: datetime
    """When the authority says that it saw the checkpoint."""
    request: bytes
    response: bytes
    """The answer, without the words that may come with it and that nobody signed."""

    @property
    def name(self) -> str:
        """Of its file, beside that of the checkpoint."""
        return f"checkpoints/{self.size}.{self.number}.tsr"

    @classmethod
    def shown(cls, size: int, number: int, response: bytes, note: bytes) -> Stamp:
        """One that was published, of which nothing else is left; who gave it stands in its certificate, at which address nowhere."""
        info = decode_timestamp_response(response).tst_info
        request = _asked(sha256(note).digest(), info.nonce)
        return cls(size, number, f"checkpoints/{size}.{number}.tsr", info.gen_time, request, response)

    def faults(self, note: bytes) -> list[tuple[str, str]]:
        """What else than its response was changed since it was kept: column and reason. Whose address `authority` is says nobody but us."""
        info = decode_timestamp_response(self.response).tst_info
        found: list[tuple[str, str]] = []
        if info.gen_time != self.at:
            found.append(("at", f"says {self.at}, and the stamp {info.gen_time}"))
        if _asked(sha256(note).digest(), info.nonce) != self.request:
            found.append(("request", "is not what was asked for this stamp"))
        return found


class Answer(msgspec.Struct, frozen=True):
    """A stamp as it came."""

    at: datetime
    raw: bytes


def named(url: str) -> str:
    """Who an authority is, for everybody: its address without the password that may be in it."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] + parts.path


def request_over(note: bytes) -> TimeStampRequest:
    """What an authority is asked: the hash of a checkpoint, a number that nobody can guess, and its certificates."""
    return TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256).build()


def accepted(answer: bytes, request: TimeStampRequest, note: bytes, by: Authorities, now: datetime) -> Answer:
    """The stamp of a checkpoint by an authority that is trusted, in answer to this request; NoStamp when it is none."""
    try:
        response = decode_timestamp_response(_in_order(answer))
        roots, between = (list(map(x509.load_der_x509_certificate, each)) for each in (by.roots, by.between))
        verifier = VerifierBuilder(roots=roots, intermediates=between, nonce=request.nonce).build()
        verifier.verify(response, sha256(note).digest())
        at = response.tst_info.gen_time
        raw = _sequence(GRANTED + response.time_stamp_token())
        # Nothing is kept that the program which is given to everybody would not take.
        verify.stamp(raw, note)
    except (VerificationError, ValueError, LookupError) as fault:
        msg = f"what it answered is not a stamp that can be kept: {str(fault)[:SAID]}"
        raise NoStamp(msg) from None
    if abs(at - now) > OFF:
        msg = f"it says that it is {at:%Y-%m-%d %H:%M} UTC, which is far from the time here; one of the two clocks is wrong"
        raise NoStamp(msg)
    return Answer(at, raw)


def _in_order(answer: bytes) -> bytes:
    """An answer with its certificates in the order that DER wants; many authorities send them as they come, and nobody signed that."""
    (_, whole, _), *_ = verify.der(answer)
    token = verify.der(whole)[1:2]
    signed = verify.der(verify.der(token[0][1])[1][1]) if token else []
    for tag, held, _ in verify.der(signed[0][1]) if signed else ():
        if tag == CERTIFICATES:
            return answer.replace(held, b"".join(sorted(each for _, _, each in verify.der(held))), 1)
    return answer


def _asked(digest: bytes, nonce: int) -> bytes:
    """A request over a digest, as `request_over` makes it."""
    number = nonce.to_bytes(nonce.bit_length() // 8 + 1)
    imprint = _sequence(SHA_256 + b"\4" + _length(len(digest)) + digest)
    return _sequence(b"\2\1\1" + imprint + b"\2" + _length(len(number)) + number + b"\1\1\xff")


def _certificates(pinned: Path) -> list[x509.Certificate]:
    try:
        files = sorted(pinned.glob("*.pem")) if pinned.is_dir() else [pinned]
        return [each for file in files for each in x509.load_pem_x509_certificates(file.read_bytes())]
    except (OSError, ValueError) as fault:
        msg = f"the certificates in {pinned} (REGISTER_LOG_STAMP_ROOTS) cannot be read as PEM: {fault}"
        raise StampsRefused(msg) from None


def _sequence(content: bytes) -> bytes:
    return bytes([SEQUENCE]) + _length(len(content)) + content


def _length(count: int) -> bytes:
    """A length as DER has it."""
    if count < SHORT:
        return bytes([count])
    raw = count.to_bytes(-(-count.bit_length() // 8))
    return bytes([SHORT | len(raw)]) + raw
