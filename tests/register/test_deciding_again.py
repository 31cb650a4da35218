"""A command that the rules of today would not record so is named with its entry and their sentence; the others pass."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg
import pytest

from register import deciding_again, stored
from register.charter.facts import RegisterOpened
from register.deciding_again import Again, Otherwise
from register.register import Charter
from tests.api.conftest import edge
from tests.api.edge import Edge

__all__ = ["edge"]


@pytest.fixture(scope="module")
def entries(edge: Edge) -> list[bytes]:
    """A history with every kind of stream, as the rules accepted it."""
    with psycopg.connect(edge.logins.owner) as connection:
        return [bytes(row[0]) for row in connection.execute("SELECT entry FROM log.events ORDER BY position")]


def judged(entries: Sequence[bytes], accounts: Mapping[str, str | None] | None = None) -> Iterator[Otherwise]:
    opened = stored.trusted(entries[0]).data
    assert isinstance(opened, RegisterOpened)

    def history(stream: UUID, before: int) -> list[tuple[int, bytes]]:
        of = str(stream)
        return [(at, raw) for at, raw in enumerate(entries[:before]) if json.loads(raw)["id"] == of]

    again = Again(Charter.of(opened), history, (lambda _: accounts) if accounts is not None else None)
    for _, rows in groupby(enumerate(entries), key=lambda row: json.loads(row[1])["cause"]):
        held = list(rows)
        if (found := again.command(held[0][0], [raw for _, raw in held])) is not None:
            yield found


def changed(entries: Sequence[bytes], at: int, **said: Any) -> list[bytes]:  # noqa: ANN401  # any JSON
    """The log with something else in one entry, in canonical form."""
    entry = json.loads(entries[at]) | said
    raw = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return [*entries[:at], raw, *entries[at + 1 :]]


def test_every_command_that_was_recorded_would_be_recorded_so_again(entries: list[bytes]) -> None:
    assert len(entries) > 500
    assert list(judged(entries)) == []


def test_states_that_were_taken_off_are_folded_again_to_the_same(
    entries: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding_again, "ROOM", 20)
    assert list(judged(entries[:300])) == []


def test_a_list_that_the_register_writes_along_comes_out_the_same(entries: list[bytes]) -> None:
    """Whoever shortens it has other denominators; what was asked for in that command is still what was asked for."""
    read = [json.loads(raw) for raw in entries]
    at = next(
        at
        for at, entry in enumerate(read)
        if entry["type"] == "parties.listed" and read[at + 1]["cause"] == entry["cause"]
    )
    data = read[at]["data"]
    forged = changed(entries, at, data=data | {"members": data["members"][:-1]})
    first = next(judged(forged))
    assert first.entry == at
    assert first.reason.startswith("the rules of today write otherwise: data.members is ")


def test_what_the_rules_refuse_is_named_with_their_sentence(entries: list[bytes]) -> None:
    read = [json.loads(raw) for raw in entries]
    positions = [at for at, entry in enumerate(read) if entry["type"] == "position.recorded"]
    at = next(at for at in positions if read[at]["data"].get("reason"))
    data = {name: value for name, value in read[at]["data"].items() if name != "reason"} | {"stance": "departs"}
    first = next(found for found in judged(changed(entries, at, data=data)) if found.entry <= at)
    assert "the rules of today refuse it: " in first.reason
    assert first.reason.endswith(".")


def test_a_mandate_that_does_not_cover_a_fact_is_named(entries: list[bytes]) -> None:
    read = [json.loads(raw) for raw in entries]
    representative = next(
        e["data"]["mandate"] for e in read if e["type"] == "mandate.granted" and e["data"]["role"] == "representative"
    )
    granted = next(
        at for at, e in enumerate(read) if e["type"] == "mandate.granted" and e["data"]["mandate"] == representative
    )
    at = next(
        at
        for at, e in enumerate(read)
        if at > granted and e["type"] == "mandate.granted" and read[at - 1]["cause"] != e["cause"]
    )
    first = next(judged(changed(entries, at, by=representative)))
    assert first.entry == at
    assert "refuse it" in first.reason
