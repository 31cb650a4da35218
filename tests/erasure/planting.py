"""Random texts in titles, reasons and names of a register, where they can be found again by what they say, and taken out."""

from __future__ import annotations

import random
import string
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from tests.api.edge import Edge

LETTERS = string.ascii_lowercase + string.digits
LENGTHS = (40, 20_000)
FIELDS = ("title", "question", "reason", "name", "holder")
PIECE = 24
"""Letters of a piece that is looked for: too many to stand anywhere by chance."""


class Planted(msgspec.Struct, frozen=True):
    """A text and where it stands: its entry, its field, and the disclosure that opens it there."""

    text: str
    stream: str
    seq: int
    field: str
    disclosure: str

    def pieces(self) -> list[bytes]:
        """What to look for: text and disclosure as a whole, and slices of both from beginning to end."""
        found = {self.text.strip(), self.disclosure, *(word for word in self.text.split() if len(word) >= PIECE)}
        for whole in (self.text, self.disclosure[48:]):  # a disclosure begins with its salt, which tells nothing
            step = max(len(whole) // 50, 8)
            found |= {whole[at : at + PIECE] for at in range(0, len(whole) - PIECE, step)}
        return sorted(piece.encode() for piece in found if len(piece) >= PIECE)


def said(rng: random.Random, length: int) -> str:
    """Words of random letters, which nothing can make shorter."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < length:
        words.append("".join(rng.choices(LETTERS, k=min(39, length))))
    return " ".join(words)[:length].strip()[: length - 1] + "z"


def plant(edge: Edge, rng: random.Random) -> list[Planted]:
    """A short and a long text in each of the fields."""
    places: list[tuple[str, str, int, str]] = []
    for length in LENGTHS:
        texts = {field: said(rng, length) for field in FIELDS}
        assert {len(text) for text in texts.values()} == {length}
        body = {"title": texts["title"], "question": texts["question"], "decidedBy": {"each": "member"}}
        made = edge.record("redactie", "/decisions", {**body, "kind": "agreement", "class": "not-stated"})
        decision = made["events"][0]["id"]
        voice = {"as": "own", "layer": "executive", "members": ["gm0363"]}
        own = {"member": "gm0363", "stance": "departs", "voice": voice, "reason": texts["reason"]}
        position = edge.record("gm0363", f"/decisions/{decision}/positions", own)["events"][-1]
        group = {"code": f"gm0363-raad-{said(rng, 8)}", "kind": "political-group", "name": {"text": texts["name"]}}
        party = edge.record("beheer", "/parties", {**group, "of": "gm0363-raad"})["events"][0]
        clerk = {"role": "auditor", "for": "mra", "from": "2026-01-01", "holder": texts["holder"]}
        mandate = edge.record("beheer", "/mandates", clerk)["events"][0]
        places += [(texts[field], decision, 1, field) for field in ("title", "question")]
        places += [
            (texts[field], event["id"], event["seq"], field)
            for field, event in (("reason", position), ("name", party), ("holder", mandate))
        ]
    return [Planted(*place, disclosure=_disclosure(edge, *place[1:])) for place in places]


def _disclosure(edge: Edge, stream: str, seq: int, field: str) -> str:
    with psycopg.connect(edge.logins.app) as conn:
        where = "SELECT disclosure FROM log.openings WHERE (stream, seq, field) = (%s, %s, %s)"
        [disclosure] = conn.execute(where, (stream, seq, field)).fetchone() or ("",)
    return str(disclosure)


def withdraw(edge: Edge, text: Planted, **more: object) -> Any:  # noqa: ANN401  # any JSON
    """Withdraw it over HTTP, as the administrator does."""
    of = {"id": text.stream, "seq": text.seq, "field": text.field}
    body = {"of": of, "ground": "avg-17", "authority": "gm0363", "on": "2026-01-15", **more}
    return edge.record("beheer", "/register/withdrawals", body)


def files_with(pieces: Iterable[bytes], below: Path) -> set[str]:
    """The files in which grep finds one of the pieces."""
    asked = below.parent / "pieces"
    asked.write_bytes(b"\n".join(pieces) + b"\n")
    found = subprocess.run(
        ["grep", "-r", "-l", "-a", "-F", "-f", str(asked), str(below)],
        capture_output=True,
        check=False,
        timeout=120,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    assert found.returncode in {0, 1}, found.stderr
    return {line.removeprefix(f"{below}/") for line in found.stdout.decode().splitlines()}
