"""What is said between a log and a witness (C2SP tlog-witness v1.0.0): the question, and what an answer means."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

import msgspec

from register.tlog.cosigning import time_of, verifier
from register.tlog.notes import NotANoteError, Note, Signature
from register.tlog.policies import Witness

SIZE = "text/x.tlog.size"
FOR_A_SIZE = re.compile(rb"(0|[1-9][0-9]{0,17})\n?")
OFF = 24 * 3600
"""Seconds that the clock of a witness may be away from ours: further off, the time in its signature says nothing."""

REASONS: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "it does not know this log; ask its operator to add the log with its keys",
    HTTPStatus.FORBIDDEN: "it does not take the signature of the log; its operator must have the keys that sign now",
    HTTPStatus.BAD_REQUEST: "it could not make anything of what it was asked",
    HTTPStatus.UNPROCESSABLE_ENTITY: "it does not take it that the log goes on from what it saw before",
    HTTPStatus.TOO_MANY_REQUESTS: "it is asked too often",
}


class Answer(msgspec.Struct, frozen=True):
    """What came back over HTTP."""

    status: int
    media_type: str
    body: bytes


class Cosigned(msgspec.Struct, frozen=True):
    """It signed; every signature was found to be one of this log by a key that was expected."""

    signatures: tuple[Signature, ...]


class Knows(msgspec.Struct, frozen=True):
    """It saw another size last than it was told; None when it does not say which."""

    size: int | None


class Declined(msgspec.Struct, frozen=True):
    """It did not sign. `forked` when that is because it saw another log under this name."""

    reason: str
    forked: bool = False


def question(old: int, hashes: Iterable[bytes], note: bytes) -> bytes:
    """Ask to sign a note, with the hashes that lead there from the size that the witness saw last."""
    lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in hashes)
    return f"old {old}\n{lines}\n".encode() + note


def meaning(
    answer: Answer, old: int, text: str, witnesses: Sequence[Witness], now: datetime
) -> Cosigned | Knows | Declined:
    """What an answer says to the question whether the log of `text` goes on from the one of `old` entries."""
    match answer.status:
        case HTTPStatus.OK:
            return _signatures(answer.body, text, witnesses, now)
        case HTTPStatus.CONFLICT:
            told = FOR_A_SIZE.fullmatch(answer.body) if answer.media_type == SIZE else None
            return Knows(int(told[1]) if told else None)
        case HTTPStatus.UNPROCESSABLE_ENTITY:
            # From nothing any log may follow, so only what it saw before can be what it minds.
            return Declined(REASONS[HTTPStatus.UNPROCESSABLE_ENTITY], forked=old > 0)
        case status:
            return Declined(REASONS.get(status, f"it answered {status}"))


def _signatures(body: bytes, text: str, witnesses: Sequence[Witness], now: datetime) -> Cosigned | Declined:
    """Only lines by keys that are expected are used, and only when they are right; those of others are left out."""
    try:
        lines = Note.read(text.encode() + b"\n" + body).signatures
    except NotANoteError:
        return Declined("it answered something that is no signature")
    keys = {(each.key.name, each.key.id): verifier(each.key) for each in witnesses}
    known = [line for line in lines if (line.name, line.id) in keys]
    if not known:
        return Declined("it did not sign with the key that is known here")
    if not all(keys[line.name, line.id](text, line.signature) for line in known):
        return Declined("its signature is not one of this checkpoint")
    if any(abs(time_of(line.signature) - now.timestamp()) > OFF for line in known):
        return Declined("its clock is more than a day away from ours")
    return Cosigned(tuple(known))


def cosigners(note: Note, witnesses: Iterable[Witness]) -> dict[str, datetime]:
    """The witnesses, by their names in the policy, whose signature stands under a note, and the time that it says."""
    found: dict[str, datetime] = {}
    for witness in witnesses:
        verifies = verifier(witness.key)
        for line in note.signatures:
            if (line.name, line.id) == (witness.key.name, witness.key.id) and verifies(note.text, line.signature):
                found[witness.name] = datetime.fromtimestamp(time_of(line.signature), UTC)
    return found


def with_lines(note: Note, lines: Iterable[Signature]) -> Note:
    """The same note with these signatures added; of one key the later one stays."""
    merged = {(line.name, line.id): line for line in (*note.signatures, *lines)}
    return Note(note.text, tuple(merged.values()))


def of_log(note: Note, origin: str) -> Note:
    """A note with the signatures of the log alone: what a witness is asked to sign."""
    return Note(note.text, tuple(line for line in note.signatures if line.name == origin))
