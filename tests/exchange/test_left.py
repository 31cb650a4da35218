"""Nothing is left out in silence: what no table carries is counted, from the entries themselves."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from api.exchange.left import CARRIED, SENTENCES, said
from register.fact import Fact
from register.values import Voice
from register.vocabulary import FACTS
from tests.api.edge import Edge
from tests.exchange.reading import Export

TYPES = {name: fact for (name, _), fact in FACTS.items()}


@pytest.mark.parametrize("type_", CARRIED)
def test_what_is_carried_is_a_field_of_that_entry(type_: str) -> None:
    fields = {each.encode_name: each.type for each in msgspec.structs.fields(TYPES[type_])}
    voice = {f"voice.{each.encode_name}" for each in msgspec.structs.fields(Voice)}
    assert set(CARRIED[type_].split()) <= {*fields, *voice}


def test_every_entry_without_a_table_is_counted(edge: Edge, told: Export) -> None:
    feed = edge.read("/events", limit=1000)
    types = Counter(each["entry"]["type"] for each in feed["items"])
    assert sum(types.values()) == edge.size()
    untold = {name: count for name, count in types.items() if name not in CARRIED}
    assert {name: told.lost(name) for name in untold} == untold
    assert {"remark.recorded", "justification.given", "minority-standpoint.answered", "decision.corrected"} <= set(
        untold
    )


def test_every_field_without_a_column_is_counted(edge: Edge, told: Export) -> None:
    assert told.lost("vote.held", "rest") == 3
    assert told.lost("position.recorded", "reasonMissing") == 1
    assert told.lost("position.recorded", "stance") == 0
    assert told.lost("minority-standpoint.recorded", "voice.layer") == 4
    assert edge.made["standpunt-gooi"]


def test_what_a_row_has_one_place_for_is_counted(told: Export) -> None:
    assert told.lost("outcomes") == 1
    assert told.lost("placements") == 2
    assert told.lost("ballots-without-names") == 2
    assert told.lost("votes-split-or-option") == 1
    assert told.lost("other-numbers") == 1
    assert told.lost("evidence") > 300


def test_every_kind_says_what_it_is(told: Export) -> None:
    lost = told.manifest["cannotCarry"]
    assert all(each["says"] and each["count"] > 0 for each in lost)
    assert {each["what"] for each in lost} <= {*TYPES, *SENTENCES}
    assert len({(each["what"], each.get("field")) for each in lost}) == len(lost)


def test_fields_are_named_as_entries_write_them() -> None:
    raw = b'{"member":"gm0363","stance":"departs","reasonMissing":"not-found","voice":{"as":"own","layer":"seat"}}'
    fact: Fact = msgspec.json.decode(raw, type=TYPES["position.recorded"])
    assert sorted(said(fact)) == ["member", "reasonMissing", "stance", "voice.as", "voice.layer"]
