"""A witness as its specification wants it, on a port of this machine, that can also behave badly in every way we could think of."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep, time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from tlog_scales.tlog import ConsistencyProof, ConsistencyProofInvalid

from register.tlog.checkpoints import Checkpoint
from register.tlog.cosigning import cosign, cosign_ml_dsa, ed25519_key, ml_dsa_key, verifier
from register.tlog.hashing import EMPTY
from register.tlog.notes import COSIGNED_ED25519, Key, NotANoteError, Note, Signature, signed_by
from register.tlog.policies import Group, Policy, Witness

Reply = tuple[int, str, bytes]
PLAIN = "text/plain; charset=utf-8"

PATIENT = 20.0
"""Seconds for a witness that is to answer, on a machine that has much else to do."""


class OurWitness:
    """Keeps what it signed last; `behave` may answer in its place, and `asked` are the questions so far."""

    def __init__(self, name: str, log: Callable[[], tuple[Key, ...]]) -> None:
        self.name = name
        self.log = log
        """Keys of the one log that it knows."""
        self.classic, self.lasting = Ed25519PrivateKey.generate(), MLDSA44PrivateKey.generate()
        self.size, self.root = 0, EMPTY
        self.asked: list[bytes] = []
        self.behave: Callable[[bytes], Reply | None] = lambda _: None
        self.url = ""

    @property
    def keys(self) -> tuple[Key, Key]:
        return ed25519_key(self.name, self.classic, COSIGNED_ED25519), ml_dsa_key(self.name, self.lasting)

    @property
    def witness(self) -> Witness:
        return Witness(self.name, self.keys[0], self.url)

    def answer(self, body: bytes) -> Reply:
        self.asked.append(body)
        return self.behave(body) or self.honest(body)

    def honest(self, body: bytes) -> Reply:
        head, _, raw = body.partition(b"\n\n")
        first, *lines = head.decode().split("\n")
        old, hashes = int(first.removeprefix("old ")), [base64.b64decode(line) for line in lines]
        note = Note.read(raw)
        log = Checkpoint.read(note.text)
        keys = {key: verifier(key) for key in self.log()}
        if log.origin not in {key.name for key in keys}:
            return 404, PLAIN, b""
        try:
            signers = signed_by(note, keys)
        except NotANoteError:
            signers = ()
        if not signers:
            return 403, PLAIN, b""
        if old > log.size:
            return 400, PLAIN, b""
        if old != self.size:
            return 409, "text/x.tlog.size", f"{self.size}\n".encode()
        try:
            ConsistencyProof(old, log.size, hashes).check(self.root, log.root)
        except ConsistencyProofInvalid:
            return 422, PLAIN, b""
        self.size, self.root = log.size, log.root
        return 200, PLAIN, "".join(line.line for line in self.signatures(note.text)).encode()

    def signatures(self, text: str, at: int | None = None) -> tuple[Signature, ...]:
        seconds = int(time()) if at is None else at
        return (
            cosign(text, self.name, self.classic, seconds),
            cosign_ml_dsa(text, self.name, self.lasting, seconds),
        )


@contextmanager
def served(*witnesses: OurWitness) -> Iterator[None]:
    """Each of them on a port of its own, until the block ends."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _handler(each)) for each in witnesses]
    threads = [threading.Thread(target=server.serve_forever, args=(0.02,)) for server in servers]
    for each, server, thread in zip(witnesses, servers, threads, strict=True):
        server.daemon_threads = True
        each.url = f"http://127.0.0.1:{server.server_address[1]}/of/{each.name}"
        thread.start()
    try:
        yield
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(witness: OurWitness) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path != f"/of/{witness.name}/add-checkpoint":
                self.send_error(405)
                return
            status, media_type, raw = witness.answer(body)
            try:
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)
            except OSError:
                pass  # who asked did not wait for it

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    return Handler


def always(status: int, raw: bytes = b"", media_type: str = PLAIN) -> Callable[[bytes], Reply]:
    """Answers the same, whatever is asked."""
    return lambda _: (status, media_type, raw)


def slow(seconds: float) -> Callable[[bytes], None]:
    """Answers well, and late."""
    return lambda _: sleep(seconds)


def policy(least: int, *witnesses: OurWitness) -> Policy:
    """So many of these are a quorum."""
    members = tuple(each.witness for each in witnesses)
    group = Group("enough", least, tuple(each.name for each in witnesses))
    return Policy(members, (group,), "enough") if least else Policy(members)
