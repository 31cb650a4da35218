"""A published log that was looked at as a whole, by the program that is given to everybody, before anything is taken from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from register import verify as outside
from register.restoring.refusing import RestoreRefused
from register.restoring.sources import CHECKPOINT, Fetched, files_of
from register.restoring.withdrawing import Place
from register.tlog.notes import Note
from register.vocabulary import FACTS

TRIES = 3
"""How often a log is read at most: what is wrong is wrong again, what only came while it was read is not."""
PAUSE = 1.0
LASTING = 8 + 2420
"""Bytes of an ML-DSA-44 cosignature: the seconds at which it was made, and the signature."""

Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and how much there is."""


class _Typed(msgspec.Struct, frozen=True):
    id: str
    type: str
    v: int


_TYPED = msgspec.json.Decoder(_Typed)


class Published:
    """A sound log: its hashes, what is withdrawn in it, and its entries as they come."""

    def __init__(self, files: outside.Files, keys: Sequence[str], known: Sequence[str], progress: Progress) -> None:
        """Nothing was read yet."""
        self.files = files
        self.log = outside.Log(files, list(keys), self._each, list(known))
        self.register = ""
        self.unknown: tuple[int, str] | None = None
        self._progress = progress

    @property
    def size(self) -> int:
        """How many entries it has."""
        return self.log.report.size

    @property
    def withdrawn(self) -> Mapping[Place, int]:
        """The texts that are withdrawn, with the position of the entry that says so."""
        return self.log.withdrawn

    def root(self, size: int) -> bytes:
        """The root over its first entries."""
        return outside.over(self.log.levels, size)

    def entries(self, first: int) -> Iterator[bytes]:
        """Its entries from a position on, read again and held against what was found sound; RestoreRefused when a byte changed since."""
        for number in range(first // outside.WIDE, -(-self.size // outside.WIDE)):
            count = min(outside.WIDE, self.size - number * outside.WIDE)
            full = f"tile/entries/{outside.grouped(number)}"
            name = full if count == outside.WIDE else f"{full}.p/{count}"
            raw, at = self.files.read(name) or b"", 0
            for position in range(number * outside.WIDE, number * outside.WIDE + count):
                length = int.from_bytes(raw[at : at + 2])
                entry = raw[at + 2 : at + 2 + length]
                at += 2 + length
                if outside.of_entry(entry) != self.log.levels[0][position]:
                    msg = f"{name}, entry {position}: changed while it was restored; look at it with `register verify` and begin again"
                    raise RestoreRefused(msg)
                if position >= first:
                    yield entry

    def note(self, size: int) -> bytes | None:
        """The signed checkpoint of a size, as it was published; None when it is not here."""
        raw = self.files.read(f"checkpoints/{size}") or (self.shown if size == self.size else b"")
        return raw if self._is_of(raw, size) else None

    @property
    def shown(self) -> bytes:
        """The checkpoint as it is shown now: over its size it may have been signed once more."""
        return self.files.read(CHECKPOINT) or b""

    def sizes(self) -> list[int]:
        """The sizes of which a signed checkpoint is here."""
        names = (name.partition("/") for name in self.files.names())
        kept = {int(rest) for folder, _, rest in names if folder == "checkpoints" and rest.isdigit()}
        return sorted(kept | {self.size})

    def read(self) -> None:
        """Look at everything."""
        self.log.run()

    def _is_of(self, raw: bytes, size: int) -> bool:
        """Read again after it was found sound, so looked at again: it is signed by a known key, and of this root."""
        try:
            _, count, root = outside.log_of(outside.note(raw)[0])
            signed = outside.signers(raw, self.log.keys)
        except (outside.Broken, ValueError):
            return False
        return bool(signed) and count == size and root == self.root(size)

    def _each(self, number: int, raw: bytes) -> None:
        said = _TYPED.decode(raw)
        if number == 0:
            self.register = said.id
        if self.unknown is None and (said.type, said.v) not in FACTS:
            self.unknown = (number, f"{said.type} version {said.v}")
        if number % 1000 == 0 or number + 1 == self.size:
            self._progress("verify", number + 1, self.size)


def published(where: str, keys: Sequence[str], known: Sequence[str], folder: Path, progress: Progress) -> Published:
    """A log in which nothing is wrong, and that keys have signed which are known; RestoreRefused with the first thing that is wrong."""
    if not keys:
        msg = (
            "it cannot be told whose log this is: put the keys back into keys/, or name those that you know with --key"
        )
        raise RestoreRefused(msg)
    before, found = list[outside.Finding](), Published(files_of(where, folder), keys, known, progress)
    for left in reversed(range(TRIES)):
        try:
            found.read()
        except (OSError, ValueError) as fault:
            msg = f"the log in {where} cannot be read: {fault}"
            raise RestoreRefused(msg) from None
        wrong = found.log.report.findings
        if not wrong or wrong == before or not left:
            break
        if isinstance(found.files, Fetched):
            found.files.forget()
        before = wrong
        time.sleep(PAUSE)
        found = Published(files_of(where, folder), keys, known, progress)
    _must_be_sound(found, where)
    return found


def _must_be_sound(found: Published, where: str) -> None:
    wrong = sorted(found.log.report.findings, key=lambda each: (each.entry is None, each.entry or 0))
    if wrong:
        more = f" (and {len(wrong) - 1} more things are wrong)" if len(wrong) > 1 else ""
        if isinstance(found.files, Fetched):
            found.files.forget()
        msg = f"the log in {where} is not sound: {wrong[0]}{more}; restore from another copy of it"
        raise RestoreRefused(msg)
    if found.unknown is not None:
        position, what = found.unknown
        msg = f"entry {position} of the log is a {what}, which this version does not know; restore with the version that wrote it, or a newer one"
        raise RestoreRefused(msg)


def signed_at(note: bytes) -> datetime:
    """When the log signed a checkpoint, to the second, as its lasting signature says."""
    read = Note.read(note)
    origin = read.text.partition("\n")[0]
    seconds = [
        int.from_bytes(each.signature[:8])
        for each in read.signatures
        if each.name == origin and len(each.signature) == LASTING
    ]
    return datetime.fromtimestamp(max(seconds, default=0), UTC)
