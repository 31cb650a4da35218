"""A body becomes one fact, or is refused with everything that is wrong with it; it never breaks the reader."""

from __future__ import annotations

import json
import time
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register import faults
from register.decisions.facts import DecisionCorrected, DecisionProposed, VoteHeld
from register.decisions.standing import PositionRecorded
from register.fact import Fact
from register.faults import BodyRefused, Fault, fault
from register.governance.facts import PartyNamed
from register.intake import MAX_BODY, MAX_FAULTS, read_body
from register.schemas import body_schema
from register.sealing import opened, seals_in
from register.values import Sealed
from tests.register.making import TYPES, bodies

POSITION: dict[str, Any] = {
    "stance": "departs",
    "member": "gm0377",
    "voice": {"as": "own", "layer": "executive"},
    "reason": "de kust is niet overal dezelfde",
}


def refused(body: object, fact: type[Fact], **fixed: object) -> dict[str, str]:
    """The faults of a body, code by field."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(BodyRefused) as told:
        read_body(raw, fact, fixed, "nl")
    assert all(one.sentence_nl and one.sentence_en for one in told.value.faults)
    return {one.field: one.code for one in told.value.faults}


def read_or_refused(raw: bytes, fact: type[Fact]) -> None:
    """Read a body; anything but a fact or a refusal that says why comes out of here."""
    faults_told: tuple[Fault, ...] = (fault("", "syntax"),)
    try:
        read_body(raw, fact, {}, "nl")
    except BodyRefused as told:
        faults_told = told.faults
    assert 1 <= len(faults_told) <= MAX_FAULTS


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize("fact", TYPES, ids=lambda fact: fact.TYPE)
@settings(max_examples=12, suppress_health_check=QUIET)
@given(data=st.data())
def test_every_body_that_says_a_fact_is_read_and_each_text_can_be_opened(fact: type[Fact], data: st.DataObject) -> None:
    body = data.draw(bodies(fact))
    intake = read_body(msgspec.json.encode(body), fact, {}, "nl")
    assert type(intake.fact) is fact
    digests = [seal.sd[0] for _, seal in seals_in(intake.fact)]
    assert sorted(digests) == sorted(intake.disclosures)
    for field, seal in seals_in(intake.fact):
        said: Any = body
        for step in field.split("."):
            said = said[int(step) if isinstance(said, list | tuple) else step]
        text = said["text"] if isinstance(said, dict) else said
        assert opened(seal, intake.disclosures[seal.sd[0]]) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_a_fact_or_refused(raw: bytes) -> None:
    for fact in (PositionRecorded, VoteHeld, DecisionCorrected):
        read_or_refused(raw, fact)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=QUIET)
@given(data=st.data())
def test_any_json_is_a_fact_or_refused(data: st.DataObject) -> None:
    """Arbitrary values in arbitrary fields, and in the fields that the fact has."""
    fact = data.draw(st.sampled_from(TYPES))
    definition: Any = body_schema(fact)["$defs"]
    names = st.sampled_from(sorted(definition[fact.__name__]["properties"])) | st.text()
    body = data.draw(st.dictionaries(names, JSON, max_size=8) | JSON)
    read_or_refused(json.dumps(body).encode(), fact)


@settings(suppress_health_check=QUIET)
@given(data=st.data())
def test_a_body_with_one_value_spoilt_is_a_fact_or_refused(data: st.DataObject) -> None:
    """Nearly right is where a reader breaks: one value anywhere in a good body is replaced by anything."""
    fact = data.draw(st.sampled_from(TYPES))
    body = data.draw(bodies(fact).filter(bool))
    place: Any = body
    while True:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        step = data.draw(st.sampled_from(steps))
        inner = place[step]
        if not isinstance(inner, dict | list) or data.draw(st.booleans()):
            break
        place = inner
    place[step] = data.draw(JSON)
    read_or_refused(json.dumps(body).encode(), fact)


@pytest.mark.parametrize(
    "field",
    [
        {"reason": "a" + "\u0301\u0323" * 60_000},
        {"evidence": [{}] * 60_000},
        {"evidence": [{f"x{number}": None} for number in range(15_000)]},
        {"voice": {"as": "joint", "members": [f"a{number}" for number in range(25_000)]}},
        {f"k{number}": 1 for number in range(20_000)},
        {"x": ["\0"] * 25_000},
        {"part": "a" * 250_000},
    ],
    ids=["marks", "objects", "names", "members", "keys", "controls", "code"],
)
def test_a_body_made_to_cost_is_refused_in_little_time(field: dict[str, Any]) -> None:
    """Each of these took seconds, or minutes, of a reader that looked at everything; the bound is wide."""
    raw = json.dumps(POSITION | field, ensure_ascii=False).encode()
    assert len(raw) <= MAX_BODY
    begin = time.process_time()
    assert refused(raw, PositionRecorded)
    assert time.process_time() - begin < 10


def test_all_faults_are_told_at_once() -> None:
    body = {
        "stance": "maybe",
        "voice": {"as": "own", "layer": None, "members": ["gm0375", "gm0375"], "weight": 3},
        "part": "P 7",
        "n": 0,
        "on": "2021-02-30",
        "reason": "  ",
        "evidence": [],
    }
    assert refused(body, PositionRecorded) == {
        "stance": "not-one-of",
        "voice.layer": "null",
        "voice.members": "twice",
        "voice.weight": "unknown",
        "part": "form",
        "n": "too-small",
        "on": "not-a-day",
        "reason": "empty",
        "evidence": "empty",
    }


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "syntax"),
        (b"{", "syntax"),
        (b"{'stance': 1}", "syntax"),
        (b'{"n": NaN}', "syntax"),
        (b'{"n": Infinity}', "syntax"),
        (b'{"a": "\x01"}', "syntax"),
        (b'{"a": "\\x"}', "syntax"),
        (b"\xff\xfe", "not-utf-8"),
        (b'"\xed\xa0\x80"', "not-utf-8"),
        (b"[]", "not-an-object"),
        (b"null", "not-an-object"),
        (b"[" * 100_000, "nested-too-deep"),
        (b'{"a":' * 17 + b"1" + b"}" * 17, "nested-too-deep"),
        (b" " * (MAX_BODY + 1), "body-too-large"),
    ],
)
def test_what_is_no_json_object_is_refused_as_a_whole(raw: bytes, code: str) -> None:
    assert refused(raw, PositionRecorded) == {"": code}


def test_a_key_that_stands_there_twice_is_refused_wherever_it_stands() -> None:
    raw = b'{"stance":"joins","stance":"departs","voice":{"as":"own","as":"joint"}}'
    assert refused(raw, PositionRecorded) == {"as": "duplicate-key", "stance": "duplicate-key"}


@pytest.mark.parametrize("char", ["\0", "\t", "\x0b", "\x7f", "\x85", "\u061c", "\u200e", "\u202e", "\u2066", "\ud800"])
def test_a_character_that_hides_is_refused_with_its_name(char: str) -> None:
    body = POSITION | {"reason": f"een{char}twee"}
    with pytest.raises(BodyRefused) as told:
        read_body(json.dumps(body).encode(), PositionRecorded, {}, "nl")
    (only,) = told.value.faults
    assert (only.field, only.code) == ("reason", "character")
    assert f"U+{ord(char):04X}" in only.sentence_nl
    assert f"U+{ord(char):04X}" in only.sentence_en


def test_a_text_is_brought_into_the_form_in_which_it_is_read() -> None:
    body = POSITION | {"reason": "cafe\u0301\r\nop de hoek"}
    intake = read_body(json.dumps(body).encode(), PositionRecorded, {}, "nl")
    ((_, seal),) = seals_in(intake.fact)
    assert opened(seal, intake.disclosures[seal.sd[0]]) == "caf\u00e9\nop de hoek"


def numbered(number: bytes) -> bytes:
    return b'{"stance":"joins","voice":{"as":"own"},"part":"p1","n":' + number + b"}"


@pytest.mark.parametrize(
    "number", [b"1.5", b"1e-2", b"15e-1", b"1e999", b"1e-999", b"1." + b"0" * 999, b"1.00000000000000000001"]
)
def test_a_number_with_a_fraction_is_no_whole_number(number: bytes) -> None:
    assert refused(numbered(number), PositionRecorded) == {"n": "type"}


@pytest.mark.parametrize("number", [b"12", b"12.0", b"12.000", b"1.2e1", b"12E0", b"120e-1"])
def test_a_whole_number_may_be_written_as_any_client_writes_it(number: bytes) -> None:
    fact = read_body(numbered(number), PositionRecorded, {}, "nl").fact
    assert isinstance(fact, PositionRecorded)
    assert (fact.n, type(fact.n)) == (12, int)


@pytest.mark.parametrize("number", [b"-0.0", b"-0", b"-3.0"])
def test_a_whole_number_is_held_to_its_bounds_however_it_is_written(number: bytes) -> None:
    assert refused(numbered(number), PositionRecorded) == {"n": "too-small"}


def test_a_number_beyond_every_bound_is_too_great() -> None:
    for digits in (b"9007199254740992", b"9" * 18, b"9" * 10_000):
        raw = b'{"stance":"joins","voice":{"as":"own"},"part":"p1","n":' + digits + b"}"
        assert refused(raw, PositionRecorded) == {"n": "too-great"}


def test_a_field_of_the_address_needs_not_stand_in_the_body() -> None:
    fixed = {"code": "mra-av"}
    body = {"kind": "organisation", "name": "Bureau"}
    intake = read_body(json.dumps(body).encode(), PartyNamed, fixed, "nl")
    assert isinstance(intake.fact, PartyNamed)
    assert intake.fact.code == "mra-av"
    assert refused(body | {"code": "gm0363"}, PartyNamed, code="mra-av") == {"code": "in-address"}
    assert refused(body, PartyNamed, code="GM 0363") == {"code": "form"}


def test_a_name_is_in_clear_when_it_is_a_string_and_sealed_when_it_is_an_object() -> None:
    body: dict[str, Any] = {"code": "x-1", "kind": "organisation", "name": "Woningcorporaties"}
    named = read_body(json.dumps(body).encode(), PartyNamed, {}, "nl").fact
    assert isinstance(named, PartyNamed)
    assert named.name == "Woningcorporaties"
    body |= {"kind": "political-group", "name": {"text": "Fractie Eén", "words": "quoted"}}
    intake = read_body(json.dumps(body).encode(), PartyNamed, {}, "nl")
    assert isinstance(intake.fact, PartyNamed)
    assert isinstance(intake.fact.name, Sealed)
    assert intake.fact.name.words == "quoted"
    assert refused(body | {"name": "Fractie Eén"}, PartyNamed) == {"": "choose"}


def test_what_a_correction_puts_in_place_is_read_as_its_own_type() -> None:
    body: dict[str, Any] = {
        "corrects": 3,
        "kind": "clerical",
        "grounds": "verschreven",
        "instead": {"type": "position.recorded", "data": POSITION | {"member": "GM"}},
    }
    assert refused(body, DecisionCorrected) == {"instead.data.member": "form"}
    body["instead"]["data"] = POSITION
    intake = read_body(json.dumps(body).encode(), DecisionCorrected, {}, "nl")
    assert isinstance(intake.fact, DecisionCorrected)
    assert intake.fact.instead is not None
    assert intake.fact.instead.v == 1
    assert len(intake.disclosures) == 2
    body["instead"]["v"] = 2
    assert refused(body, DecisionCorrected) == {"instead.v": "not-one-of"}
    for foreign in ("decision.corrected", "member.admitted", "no.such"):
        body["instead"] = {"type": foreign, "data": {}}
        assert refused(body, DecisionCorrected) == {"instead.type": "not-one-of"}


def test_a_combination_that_says_nothing_or_two_things_is_refused() -> None:
    body: dict[str, Any] = {"title": "x", "kind": "decision", "class": "not-stated"}
    assert refused(body | {"decidedBy": {}}, DecisionProposed) == {"decidedBy": "empty"}
    both = {"body": "mra-av", "each": "member"}
    assert refused(body | {"decidedBy": both}, DecisionProposed) == {"decidedBy": "choose"}
    two = {"rel": "about", "to": POSITION_ID, "at": "https://x"}
    for link in ({"rel": "about"}, two):
        wrong = body | {"decidedBy": {"body": "mra-av"}, "links": [link]}
        assert refused(wrong, DecisionProposed) == {"links.0": "choose"}
    assert refused(POSITION | {"certain": False}, PositionRecorded) == {"on": "missing"}


POSITION_ID = "6f9619ff-8b86-4011-b42d-00cf4fc964ff"


def test_a_made_up_name_is_shown_but_not_at_length() -> None:
    (name,) = refused(POSITION | {"x\u202e" * 200: 1}, PositionRecorded)
    assert len(name) <= faults.LONGEST_NAME
    assert name.isprintable()


def test_every_form_that_a_person_types_is_explained() -> None:
    """The few forms that are not are made by machines: digests, origins, public identifiers."""
    patterns = {
        pattern
        for fact in TYPES
        for pattern in _patterns(body_schema(fact))
        if pattern not in faults.FORMS and pattern != r"\S"
    }
    assert len(patterns) <= 6, patterns


def _patterns(schema: Any) -> set[str]:  # noqa: ANN401  # any JSON
    if isinstance(schema, list):
        return set().union(*map(_patterns, schema), set())
    if not isinstance(schema, dict):
        return set()
    own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
    return own.union(*map(_patterns, schema.values()), set())
