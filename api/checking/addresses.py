"""Which addresses of the interface can be asked of a register, as its entries tell: every read, of everything that was ever recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from random import Random
from urllib.parse import quote

import msgspec

from api.checking.entries import Asked
from api.posting import BASE
from api.reading import Read
from api.reads import READS

PAGE = "pageSize=500"
WORDS = 20
EARLIER = "2021-07-01"
CODES = "SELECT DISTINCT convert_from(entry, 'UTF8')::jsonb #>> %s FROM log.events WHERE type = %s ORDER BY 1"
STREAMS = "SELECT DISTINCT stream::text FROM log.events WHERE kind = %s ORDER BY 1"
ENTRIES = "SELECT stream::text || '.' || seq FROM log.events WHERE type = %s ORDER BY position"
HALF = """
    SELECT to_char(known AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') FROM log.events
    WHERE position = (SELECT count(*) / 2 FROM log.events)
"""
TEXTS = "SELECT text FROM read.texts WHERE text IS NOT NULL ORDER BY digest LIMIT %s"


class Known(msgspec.Struct, frozen=True):
    """What entries name that an address can have in it, and the moment at which half of them were known."""

    streams: Mapping[str, Sequence[str]]
    members: Sequence[str]
    bodies: Sequence[str]
    entries: Mapping[str, Sequence[str]]
    words: Sequence[str]
    half: str


def known(conn: Asked) -> Known:
    """Read it from a log with its read models."""

    def column(query: str, *arguments: object) -> list[str]:
        return [value for (value,) in conn.execute(query.encode(), arguments) if value is not None]

    words = chain.from_iterable(re.findall(r"[^\W\d_]{5,20}", text)[:1] for text in column(TEXTS, WORDS))
    return Known(
        streams={kind: column(STREAMS, kind) for kind in ("decision", "dossier", "meeting")},
        members=column(CODES, ["data", "member"], "member.admitted"),
        bodies=column(CODES, ["data", "code"], "body.established"),
        entries={
            "positions": column(ENTRIES, "position.recorded"),
            "minority-standpoints": column(ENTRIES, "minority-standpoint.recorded"),
        },
        words=sorted(set(words)),
        half="".join(column(HALF)),
    )


def addresses(of: Known) -> list[str]:
    """Every read at every thing, as it is now, on an earlier day, and as half of the entries told it."""
    found: list[str] = []
    for read in READS:
        for path in _paths(read, of):
            asked = [f"{BASE}{path}{'&' if '?' in path else '?'}{clocks}" for clocks in _clocks(read, of)]
            found += [each.rstrip("?&") for each in asked]
    return list(dict.fromkeys(found))


def sampled(found: Sequence[str], most: int, seed: int) -> list[str]:
    """At most so many of them (0: all), drawn with a seed, in the order in which they were."""
    if most == 0 or len(found) <= most:
        return list(found)
    return [found[at] for at in sorted(Random(seed).sample(range(len(found)), most))]  # noqa: S311  # not a secret


def _paths(read: Read, of: Known) -> Iterator[str]:
    """The addresses of one read, with the query keys without which it says little."""
    first = read.path.split("/")[1]
    if "{id}" in read.path:
        for stream in of.streams[first.removesuffix("s")]:
            path = read.path.replace("{id}", stream)
            yield f"{path}?validFrom=2000-01-01" if "validFrom" in read.keys else path
    elif "{code}" in read.path:
        for code in of.members if first == "members" else of.bodies:
            yield read.path.replace("{code}", code)
    elif "{address}" in read.path:
        for entry in of.entries[first]:
            yield read.path.replace("{address}", entry)
    elif read.path == "/search":
        for word in of.words:
            yield f"/search?q={quote(word)}"
    else:
        yield read.path
        if "onlyDeparting" in read.keys:
            yield f"{read.path}?onlyDeparting=true"


def _clocks(read: Read, of: Known) -> Iterator[str]:
    page = PAGE if read.listed else ""
    yield page
    yield f"{page}&validOn={EARLIER}".lstrip("&")
    yield f"{page}&knownAt={of.half}".lstrip("&")
