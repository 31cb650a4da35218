"""A register that is reached over HTTP only, as an outsider has it: its published files, its texts, and what it answers.

What it sends is kept in a folder for temporary files, so that nothing is asked twice and memory does not grow with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import msgspec

from api.checking.answering import Answer, Sample, answered
from api.checking.finding import Wrong
from api.checking.own import Looked, Means, replayed_of, ruled_of
from api.checking.sources import digest_of, published
from api.checking.texts import looked_at
from api.posting import BASE
from register import verify as outside
from register.store.appending import Opening

MOST_BYTES = 64 << 20
"""The longest answer that is read."""
PAGE = 500
MOST_UNPUBLISHED = 100_000


class Unreachable(Exception):
    """A register does not answer as one; the message says what came instead."""


class Spooled(outside.Address):
    """The files of a log at an address, each fetched once."""

    def __init__(self, url: str, folder: Path) -> None:
        """What was fetched lies in `folder`."""
        super().__init__(url)
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None when it is not there."""
        kept = self._folder / quote(name, safe="")
        if kept.exists():
            return kept.read_bytes()
        raw = super().read(name)
        if raw is not None and name != "checkpoint":
            kept.write_bytes(raw)
        return raw


class Elsewhere:
    """The interface of a register at an address."""

    def __init__(self, url: str) -> None:
        """`url` is where the register is, without a path of the interface."""
        self.url = url.rstrip("/")

    def ask(self, address: str) -> Answer:
        """What it answers."""
        headers = {"Accept-Language": "en", "Accept-Encoding": "identity"}
        try:
            status, told, raw = outside.answer(f"{self.url}{address}", headers, MOST_BYTES)
            return Answer(status, _position(told), raw)
        except OSError as fault:
            msg = f"{self.url} does not answer: {fault}"
            raise Unreachable(msg) from fault

    def size(self) -> int:
        """How many entries it says that it has."""
        return self._feed("limit=1").position + 1

    def is_of(self, first: bytes) -> bool:
        """Whether its log begins with an entry."""
        return self.ask(f"{BASE}/events/0/entry").body == first

    def beyond(self, size: int) -> list[bytes]:
        """The entries after those that are published, as far as they go now."""
        found: list[bytes] = []
        while len(found) < MOST_UNPUBLISHED:
            after = size + len(found)
            feed = self._feed(f"after={after - 1}&limit={PAGE}")
            if [item.position for item in feed.items] != list(range(after, after + len(feed.items))):
                msg = f"{self.url} tells other entries after {after - 1} than those that follow it"
                raise Unreachable(msg)
            found += [self.ask(f"{BASE}/events/{item.position}/entry").body for item in feed.items]
            if not feed.items:
                break
        return found

    def texts(self, stream: str) -> bytes:
        """The texts of a stream, one a line."""
        told = self.ask(f"/openings/{stream}")
        if told.status != 200:  # noqa: PLR2004  # it went well
            msg = f"{self.url}/openings/{stream} answers {told.status}"
            raise Unreachable(msg)
        return told.body

    def _feed(self, query: str) -> _Feed:
        address = f"{BASE}/events?{query}"
        told = self.ask(address)
        if told.status == 200:  # noqa: PLR2004  # it went well
            with suppress(msgspec.MsgspecError, RecursionError):
                return msgspec.json.decode(told.body, type=_Feed)
        msg = f"{self.url}{address} answers {told.status}, and not as a register does"
        raise Unreachable(msg)


class _Item(msgspec.Struct, frozen=True):
    """An entry as a feed has it: where it is."""

    position: Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]


class _Feed(msgspec.Struct, frozen=True):
    """A page of a feed: how far the log is, and entries."""

    position: Annotated[int, msgspec.Meta(ge=-1, le=1 << 53)]
    items: Annotated[list[_Item], msgspec.Meta(max_length=PAGE)]


def _position(headers: Mapping[str, str]) -> int:
    said = headers.get("log-position", "")
    return int(said) if re.fullmatch(r"[0-9]{1,18}", said) else -1


def register_at(looked: Looked, there: Elsewhere, folder: Path, means: Means, sample: Sample) -> None:
    """Replay what a register published, and ask both the same; its texts are those that it tells."""
    log = looked.log
    if log.report.findings or not log.report.size:
        looked.not_replayed = "the published entries are not sound; what the register answers was not looked at"
        return
    tail = _tail(looked, there)
    texts, told = _Texts(there, folder, sorted(log.streams), means), log
    found = looked_at(iter(texts), told, f"{there.url}/openings")
    looked.texts, looked.withdrawn = found.count, found.withdrawn
    looked.wrong += found.wrong
    if found.wrong or tail is None:
        looked.not_replayed = (
            "the texts or the newest entries are not sound; what the register answers was not looked at"
        )
        return

    def everything() -> Iterator[bytes]:
        yield from published(log)
        yield from tail

    digest = digest_of(log.report.root.encode(), *map(outside.of_entry, tail), found.digest)
    replayed_of(looked, means, digest, everything(), texts.openings())
    ask_both(looked, there, means, sample)
    if means.rules:
        ruled_of(looked, None, means)


def ask_both(looked: Looked, there: Elsewhere, means: Means, sample: Sample) -> None:
    """Ask a register and the replay of its log the same."""
    if looked.replayed is not None and not looked.replayed.wrong:
        wrong, cost = answered(
            looked.replayed, there.ask, sample, lambda done, total: means.tell("answers", done, total)
        )
        looked.wrong += wrong
        looked.asked, looked.at = cost.count, there.url
        looked.costs.append(cost)


def _tail(looked: Looked, there: Elsewhere) -> list[bytes] | None:
    """What is not published yet, followed by the verifier in form; None when it is not sound."""
    log, first = looked.log, looked.log.report.size
    log.each = None
    tail = there.beyond(first)
    before = len(log.report.findings)
    for position, entry in enumerate(tail, first):
        log.entry(f"{BASE}/events/{position}/entry", position, entry)
    told, log.report.findings[before:] = log.report.findings[before:], []
    looked.wrong += [Wrong(each.file, each.reason, each.entry) for each in told]
    looked.unpublished = len(tail)
    return None if told else tail


class _Texts:
    """The texts of some streams: fetched when they are first looked at, and kept in files."""

    def __init__(self, there: Elsewhere, folder: Path, streams: list[str], means: Means) -> None:
        self._there, self._folder, self._streams, self._means = there, folder, streams, means

    def __iter__(self) -> Iterator[tuple[tuple[str, int], dict[str, str]]]:
        for done, stream in enumerate(self._streams, 1):
            raw = self._there.texts(stream)
            (self._folder / f"{stream}.jsonl").write_bytes(raw)
            self._means.tell("texts", done, len(self._streams))
            for seq, lines in groupby(_lines(raw), key=lambda line: line.seq):
                yield (stream, seq), {line.field: line.d for line in lines}

    def openings(self) -> Iterator[Opening]:
        """What was fetched."""
        for stream in self._streams:
            for line in _lines((self._folder / f"{stream}.jsonl").read_bytes()):
                yield Opening(UUID(stream), line.seq, line.field, line.d)


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text as it is told."""

    d: str
    field: str
    seq: int


def _lines(raw: bytes) -> list[_Line]:
    try:
        return msgspec.json.Decoder(_Line).decode_lines(raw)
    except msgspec.MsgspecError as fault:
        msg = f"a register tells texts that cannot be read: {fault}"
        raise Unreachable(msg) from None
