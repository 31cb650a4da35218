"""Checks a published log by itself: the standard library and one library for signatures, and nothing of what wrote the log.

    python verify.py DIRECTORY [--key VKEY ...] [--known VKEY ...] [--openings DIRECTORY]
    python verify.py https://register.example.nl/log --key VKEY
    python verify.py ARCHIVE.zip --policy FILE
    python verify.py PROOF.tlog-proof ENTRY.json --policy FILE

ARCHIVE.zip is what the register gives of one decision: its entries with their proofs, its texts, and the checkpoint.
PROOF.tlog-proof is what it gives of one entry, of which ENTRY.json holds the bytes.
DIRECTORY holds `checkpoint`, `tile/` and what else was published beside them. Every byte of it is accounted for: what cannot be
explained is a finding. The first finding in the order of the log comes first; without any, the exit code is 0.
A key of the log (name+id+base64) comes from somewhere that its operator does not control; without one, nothing is proven about who
signed, and this says so. A key that is only known signed earlier checkpoints, before it was replaced, or is about to replace one.
A policy also names witnesses, who sign that they saw no other log, and how many are a quorum: the newest checkpoint must have it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import io
import json
import re
import sys
import threading
import time
import urllib.error
import urllib.request
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from cryptography.hazmat.primitives.serialization import Encoding

WIDE = 256  # hashes in a tile, entries in a bundle
DIGEST = 32
ID = 4  # bytes by which a signature names its key
MAX_FILE = WIDE * (2 + 0xFFFF)
MAX_NOTE = 1 << 20  # a note, a proof or a time stamp is shorter
MAX_ARCHIVE = 64 << 20
MOST_SIGNED = 1000  # signatures of one note
MAX_NAME = 4096
MOST_MISSING = 500  # bundles that are not there; after so many a log is not followed further
MOST_TOLD = 1000  # findings that are printed; all are counted
SECONDS = 20  # in which a server goes on answering
PATIENCE = 120  # seconds in which it has answered in full
ABSENT = {403, 404, 410}  # what servers of files answer for a file that is not there
ENVELOPE = {"by", "cause", "data", "for", "id", "seq", "stream", "time", "type", "v"}
LATEST = 253_402_300_799  # the last second of the year 9999
KINDS = {1: "Ed25519", 4: "Ed25519, witness", 6: "ML-DSA-44"}
LONG = {1: 33, 4: 33, 6: 1313}  # bytes of a key, with the one that says its kind
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def shown(text: str, most: int = 500) -> str:
    """What others wrote, on one line, and without what a terminal would obey."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in cut)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: in which file, at which entry when it is one, and what is wrong."""

    file: str
    reason: str
    entry: int | None = None

    def __str__(self) -> str:
        """One line."""
        at = "" if self.entry is None else f", entry {self.entry}"
        return f"{self.file}{at}: {self.reason}"


@dataclass
class Report:
    """What was looked at, and what was found."""

    size: int = 0
    root: str = ""
    signed_by: list[str] = field(default_factory=list[str])
    cosigned_by: list[str] = field(default_factory=list[str])
    files: int = 0
    checkpoints: int = 0
    stamps: int = 0
    openings: int = 0
    proven: int | None = None  # the entry, where one proof was looked at
    findings: list[Finding] = field(default_factory=list[Finding])


class Files:
    """The files of a log in a directory; remembers which were read, so that the others can be named."""

    def __init__(self, directory: Path) -> None:
        """Nothing was read yet."""
        self.directory = directory
        self.read_: set[str] = set()

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None when it is not there."""
        path = self.directory / name
        if not path.is_file() or path.is_symlink():
            return None
        self.read_.add(name)
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)  # more than any file of a log has

    def names(self) -> Iterator[str]:
        """Every file there is, and every folder that holds none and is none of a log: names are bytes as well."""
        for path in sorted(self.directory.rglob("*")):
            name = path.relative_to(self.directory).as_posix()
            if path.is_symlink() or not path.is_dir() or not (FOLDER.fullmatch(name) or any(path.iterdir())):
                yield name


FOLDER = re.compile(r"checkpoints|tile(/(entries|\d)(/x\d{3})*(/\d{3}\.p)?)?")


class SamePlace(urllib.request.HTTPRedirectHandler):
    """Follows a server to another address of the same host, and nowhere else."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:  # noqa: ANN401, PLR0913, PLR0917  # as urllib has it
        """The next request; OSError when it would go to another host."""
        if urlsplit(newurl).hostname != urlsplit(str(req.full_url)).hostname or not re.match("https?:", newurl):
            fp.close()
            reason = f"it sends to another place, {shown(newurl)}; name that one if it is to be trusted"
            raise urllib.error.URLError(reason)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def answer(url: str, headers: Mapping[str, str], most: int) -> tuple[int, Mapping[str, str], bytes]:
    """What an address answers: status, headers by their names in small letters, and its content, of which one byte more than `most` is enough to see that it is too long.

    OSError when it does not answer as a server does, or not in time.
    """
    answered: Future[tuple[int, Mapping[str, str], bytes]] = Future()

    def ask() -> None:
        try:
            answered.set_result(_answer(url, headers, most))
        except (ValueError, http.client.HTTPException) as fault:
            answered.set_exception(OSError(f"{url} is no address, or does not answer as a server does: {fault!r}"))
        except Exception as fault:  # noqa: BLE001  # whoever waits is told
            answered.set_exception(fault)

    # Each wait for bytes has a limit of its own; a server that sends one now and then is left to a thread that nobody waits for.
    threading.Thread(target=ask, daemon=True).start()
    try:
        return answered.result(PATIENCE)
    except TimeoutError:
        msg = f"{url} did not answer in full within {PATIENCE} seconds"
        raise OSError(msg) from None


def _answer(url: str, headers: Mapping[str, str], most: int) -> tuple[int, Mapping[str, str], bytes]:
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310  # http and https only: main, SamePlace
    try:
        with urllib.request.build_opener(SamePlace).open(request, timeout=SECONDS) as told:
            raw = told.read(most + 1)
            if len(raw) <= most and told.length:
                raise http.client.IncompleteRead(b"", told.length)
            return told.status, {name.lower(): value for name, value in told.headers.items()}, raw
    except urllib.error.HTTPError as problem:
        with problem:
            return (
                problem.code,
                {name.lower(): value for name, value in problem.headers.items()},
                problem.read(most + 1),
            )


def unzipped(raw: bytes, most: int) -> bytes:
    """What gzip packed, which a server may have done unasked; OSError unless it is exactly that."""
    packed = zlib.decompressobj(31)
    try:
        content = packed.decompress(raw, most + 1)
    except zlib.error as fault:
        msg = f"what was sent is not in the gzip form that it is said to have: {fault}"
        raise OSError(msg) from None
    if len(content) <= most and (not packed.eof or packed.unused_data):
        msg = "what was sent in gzip form ends too early, or has bytes behind it"
        raise OSError(msg)
    return content


class Address(Files):
    """The files of a log at an address; what else lies there cannot be seen from outside."""

    def __init__(self, url: str) -> None:
        """`url` is the prefix of the log."""
        super().__init__(Path())
        self.url = url.rstrip("/")

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None when it is not there."""
        url = f"{self.url}/{name}"
        status, headers, raw = answer(url, {"Accept-Encoding": "identity"}, MAX_FILE)
        if status in ABSENT:
            return None
        if status != 200:  # noqa: PLR2004  # it went well
            msg = f"{url} answers {status}"
            raise OSError(msg)
        if headers.get("content-encoding", "").lower() == "gzip":
            raw = unzipped(raw, MAX_FILE)
        self.read_.add(name)
        return raw

    def names(self) -> Iterator[str]:
        """None: an address has no list of what lies below it."""
        return iter(())


# ---- hashes ----------------------------------------------------------------------------------------------------------------


def of_entry(entry: bytes) -> bytes:
    """The hash of an entry (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\0" + entry).digest()


def of_two(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return hashlib.sha256(b"\1" + left + right).digest()


def halved(row: list[bytes]) -> list[bytes]:
    """The hashes one level higher; one that has no neighbour yet is left out."""
    return [of_two(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]


def grown(row: list[bytes]) -> list[list[bytes]]:
    """Every complete subtree over some leaves, level by level."""
    levels = [row]
    while len(levels[-1]) > 1:
        levels.append(halved(levels[-1]))
    return levels


def over(levels: list[list[bytes]], size: int) -> bytes:
    """The root over the first entries of a log of which every complete subtree is known, level by level."""
    top, end = b"", size
    for level, row in enumerate(levels):
        if size >> level & 1:
            peak = row[(end >> level) - 1]
            top = of_two(peak, top) if top else peak
            end -= 1 << level
    return top or hashlib.sha256(b"").digest()


# ---- notes -----------------------------------------------------------------------------------------------------------------


class Broken(ValueError):
    """A note that is none."""


def note(raw: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a signed note and its signatures: name, id of the key, signature."""
    if len(raw) > MAX_NOTE:
        raise Broken("it is longer than any checkpoint is")
    try:
        text, empty, lines = raw.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise Broken("it is not UTF-8") from None
    if re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise Broken("it holds a character that is none of a text")
    if not empty or not lines.endswith("\n"):
        raise Broken("it has no signatures below an empty line")
    found: list[tuple[str, bytes, bytes]] = []
    for line in lines[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, coded = rest.partition(" ")
        try:
            signature = base64.b64decode(coded, validate=True)
        except ValueError:
            signature = b""
        if dash != "\u2014" or not name or len(signature) <= ID or base64.b64encode(signature).decode() != coded:
            raise Broken("a line below the empty line is no signature")
        if re.search(r"[\s+]", name) or any((name, signature[:ID]) == before[:2] for before in found):
            raise Broken("two signatures are by the same key, or one is of a name that none can have")
        if len(found) == MOST_SIGNED:
            raise Broken(f"it has more than {MOST_SIGNED} signatures")
        found.append((name, signature[:ID], signature[ID:]))
    return text + "\n", found


def log_of(text: str) -> tuple[str, int, bytes]:
    """The origin, size and root of which a checkpoint speaks."""
    lines = text.split("\n")
    try:
        origin, size, coded = lines[0], lines[1], lines[2]
        root = base64.b64decode(coded, validate=True)
    except (IndexError, ValueError):
        raise Broken("it has not an origin, a size and a root") from None
    if not origin or lines[3:] != [""] or not re.fullmatch(r"0|[1-9]\d{0,17}", size) or len(root) != DIGEST:
        raise Broken("it has not exactly an origin, a size and a root")
    return origin, int(size), root


def signers(raw: bytes, keys: list[str]) -> list[tuple[str, bytes, int]]:
    """Which of the keys signed a note: name, id and type. Raises Broken for a wrong signature, and for one that no given key explains."""
    text, signatures = note(raw)
    known = {(name, id_): (kind, public) for name, id_, kind, public in map(key_of, keys)}
    found: list[tuple[str, bytes, int]] = []
    for name, id_, signature in signatures:
        if (key := known.get((name, id_))) is None:
            if keys:
                raise Broken(f"a signature of {name} is by a key that was not given")
            continue
        try:
            _check(text, name, key, signature)
        except (InvalidSignature, ValueError, OverflowError):
            raise Broken(f"the signature of {name} is not one of this text") from None
        found.append((name, id_, key[0]))
    return found


def key_of(vkey: str) -> tuple[str, bytes, int, bytes]:
    """A verifier key: name, id, type, public key."""
    name, _, rest = vkey.partition("+")
    id_, _, coded = rest.partition("+")
    try:
        raw = base64.b64decode(coded, validate=True)
        itself = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex()
    except ValueError:
        raise Broken(f"{shown(vkey, 100)} is no key: one is written name+id+base64") from None
    if not name or not raw:
        raise Broken(f"{shown(vkey, 100)} is no key: one is written name+id+base64")
    if itself != id_:
        raise Broken(f"the key of {shown(name, 100)} has another id than it says")
    if raw[0] not in KINDS or len(raw) != LONG[raw[0]]:
        raise Broken(f"the key of {shown(name, 100)} is of a kind that is not known here")
    return name, bytes.fromhex(id_), raw[0], raw[1:]


def _check(text: str, name: str, key: tuple[int, bytes], signature: bytes) -> None:
    kind, public = key
    moment, rest = int.from_bytes(signature[:8]), signature[8:]
    if kind == 1:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    elif kind == 4:  # noqa: PLR2004  # a witness
        Ed25519PublicKey.from_public_bytes(public).verify(rest, f"cosignature/v1\ntime {moment}\n{text}".encode())
    elif kind == 6:  # noqa: PLR2004  # ML-DSA-44
        origin, size, root = log_of(text)
        who, of = name.encode(), origin.encode()
        said = b"subtree/v1\n\0" + bytes([len(who)]) + who + signature[:8] + bytes([len(of)]) + of
        MLDSA44PublicKey.from_public_bytes(public).verify(rest, said + bytes(8) + size.to_bytes(8) + root)
    else:
        raise InvalidSignature


# ---- witnesses -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Policy:
    """Whose signatures are wanted (C2SP tlog-policy): the keys of the log, witnesses by name, groups of them, and the quorum."""

    logs: tuple[str, ...] = ()
    witnesses: dict[str, str] = field(default_factory=dict[str, str])
    groups: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    quorum: str = "none"

    def met(self, seen: set[str]) -> bool:
        """Tell whether these witnesses are enough."""
        holds = {"none": True} | {name: name in seen for name in self.witnesses}
        for name, least, members in self.groups:
            holds[name] = sum(holds[member] for member in members) >= least
        return holds[self.quorum]


def policy_of(raw: bytes) -> Policy:
    """A policy out of its file; Broken, with the line, when it is none."""
    logs: list[str] = []
    witnesses: dict[str, str] = {}
    groups: list[tuple[str, int, tuple[str, ...]]] = []
    quorum = ""
    for number, line in enumerate(raw.decode("utf-8", "surrogateescape").split("\n"), 1):
        words = line.replace("\t", " ").split()
        names = {"none", *witnesses, *(name for name, _, _ in groups)}
        match words:
            case [] | ["log", _] | ["log", _, _]:
                logs += words[1:2]
            case ["witness", name, vkey, *rest] if name not in names and len(rest) < 2:  # noqa: PLR2004  # one address
                witnesses[name] = vkey
            case ["group", name, least, *members] if name not in names and members and names - {"none"} >= {*members}:
                count = {"any": 1, "all": len(members)}.get(least) or int(
                    (re.fullmatch(r"\d{1,9}", least) and least) or 0
                )
                if not 1 <= count <= len({*members}) or len({*members}) < len(members):
                    raise Broken(f"line {number} of the policy wants {least} of {len(members)}")
                groups.append((name, count, tuple(members)))
            case ["quorum", name] if name in names and not quorum:
                quorum = name
            case [word, *_] if word.startswith("#"):
                pass
            case _:
                raise Broken(f"line {number} of the policy cannot be read")
    try:
        for vkey in (*logs, *witnesses.values()):
            key_of(vkey)
    except ValueError as fault:
        raise Broken(f"a key of the policy cannot be used: {fault}") from None
    return Policy(tuple(logs), witnesses, tuple(groups), quorum or "none")


# ---- proofs ----------------------------------------------------------------------------------------------------------------


def proven(raw: bytes, position: int, entry: bytes, under: tuple[int, bytes, bytes]) -> bool:
    """Tell whether a proof leads from an entry at its place to the root of a checkpoint (RFC 9162, section 2.1.3.2)."""
    size, root, checkpoint = under
    head, _, note_ = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    try:
        hashes = [base64.b64decode(line, validate=True) for line in lines[2:]]
    except ValueError:
        return False
    # One form for one proof: what is not written as it would be written again is none.
    written = [b"c2sp.org/tlog-proof@v1", b"index %d" % position, *map(base64.b64encode, hashes)]
    if lines != written or note_ != checkpoint or position >= size or any(len(each) != DIGEST for each in hashes):
        return False
    top, at, last = of_entry(entry), position, size - 1
    for each in hashes:
        if last == 0:
            return False
        if at == last or at & 1:
            top = of_two(each, top)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            top = of_two(top, each)
        at, last = at >> 1, last >> 1
    return last == 0 and top == root


# ---- time stamps -----------------------------------------------------------------------------------------------------------


INTEGER, OCTETS, OID, SEQUENCE, SET, FIRST = 2, 4, 6, 0x30, 0x31, 0xA0  # tags of DER
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
STAMPED = bytes.fromhex("2a864886f70d0109100104")
DIGEST_OF, CERTIFICATE, CERTIFICATE_V2 = (bytes.fromhex(f"2a864886f70d0109{end}") for end in ("04", "10020c", "10022f"))
SHA = {
    bytes.fromhex("608648016503040201"): hashes.SHA256(),
    bytes.fromhex("608648016503040202"): hashes.SHA384(),
    bytes.fromhex("608648016503040203"): hashes.SHA512(),
}
RSA = bytes.fromhex("2a864886f70d010101")
SIGNS = {  # by the algorithm of a signature and that of the digest below it
    "sha256": {"RSA": bytes.fromhex("2a864886f70d01010b"), "EC": bytes.fromhex("2a8648ce3d040302")},
    "sha384": {"RSA": bytes.fromhex("2a864886f70d01010c"), "EC": bytes.fromhex("2a8648ce3d040303")},
    "sha512": {"RSA": bytes.fromhex("2a864886f70d01010d"), "EC": bytes.fromhex("2a8648ce3d040304")},
}
NULL = b"\5\0"


def der(raw: bytes) -> list[tuple[int, bytes, bytes]]:
    """The values of DER that follow each other: tag, content, and the whole; Broken unless each is written in its one form."""
    found: list[tuple[int, bytes, bytes]] = []
    at = 0
    while at < len(raw):
        tag, length, start = raw[at], int.from_bytes(raw[at + 1 : at + 2]), at + 2
        if length & 0x80:
            count = length & 0x7F
            length, start = int.from_bytes(raw[start : start + count]), start + count
            if not 1 <= count <= 4 or length < max(0x80, 1 << 8 * (count - 1)):  # noqa: PLR2004  # as much as any file has
                raise Broken("a length is not written in its shortest form")
        if start > len(raw) or start + length > len(raw):
            raise Broken("it ends too early")
        found.append((tag, raw[start : start + length], raw[at : start + length]))
        at = start + length
    return found


def within(raw: bytes, *tags: int) -> list[bytes]:
    """The contents of values with exactly these tags."""
    found = der(raw)
    if tuple(tag for tag, _, _ in found) != tags:
        raise Broken("it has not the parts of a stamp")
    return [content for _, content, _ in found]


def stamp(raw: bytes, stamped: bytes) -> str:
    """When an authority says that it saw some bytes; Broken when its stamp is not over them, or not signed by the certificate in it.

    Whether that certificate is to be trusted says whoever knows its root: `openssl ts -verify -CAfile`.
    """
    if len(raw) > MAX_NOTE:
        raise Broken("it is longer than any time stamp is")
    (whole,) = within(raw, SEQUENCE)
    granted, token = within(whole, SEQUENCE, SEQUENCE)
    kind, content = within(token, OID, FIRST)
    if granted != b"\2\1\0" or kind != SIGNED_DATA:
        raise Broken("it was not granted, or is not signed")
    (content,) = within(content, SEQUENCE)
    version, digests, inner, *rest, signers_ = der(content)
    what, held = within(inner[1], OID, FIRST)
    (told,) = within(held, OCTETS)
    (signer,) = within(signers_[1], SEQUENCE)
    tags = (version[0], digests[0], inner[0], rest[0][0], signers_[0])
    if tags != (INTEGER, SET, SEQUENCE, FIRST, SET) or version[1] != b"\3" or what != STAMPED:
        raise Broken("it has not the parts of a stamp")
    certificates = [x509.load_der_x509_certificate(each) for _, _, each in der(rest[0][1])]
    algorithm = _stamp_signed(der(signer), told, certificates)
    if digests[1] != algorithm:
        raise Broken("it names another digest than the one that is signed")
    (said,) = within(told, SEQUENCE)
    _, _, (_, imprint, _), _, (_, moment, _), *_ = der(said)
    (how, digest) = within(imprint, SEQUENCE, OCTETS)
    if SHA.get(der(how)[0][1], hashes.SHA256()).name != "sha256" or digest != hashlib.sha256(stamped).digest():
        raise Broken("it is a stamp of something else")
    return re.sub(r"^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", r"\1-\2-\3T\4:\5:\6", moment.decode("ascii"))


def _stamp_signed(signer: list[tuple[int, bytes, bytes]], told: bytes, certificates: list[x509.Certificate]) -> bytes:
    """Hold a signature against what it is over and against its certificate; the algorithm of its digest."""
    version, (_, who, _), (_, digest, algorithm), attributes, (_, signs, _), (_, signature, _) = signer[:6]
    own = [each for each in certificates if der(who) == [*der(each.issuer.public_bytes()), der(_serial(each))[0]]]
    sha = SHA.get(der(digest)[0][1])
    tags = tuple(tag for tag, _, _ in signer[:6])
    if tags != (INTEGER, SEQUENCE, SEQUENCE, FIRST, SEQUENCE, OCTETS) or version[1] != b"\1":
        raise Broken("it has not the parts of a stamp")
    if len(own) != 1 or sha is None:
        raise Broken("it is not signed in a way that is known here")
    named: dict[bytes, bytes] = dict(within(each, OID, SET) for _, each, _ in der(attributes[1]))
    if within(named.get(DIGEST_OF, b""), OCTETS) != [hashlib.new(sha.name, told).digest()]:
        raise Broken("what is signed is another time, or a stamp of something else")
    if not _names(named, own[0]):
        raise Broken("its certificate is another one than was signed for")
    key, over_ = own[0].public_key(), bytes([SET]) + attributes[2][1:]
    plain = [OID] if len(der(signs)) == 1 else [OID, NULL[0]]
    how = within(signs, *plain)
    if isinstance(key, rsa.RSAPublicKey) and how[0] in {RSA, SIGNS[sha.name]["RSA"]}:
        key.verify(signature, over_, padding.PKCS1v15(), sha)
    elif isinstance(key, ec.EllipticCurvePublicKey) and how[0] == SIGNS[sha.name]["EC"]:
        key.verify(signature, over_, ec.ECDSA(sha))
    else:
        raise Broken("it is not signed in a way that is known here")
    for each in certificates:
        for issuer in certificates:
            if issuer.subject == each.issuer:
                each.verify_directly_issued_by(issuer)
    return algorithm


def _names(named: dict[bytes, bytes], certificate: x509.Certificate) -> bool:
    """Tell whether what was signed names a certificate by its hash."""
    raw = certificate.public_bytes(Encoding.DER)
    old, new = named.get(CERTIFICATE), named.get(CERTIFICATE_V2)
    first = der(der(der(der(new or old or b"")[0][1])[0][1])[0][1])
    sha = (
        SHA[der(first[0][1])[0][1]].name if new is not None and first[0][0] == SEQUENCE else "sha256" if new else "sha1"
    )
    return [each for tag, each, _ in first if tag == OCTETS][:1] == [hashlib.new(sha, raw).digest()]


def _serial(certificate: x509.Certificate) -> bytes:
    number = certificate.serial_number
    raw = number.to_bytes(number.bit_length() // 8 + 1, signed=True)
    return bytes([INTEGER, len(raw)]) + raw


# ---- the log ---------------------------------------------------------------------------------------------------------------


def grouped(number: int) -> str:
    """A number as the names of tiles write it."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])


class Log:
    """One pass over a log: entries, tiles, root, checkpoints."""

    def __init__(
        self,
        files: Files,
        keys: list[str],
        each: Callable[[int, bytes], None] | None = None,
        known: list[str] | None = None,
        policy: Policy | None = None,
    ) -> None:
        """`each` is given every entry with its number, in order, once it was found sound; `known` keys may have signed, `keys` must.

        Of a `policy` the witnesses count, and the quorum.
        """
        self.files = files
        self.must = keys
        self.policy = policy or Policy()
        self.keys = [*keys, *(known or []), *self.policy.witnesses.values()]
        for vkey in self.keys:
            key_of(vkey)  # Broken, rather than a finding in a log that has no part in it
        self.each = each
        self.mine: list[Path] = []  # checkpoints that whoever looks kept
        self.report = Report()
        self.levels: list[list[bytes]] = [[]]
        self.streams: dict[str, int] = {}
        self.digests: dict[tuple[str, int], dict[str, str]] = {}
        self.withdrawn: dict[tuple[str, int, str], int] = {}  # stream, entry and field, and which entry says so
        self.last_cause = ""
        self.last_time = ""
        self.done_causes: set[str] = set()

    def found(self, file: str, reason: str, entry: int | None = None) -> None:
        """Remember something that is wrong."""
        self.report.findings.append(Finding(shown(file, MAX_NAME), shown(reason), entry))

    def run(self) -> Report:
        """Look at everything."""
        head = self.head(self.files.read("checkpoint"))
        if head is None:
            return self.report
        origin, size, root = head
        if (there := self._entries(size)) < size:
            self.report.size = there
            self.found(
                "checkpoint", f"speaks of {size} entries; so many are missing that the others were not looked at"
            )
            return self.report
        self._leaves(size, root)
        self._tiles(size)
        self._kept(origin, size)
        self._unexplained(size)
        self.report.files = len(self.files.read_)
        return self.report

    def head(self, raw: bytes | None) -> tuple[str, int, bytes] | None:
        """The origin, size and root that are signed, by whom they must be; None when nothing can be said of them."""
        if raw is None:
            self.found("checkpoint", "is missing")
            return None
        try:
            origin, size, root = log_of(note(raw)[0])
            signed = signers(raw, self.keys)
        except (Broken, ValueError) as fault:
            self.found("checkpoint", str(fault))
            return None
        self.report.size, self.report.root = size, root.hex()
        self._witnesses(raw, signed)
        for name, id_, kind, _ in map(key_of, self.must):
            if (name, id_, kind) not in signed:
                self.found("checkpoint", f"is not signed by {name} ({KINDS[kind]})")
        return origin, size, root

    def _witnesses(self, raw: bytes, signed: list[tuple[str, bytes, int]]) -> None:
        """Tell who signed, the log apart from its witnesses, and whether those are as many as the policy wants."""
        named = {key_of(vkey)[:2]: name for name, vkey in self.policy.witnesses.items()}
        times = {(name, id_): int.from_bytes(signature[:8]) for name, id_, signature in note(raw)[1]}
        for name, id_, kind in signed:
            if (name, id_) in named:
                moment = time.strftime("%Y-%m-%d %H:%M", time.gmtime(min(times[name, id_], LATEST)))
                self.report.cosigned_by.append(f"{named[name, id_]} ({moment} UTC)")
            else:
                self.report.signed_by.append(f"{name} ({KINDS[kind]})")
        seen = {named[name, id_] for name, id_, _ in signed if (name, id_) in named}
        if not self.policy.met(seen):
            who = f"only {', '.join(sorted(seen))}" if seen else "nobody"
            self.found(
                "checkpoint", f"is below the quorum {self.policy.quorum} of the policy: of its witnesses {who} signed"
            )

    def archive(self, path: Path) -> Report:
        """Look at an archive of one decision: each entry in its place under the signed checkpoint, and each text."""
        with path.open("rb") as file:
            content = unpacked(file.read(MAX_ARCHIVE + 1))
        raw = content.pop("checkpoint", None)
        head = self.head(raw)
        if head is None or raw is None:
            return self.report
        _, size, root = head
        for position in sorted(int(name[:-5]) for name in content if re.fullmatch(r"(0|[1-9][0-9]{0,17})\.json", name)):
            name, proof = f"{position}.json", f"{position}.tlog-proof"
            entry = content.pop(name)
            self.entry(name, position, entry)
            if not proven(content.pop(proof, b""), position, entry, (size, root, raw)):
                self.found(proof, "does not show that the entry stands there under the checkpoint", position)
            self.report.files += 2
        streams = set(self.streams)
        if len(streams) != 1:
            self.found(path.name, "does not hold the entries of exactly one decision")
        for stream in sorted(streams)[:1]:
            self.report.findings += texts(lines(content.pop("openings.jsonl", b"")), "openings.jsonl", stream, self)
        for name in sorted(set(content) - BESIDE):
            self.found(name, "belongs to no entry of this decision")
        return self.report

    def single(self, path: Path, entry: Path) -> Report:
        """Look at the proof of one entry, which brings its checkpoint along, beside the bytes of the entry."""
        with path.open("rb") as file:
            raw = file.read(MAX_NOTE + 1)
        said = re.match(rb"c2sp\.org/tlog-proof@v1\nindex (0|[1-9]\d{0,17})\n", raw)
        checkpoint = raw.partition(b"\n\n")[2]
        if said is None or not checkpoint:
            self.found(path.name, "is no proof of an entry")
        elif (head := self.head(checkpoint)) is not None:
            _, size, root = head
            position = int(said[1])
            if not proven(raw, position, entry.read_bytes(), (size, root, checkpoint)):
                self.found(path.name, f"does not show that {entry.name} stands there under the checkpoint", position)
            self.report.proven, self.report.files = position, 2
        return self.report

    def _entries(self, size: int) -> int:
        """Follow the entries; how many of them that was: all, unless far too many are missing."""
        missing = 0
        for number in range(-(-size // WIDE)):
            count = min(WIDE, size - number * WIDE)
            name, raw = self._tile("entries", number, count)
            if raw is None:
                self.found(name, "is missing", number * WIDE)
                self.levels[0] += [b""] * count
                missing += 1
                if missing > MOST_MISSING:
                    return (number + 1) * WIDE if count == WIDE else size
                continue
            self._bundle(name, raw, number * WIDE, count)
        return size

    def _bundle(self, name: str, raw: bytes, first: int, count: int) -> None:
        at, number = 0, first
        while at < len(raw) and number < first + count:
            length = int.from_bytes(raw[at : at + 2])
            entry = raw[at + 2 : at + 2 + length]
            if len(entry) < length or at + 2 > len(raw):
                break
            self.levels[0].append(of_entry(entry))
            self.entry(name, number, entry)
            at, number = at + 2 + length, number + 1
        if number < first + count or at != len(raw):
            self.found(name, "does not hold exactly the entries that it should", number)
            self.levels[0] += [b""] * (first + count - number)

    def _tile(self, level: str, number: int, count: int) -> tuple[str, bytes | None]:
        """A tile or bundle: the part of it when it is not full, or the full one that came later."""
        full = f"tile/{level}/{grouped(number)}"
        if count == WIDE:
            return full, self.files.read(full)
        part = f"{full}.p/{count}"
        return part, self.files.read(part)

    def _leaves(self, size: int, root: bytes) -> None:
        """Hold the entries against the lowest tiles; which of the two is wrong where they differ, the signed root tells."""
        entries = self.levels[0]
        tiled = list(entries)
        for number in range(-(-size // WIDE)):
            count = min(WIDE, size - number * WIDE)
            name, raw = self._tile("0", number, count)
            if raw is None or len(raw) != count * DIGEST:
                reason = "is missing" if raw is None else "does not hold exactly the hashes that it should"
                self.found(name, reason, number * WIDE)
            elif raw != b"".join(entries[number * WIDE : number * WIDE + count]):
                tiled[number * WIDE : number * WIDE + count] = [
                    raw[at : at + DIGEST] for at in range(0, len(raw), DIGEST)
                ]
        from_entries = grown(entries)
        from_tiles = from_entries if tiled == entries else grown(tiled)
        tiles_hold, entries_hold = over(from_tiles, size) == root, over(from_entries, size) == root
        self.levels = from_entries if entries_hold else from_tiles
        if not tiles_hold and not entries_hold:
            self.found("checkpoint", "speaks of another root than that of the entries")
        for at in (at for at in range(size) if entries[at] != tiled[at]):
            name, count = grouped(at // WIDE), min(WIDE, size - at // WIDE * WIDE)
            part = f"{name}.p/{count}" if count < WIDE else name
            if not entries_hold:
                self.found(f"tile/entries/{part}", "holds another entry than the one that the tree is over", at)
            if not tiles_hold:
                self.found(f"tile/0/{part}", "holds another hash than that of the entry", at)

    def _tiles(self, size: int) -> None:
        """Hold each higher tile against the hashes of the one below."""
        for level, row in enumerate(self.levels[8::8], 1):
            for number in range(-(-len(row) // WIDE)):
                wanted = row[number * WIDE : (number + 1) * WIDE]
                name, raw = self._tile(str(level), number, len(wanted))
                first = number * WIDE * WIDE**level
                if raw is None:
                    self.found(name, "is missing", min(first, size - 1))
                elif raw != b"".join(wanted):
                    places = (at for at, top in enumerate(wanted) if raw[DIGEST * at : DIGEST * (at + 1)] != top)
                    wrong = first + next(places, len(wanted) - 1) * WIDE**level
                    self.found(name, "holds another hash than that of the tile below", wrong)

    def entry(self, name: str, number: int, raw: bytes) -> None:
        """One form for one fact, and each entry in its place in its stream and its command."""
        try:
            wrong = self._wrong(number, raw)
        except RecursionError:
            wrong = "is no entry: it is nested too deep"
        if wrong:
            self.found(name, wrong, number)
        elif self.each is not None:
            self.each(number, raw)

    def _wrong(self, number: int, raw: bytes) -> str:  # noqa: PLR0911  # one answer a fault
        try:
            read: Any = READ.decode(raw.decode())
            again = WRITTEN.encode(read).encode()
        except (ValueError, RecursionError) as fault:
            return f"is no entry: {fault}"
        if again != raw:
            return "is not in canonical form"
        said = _object(read)
        if said.keys() != ENVELOPE or any(type(said[name]) is not kind for name, kind in TYPES.items()):
            return "has not the fields of an entry"
        if not _moment(said["time"]):
            return "has no time in the form of an entry"
        stream, cause = said["id"], said["cause"]
        if not (ONE.fullmatch(stream) and ONE.fullmatch(cause)):
            return "has no stream or command in the form of an entry"
        if said["seq"] != self.streams.get(stream, 0) + 1:
            return f"is number {said['seq']} of its stream, where {self.streams.get(stream, 0) + 1} should follow"
        if number == 0 and said["type"] != "register.opened":
            return "is the first and does not open a register"
        if cause == self.last_cause and said["time"] != self.last_time:
            return "has another time than the entry before it of the same command"
        if cause != self.last_cause and cause in self.done_causes:
            return "is of a command that had ended before"
        self.last_cause, self.last_time = cause, str(said["time"])
        self.done_causes.add(cause)
        self._remember(number, sys.intern(stream), said, sealed=SEALED in raw)
        return ""

    def _remember(self, number: int, stream: str, said: dict[str, Any], *, sealed: bool) -> None:
        """How far a stream is, which texts it seals, and which one is withdrawn: all that is kept in memory of an entry but its hash."""
        self.streams[stream] = said["seq"]
        if sealed:
            self.digests[stream, said["seq"]] = dict(_seals(said["data"]))
        of = _object(_object(said["data"]).get("of")) if said["type"] == "disclosure.withdrawn" else {}
        if isinstance(of.get("seq"), int):
            self.withdrawn[str(of.get("id")), of["seq"], str(of.get("field"))] = number

    def _kept(self, origin: str, size: int) -> None:
        """Every checkpoint that was kept is one of this log, at its size."""
        stamped: dict[bytes, str] = {}
        for name in [each for each in self.files.names() if each.startswith("checkpoints/")]:
            raw = self.files.read(name)
            if at := STAMPS.fullmatch(name):
                self._stamp(name, raw or b"", self.files.read(at[1]))
                if (first := stamped.setdefault(raw or b"", name)) != name:
                    self.found(name, f"is the same time stamp as {first}")
                continue
            if (count := self._earlier(name, raw or b"", origin, size)) is not None:
                self._parts(count)
        for path in self.mine:
            with path.open("rb") as file:
                self._earlier(str(path), file.read(MAX_NOTE + 1), origin, size)

    def _earlier(self, name: str, raw: bytes, origin: str, size: int) -> int | None:
        """The size of an earlier checkpoint; None when it is not one of this log."""
        try:
            was, count, root = log_of(note(raw)[0])
            signers(raw, self.keys)
        except (Broken, ValueError) as fault:
            self.found(name, str(fault))
            return None
        self.report.checkpoints += 1
        misplaced = name.startswith("checkpoints/") and name != f"checkpoints/{count}"
        if misplaced or was != origin or count > size:
            self.found(name, "is not a checkpoint of this log at that size")
        elif over(self.levels, count) != root:
            self.found(name, "speaks of another root than that of the entries", count)
        else:
            return count
        return None

    def _stamp(self, name: str, raw: bytes, stamped: bytes | None) -> None:
        """A time stamp is over exactly the checkpoint that it lies beside."""
        self.report.stamps += 1
        try:
            if stamped is None:
                self.found(name, "is a time stamp of a checkpoint that is not here")
            else:
                with warnings.catch_warnings(
                    action="ignore"
                ):  # certificates of others are not always as they should be
                    stamp(raw, stamped)
        except InvalidSignature:
            self.found(
                name, "the signature of the time stamp, or of a certificate in it, is not one of what it stands under"
            )
        except (ValueError, TypeError, LookupError, UnsupportedAlgorithm, x509.InvalidVersion) as fault:
            self.found(name, f"is no time stamp of the checkpoint beside it: {fault}")

    def _parts(self, size: int) -> None:
        """The tiles that were not full at an earlier size begin the full ones; they may be gone once those are there."""
        for level in ("entries", *map(str, range(8))):
            above = 0 if level == "entries" else int(level)
            first, count = divmod(size >> 8 * above, WIDE)
            name = f"tile/{level}/{grouped(first)}.p/{count}"
            if count == 0 or name in self.files.read_ or (raw := self.files.read(name)) is None:
                continue
            row = self.levels[8 * above][first * WIDE : first * WIDE + count]
            told = list(_lengths(raw)) if level == "entries" else []
            again = b"".join(len(each).to_bytes(2) + each for each in told) if level == "entries" else b"".join(row)
            if again != raw or (level == "entries" and list(map(of_entry, told)) != row):
                self.found(name, "is not the beginning of what is there now", first * WIDE << 8 * above)

    def _unexplained(self, size: int) -> None:
        for name in self.files.names():
            if name not in self.files.read_ and name not in BESIDE:
                self.found(name, f"belongs to no log of {size} entries")


STAMPS = re.compile(r"(checkpoints/[1-9]\d{0,17})\.[1-9]\d{0,5}\.tsr")
BESIDE = frozenset({"verify.py", "policy"})
"""What is published beside a log and is not part of it."""


def _lengths(raw: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 2])
        yield raw[at + 2 : at + 2 + length]
        at += 2 + length


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        msg = "a name stands twice in one object"
        raise ValueError(msg)
    return said


def _never(raw: str) -> None:
    msg = f"{raw} is no whole number"
    raise ValueError(msg)


READ = json.JSONDecoder(object_pairs_hook=_once, parse_float=_never, parse_constant=_never)
WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
SEALED = b'"_sd":'
TYPES = {"cause": str, "data": dict, "id": str, "seq": int, "stream": str, "time": str, "type": str, "v": int}
ONE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def _moment(said: str) -> bool:
    """Tell whether some text is a moment as an entry writes it, and one that a calendar has."""
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return STAMP.fullmatch(said) is not None


def _seals(value: Any, place: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  # any JSON
    """Every sealed text of an entry: the field it stands in, and its digest."""
    inner = _object(value) or {str(at): item for at, item in enumerate(_list(value))}
    if sealed := _list(inner.get("_sd")):
        yield sys.intern(place), str(sealed[0])
        return
    for name, item in inner.items():
        if isinstance(item, (dict, list)):
            yield from _seals(cast("Any", item), f"{place}.{name}".lstrip("."))


def _object(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    """An object of JSON; empty when it is something else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:  # noqa: ANN401  # any JSON
    """A list of JSON; empty when it is something else."""
    return [*cast("Iterable[Any]", value)] if isinstance(value, list) else []


def openings(directory: Path, log: Log) -> Iterator[Finding]:
    """Every text that is told opens the seal of its entry; a text that is withheld is simply not there."""
    for path in sorted(directory.iterdir()):
        try:
            told = lines(path.read_bytes())
        except OSError:
            yield Finding(shown(path.name), "cannot be read as lines of text")
            continue
        if path.suffix != ".jsonl":
            yield Finding(shown(path.name), "is no file of texts: those are named by their stream, and end in .jsonl")
        yield from texts(told, shown(path.name), path.stem, log)


def lines(raw: bytes) -> list[str]:
    """Lines, each ended by one newline; what is no UTF-8, or ends without one, becomes a line that opens nothing."""
    *told, rest = raw.decode("utf-8", "replace").split("\n")
    return [*told, f"{rest} without an end"] if rest else told


def texts(told: list[str], name: str, stream: str, log: Log) -> Iterator[Finding]:
    """Those lines that open no seal of a stream, or one that was opened already."""
    seen = set[str]()
    for number, line in enumerate(told, 1):
        if line in seen:
            yield Finding(f"{name}:{number}", "stands twice")
        seen.add(line)
        if reason := _opens(line, stream, log):
            yield Finding(f"{name}:{number}", reason)
        log.report.openings += 1


def _opens(line: str, stream: str, log: Log) -> str:
    try:
        said = json.loads(line)
        disclosure, place, seq = said["d"], said["field"], said["seq"]
        digest = base64.urlsafe_b64encode(hashlib.sha256(disclosure.encode("ascii")).digest()).rstrip(b"=").decode()
        salted = _list(json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "is no opening"
    if not isinstance(place, str) or type(seq) is not int or WRITTEN.encode(said) != line:
        return "is no opening in the one form that it has"
    if log.digests.get((stream, seq), {}).get(place) != digest:
        return f"does not open field {place} of entry {seq} of its stream"
    if set(said) != {"d", "field", "seq"} or len(salted) != len(said) or salted[1] != "text":
        return "is not a salt, the word text, and a text"
    if (by := log.withdrawn.get((stream, seq, place))) is not None:
        return f"was withdrawn by entry {by}, and is still told"
    return ""


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The files of an archive by name, each once, and no byte beside them; BadZipFile when it is otherwise."""
    content: dict[str, bytes] = {}
    at = behind = left = 0
    if len(raw) > MAX_ARCHIVE:
        msg = f"it is longer than {MAX_ARCHIVE >> 20} MB"
        raise zipfile.BadZipFile(msg)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as held:
            for each in held.infolist():
                start = at + len(each.FileHeader(zip64=False))
                plain = not (each.flag_bits or each.extra or each.comment or each.filename in content)
                if not plain or each.header_offset != at or raw[at:start] != each.FileHeader(zip64=False):
                    msg = f"{shown(each.filename, 100)} stands in it twice, or not in the way that a register writes it"
                    raise zipfile.BadZipFile(msg)
                at, behind = start + each.compress_size, behind + 46 + len(each.filename)
                content[each.filename] = _member(each, raw[start:at], MAX_ARCHIVE - left)
                left += each.file_size
            if held.start_dir != at or len(raw) != at + behind + 22 or held.comment:
                msg = "it has bytes that are of no file in it"
                raise zipfile.BadZipFile(msg)
    except (OSError, ValueError, RuntimeError, zlib.error, LookupError) as fault:
        msg = f"it is no archive as a register writes it: {fault}"
        raise zipfile.BadZipFile(msg) from None
    return content


def _member(info: zipfile.ZipInfo, raw: bytes, most: int) -> bytes:
    """What one file of an archive holds; never more is unpacked than there may be."""
    content, whole = raw, info.compress_type == zipfile.ZIP_STORED
    if info.compress_type == zipfile.ZIP_DEFLATED:
        packed = zlib.decompressobj(-15)
        content = packed.decompress(raw, most + 1)
        whole = packed.eof and not packed.unused_data
    if not whole or len(content) > most or len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        msg = f"{shown(info.filename, 100)} cannot be unpacked, or is too long"
        raise zipfile.BadZipFile(msg)
    return content


def _looked(log: Log, name: str, entry: Path | None) -> Report:
    if name.endswith(".tlog-proof"):
        return log.single(Path(name), entry or Path(name).with_suffix(".json"))
    return log.archive(Path(name)) if name.endswith(".zip") else log.run()


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when nothing was found."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument(
        "log",
        help="a directory, an archive of one decision (.zip), a proof of one entry (.tlog-proof), or an address that begins with "
        "https:// or http://",
    )
    asked.add_argument("entry", nargs="?", type=Path, help="the bytes of the entry, with a proof of one")
    asked.add_argument("--key", action="append", default=[], help="a key that must have signed: name+id+base64")
    asked.add_argument("--policy", type=Path, help="a file of keys that must have signed, and of witnesses")
    asked.add_argument(
        "--known", action="append", default=[], help="a key that may have signed, before or after it was replaced"
    )
    asked.add_argument("--openings", type=Path, help="a directory with the texts, one file a stream")
    asked.add_argument(
        "--kept", action="append", default=[], type=Path, help="a checkpoint that you kept: the log must go on from it"
    )
    said = asked.parse_args(arguments)
    if said.entry is not None and not said.log.endswith(".tlog-proof"):
        asked.error("an entry is looked at with its proof, a file that ends in .tlog-proof")
    if said.kept and said.log.endswith((".tlog-proof", ".zip")):
        asked.error("a checkpoint that was kept is held against a whole log")
    files = Address(said.log) if re.match(r"https?://", said.log) else Files(Path(said.log))
    try:
        policy = policy_of(said.policy.read_bytes()) if said.policy is not None else Policy()
        log = Log(files, [*said.key, *policy.logs], known=said.known, policy=policy)
        log.mine = said.kept
        report = _looked(log, said.log, said.entry)
        if said.openings is not None:
            report.findings += openings(said.openings, log)
    except Broken as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    except (OSError, zipfile.BadZipFile) as fault:
        sys.stderr.write(
            f"{shown(str(getattr(fault, 'filename', None) or said.log))} cannot be read: {shown(str(fault))}\n"
        )
        return 2
    for finding in report.findings[:MOST_TOLD]:
        sys.stdout.write(f"WRONG  {finding}\n")
    if len(report.findings) > MOST_TOLD:
        sys.stdout.write(f"and {len(report.findings) - MOST_TOLD} more\n")
    who = ", ".join(report.signed_by) or "nobody whose key was given"
    also = f"cosigned by {', '.join(report.cosigned_by) or 'no witness'}\n" if log.policy.witnesses else ""
    if report.proven is not None and not report.findings:
        also += f"entry {report.proven} stands in it with exactly these bytes\n"
    sys.stdout.write(
        f"{report.size} entries, root {report.root}\nsigned by {who}\n{also}"
        f"{report.files} files, {report.checkpoints} earlier checkpoints, {report.stamps} time stamps and {report.openings} texts looked at, "
        f"{len(report.findings)} findings\n"
    )
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
