"""The bytes of an entry: one form for one fact, and no other form is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import ClassVar

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register import stored
from register.decisions.facts import PartAdded, VotesRecorded
from register.decisions.standing import PositionRecorded
from register.fact import Fact, Kind
from register.stored import EntryTooLongError, Envelope, NotAnEntryError, decode, encode, trusted
from register.values import MAX_SAFE_INTEGER, Code, Number, Sealed, Voice
from register.vocabulary import FACTS
from tests.register.making import TYPES, facts, ids

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

TIME = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
POSITION = PositionRecorded(
    member="gm0377",
    stance="departs",
    voice=Voice(as_="own", layer="executive"),
    part="p7",
    n=1,
    on="2022-02",
    reason=Sealed(sd=("hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo",), lang="nl", words="summary"),
)
ENVELOPE = Envelope(
    by="0b1ff4a6-5b0c-4d8e-9e0f-3a9c6d1f2b11",
    cause="a6c1a7b4-6f0e-4f3e-8d59-1a2b3c4d5e6f",
    for_="gm0377",
    id="6f9619ff-8b86-4011-b42d-00cf4fc964ff",
    seq=3,
    time=TIME,
    data=POSITION,
)
LINE = (
    b'{"by":"0b1ff4a6-5b0c-4d8e-9e0f-3a9c6d1f2b11","cause":"a6c1a7b4-6f0e-4f3e-8d59-1a2b3c4d5e6f",'
    b'"data":{"member":"gm0377","n":1,"on":"2022-02","part":"p7",'
    b'"reason":{"_sd":["hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo"],"lang":"nl","words":"summary"},'
    b'"stance":"departs","voice":{"as":"own","layer":"executive"}},'
    b'"for":"gm0377","id":"6f9619ff-8b86-4011-b42d-00cf4fc964ff","seq":3,"stream":"decision",'
    b'"time":"2026-11-21T10:00:00.000000Z","type":"position.recorded","v":1}'
)


def envelopes(fact: type[Fact]) -> st.SearchStrategy[Envelope]:
    return st.builds(
        Envelope,
        by=st.one_of(ids(), st.sampled_from(["import", "register"])),
        cause=ids(),
        for_=st.sampled_from(["gm0363", "mra-av", "pv27-ps-g7"]),
        id=ids(),
        seq=st.integers(1, MAX_SAFE_INTEGER),
        time=st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis adds the zone
        data=facts(fact),
    )


def test_an_entry_is_one_line_of_sorted_json() -> None:
    assert encode(ENVELOPE) == LINE
    assert decode(LINE) == trusted(LINE) == ENVELOPE


@pytest.mark.parametrize("fact", TYPES, ids=lambda fact: fact.TYPE)
@settings(max_examples=15, suppress_health_check=QUIET)
@given(data=st.data())
def test_every_fact_comes_back_from_its_bytes_and_any_json_library_writes_the_same(
    fact: type[Fact], data: st.DataObject
) -> None:
    envelope = data.draw(envelopes(fact))
    raw = encode(envelope)
    assert decode(raw) == envelope
    assert encode(decode(raw)) == raw
    again = json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == raw


@settings(max_examples=300, suppress_health_check=QUIET)
@given(data=st.data())
def test_a_changed_byte_is_refused_or_says_something_else(data: st.DataObject) -> None:
    envelope = data.draw(st.sampled_from(TYPES).flatmap(envelopes))
    raw = bytearray(encode(envelope))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        other = decode(bytes(raw))
    except NotAnEntryError:
        return
    assert other != envelope
    assert encode(other) == bytes(raw)


def test_every_changed_byte_of_one_entry_is_refused_or_says_something_else() -> None:
    read = 0
    for at in range(len(LINE)):
        for bit in range(8):
            raw = bytearray(LINE)
            raw[at] ^= 1 << bit
            try:
                other = decode(bytes(raw))
            except NotAnEntryError:
                continue
            read += 1
            assert other != ENVELOPE
            assert encode(other) == bytes(raw)
    assert read, "a digit of an id can be changed into another"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_an_entry_or_refused(raw: bytes) -> None:
    with pytest.raises(NotAnEntryError):
        decode(raw)


def _with(old: str, new: str) -> bytes:
    assert LINE.count(old.encode()) == 1
    return LINE.replace(old.encode(), new.encode("utf-8", "surrogatepass"))


def other_forms() -> Iterator[tuple[str, bytes]]:  # noqa: PLR0915  # a list, one line each
    """The same said otherwise, or something that no entry says."""
    yield "a space after a colon", _with('"seq":3', '"seq": 3')
    yield "a space at the end", LINE + b" "
    yield "a line feed at the end", LINE + b"\n"
    yield "a byte order mark", b"\xef\xbb\xbf" + LINE
    yield "keys in another order", _with('"n":1,"on":"2022-02"', '"on":"2022-02","n":1')
    yield "keys of the envelope in another order", b'{"v":1,' + LINE[1:].replace(b',"v":1}', b"}")
    yield "a key twice", _with('"n":1', '"n":1,"n":1')
    yield "an unknown field", _with('"part":"p7",', '"part":"p7","pet":"x",')
    yield "an unknown field of the envelope", _with(',"v":1}', ',"v":1,"w":1}')
    yield "a field of the class that is not written", _with('"part":"p7",', '"part":"p7","reason_missing":"not-given",')
    yield "null", _with('"n":1', '"n":null')
    yield "an empty string", _with('"part":"p7"', '"part":""')
    yield "an empty list", _with('"data":{', '"data":{"evidence":[],')
    yield "an empty object in a list", _with('"data":{', '"data":{"evidence":[{}],')
    yield "a float", _with('"n":1', '"n":1.0')
    yield "a float with an exponent", _with('"seq":3', '"seq":3e0')
    yield "a fraction", _with('"n":1', '"n":1.5')
    yield "minus zero", _with('"n":1', '"n":-0')
    yield "a leading zero", _with('"n":1', '"n":01')
    yield "a number in a string", _with('"n":1', '"n":"1"')
    yield "too great a number", _with('"n":1', f'"n":{2**53}')
    yield "a number beyond 64 bits", _with('"seq":3', '"seq":' + "9" * 30)
    yield "zero", _with('"seq":3', '"seq":0')
    yield "an escape of a letter", _with('"part":"p7"', '"part":"\\u00707"')
    yield "an escape of a slash", _with('"2022-02"', '"2022-02-01\\/2022-02-03"')
    yield "a code that ends in a line feed", _with('"part":"p7"', '"part":"p7\\n"')
    yield "U+0000", _with('"part":"p7"', '"part":"p7\\u0000"')
    yield "a raw control character", _with('"part":"p7"', '"part":"p\x017"')
    yield "a lone surrogate", _with('"part":"p7"', '"part":"\\ud800"')
    yield "a lone surrogate as bytes", _with('"part":"p7"', '"part":"\ud800"')
    yield "no UTF-8", LINE.replace(b'"p7"', b'"p\xff"')
    yield "a day that does not exist", _with('"on":"2022-02"', '"on":"2022-02-30"')
    yield "a span that runs back", _with('"on":"2022-02"', '"on":"2022-02-03/2022-02-01"')
    yield "certain, said", _with('"data":{', '"data":{"certain":true,')
    yield "an id in capitals", _with("6f9619ff", "6F9619FF")
    yield "a time without microseconds", _with("10:00:00.000000Z", "10:00:00Z")
    yield "a time with an offset", _with("10:00:00.000000Z", "11:00:00.000000+01:00")
    yield "a leap second", _with("10:00:00.000000Z", "10:00:60.000000Z")
    yield "a day of the time that does not exist", _with("2026-11-21T", "2026-11-31T")
    yield "midnight as 24 hours", _with("T10:00:00.000000Z", "T24:00:00.000000Z")
    yield "a type in another kind of stream", _with('"stream":"decision"', '"stream":"meeting"')
    yield "a kind of stream that there is not", _with('"stream":"decision"', '"stream":"person"')
    yield "a type that there is not", _with('"position.recorded"', '"position.deleted"')
    yield "a type of a later version", _with('"type":"position.recorded","v":1', '"type":"position.recorded","v":2')
    yield (
        "a writer that is neither a mandate nor the register",
        _with('"0b1ff4a6-5b0c-4d8e-9e0f-3a9c6d1f2b11"', '"jan"'),
    )
    yield "two digests", _with('kGo"]', 'kGo","hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo"]')
    yield "no digest", _with('["hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo"]', "[]")
    yield "the text itself", _with('"lang":"nl","words"', '"lang":"nl","text":"x","words"')
    yield "a list around it", b"[" + LINE + b"]"
    yield "nothing", b""
    yield "nothing but space", b" "


@pytest.mark.parametrize(("name", "raw"), list(other_forms()), ids=lambda it: it if isinstance(it, str) else "")
def test_another_form_is_refused(name: str, raw: bytes) -> None:
    with pytest.raises(NotAnEntryError) as said:
        decode(raw)
    assert str(said.value), name


NAMED = (
    b'{"by":"import","cause":"a6c1a7b4-6f0e-4f3e-8d59-1a2b3c4d5e6f",'
    b'"data":{"body":"mra-av","from":"2022","name":"%s"},"for":"mra",'
    b'"id":"6f9619ff-8b86-4011-b42d-00cf4fc964ff","seq":3,"stream":"governance",'
    b'"time":"2026-11-21T10:00:00.000000Z","type":"body.renamed","v":1}'
)


@pytest.mark.parametrize("name", ["Algemene Vergadering", "Súdwest-Fryslân", "\u2019s-Hertogenbosch", "Ελλάς"])
def test_a_name_in_clear_is_written_as_it_is_read(name: str) -> None:
    raw = NAMED.replace(b"%s", name.encode())
    assert encode(decode(raw)) == raw


@pytest.mark.parametrize(
    "name",
    ["Su\u0301dwest", "\u2126", "\u212b", "a\u202eb", "a\u200eb", "a\u2066b", "a\u0085b", "a\u007fb", "a\u200bb",
     'zeg \\"ja\\"', "a\\\\b", "a\\nb", "a\\u0009b", "\\ud83d\\ude00", " a", "a ", "", "a  b", "x" * 201],
)  # fmt: skip
def test_a_name_in_another_form_is_refused(name: str) -> None:
    with pytest.raises(NotAnEntryError):
        decode(NAMED.replace(b"%s", name.encode()))


CORRECTED = (
    b'{"by":"import","cause":"a6c1a7b4-6f0e-4f3e-8d59-1a2b3c4d5e6f",'
    b'"data":{"corrects":3,"grounds":{"_sd":["hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo"],"lang":"nl","words":"summary"},'
    b'"instead":{"data":%s,"type":"%s","v":1},"kind":"clerical"},"for":"mra",'
    b'"id":"6f9619ff-8b86-4011-b42d-00cf4fc964ff","seq":9,"stream":"decision",'
    b'"time":"2026-11-21T10:00:00.000000Z","type":"decision.corrected","v":1}'
)


SEALED = '{"_sd":["hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo"],"lang":"nl","words":"summary"}'


def test_a_correction_holds_a_whole_payload() -> None:
    raw = CORRECTED.replace(b"%s", b'{"ballot":1,"votes":[{"choice":"for","voter":"gm0363"}]}', 1)
    raw = raw.replace(b"%s", b"votes.recorded")
    assert encode(decode(raw)) == raw


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ('{"ballot":null,"votes":[{"choice":"for","voter":"gm0363"}]}', "votes.recorded"),
        ('{"ballot":1.0,"votes":[{"choice":"for","voter":"gm0363"}]}', "votes.recorded"),
        ('{"ballot":1,"votes":[]}', "votes.recorded"),
        ('{"ballot":1,"votes":[{"choice":"for","voter":"gm0363","x":1}]}', "votes.recorded"),
        ('{"ballot":1,"votes":[{"choice":"for","split":{},"voter":"gm0363"}]}', "votes.recorded"),
        ("{}", "votes.recorded"),
        ("{}", "no.such"),
        ('{"theme":"x\\n"}', "decision.themed"),
        ('{"member":"gm0363","until":"2022"}', "member.departed"),
        (f'{{"corrects":3,"grounds":{SEALED},"kind":"clerical"}}', "decision.corrected"),
        (f'{{"kind":"theme","title":{SEALED}}}', "dossier.opened"),
    ],
)
def test_what_a_correction_puts_in_place_keeps_the_format_too(data: str, name: str) -> None:
    raw = CORRECTED.replace(b"%s", data.encode(), 1).replace(b"%s", name.encode())
    with pytest.raises(NotAnEntryError):
        decode(raw)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"by": "jan"},
        {"cause": "1"},
        {"for_": "GM"},
        {"id": "x"},
        {"seq": 0},
        {"seq": 2**53},
        {"time": datetime(2026, 11, 21, 10)},  # noqa: DTZ001  # what must be refused
        {"data": msgspec.structs.replace(POSITION, part="P 7")},
        {"data": msgspec.structs.replace(POSITION, part="")},
        {"data": msgspec.structs.replace(POSITION, n=1.0)},
        {"data": msgspec.structs.replace(POSITION, evidence=())},
        {"data": msgspec.structs.replace(POSITION, on="2021-02-30")},
        {"data": msgspec.structs.replace(POSITION, certain=True)},
        {"data": msgspec.structs.replace(POSITION, on=None, certain=False)},
        {"data": msgspec.structs.replace(POSITION, voice=Voice(as_="joint", members=("gm1", "gm1")))},
        {"data": msgspec.structs.replace(POSITION, reason=Sealed(sd=(), lang="nl", words="quoted"))},
    ],
)
def test_what_no_reader_would_accept_is_never_written(spoilt: dict[str, object]) -> None:
    with pytest.raises(NotAnEntryError):
        encode(msgspec.structs.replace(ENVELOPE, **spoilt))


def test_a_time_of_another_zone_is_written_in_utc() -> None:
    there = TIME.astimezone(timezone(timedelta(hours=1)))
    assert encode(msgspec.structs.replace(ENVELOPE, time=there)) == LINE


def test_a_type_that_nobody_laid_down_is_refused() -> None:
    raw = LINE.replace(b'"type":"position.recorded"', b'"type":"position.guessed"')
    assert raw != LINE
    for reader in (decode, trusted):
        with pytest.raises(NotAnEntryError, match="no type"):
            reader(raw)


class _OldPart(Fact, frozen=True, kw_only=True):
    """A part as an earlier version might have written it; only in this test."""

    TYPE: ClassVar[str] = "part.added"
    V: ClassVar[int] = 7
    KIND: ClassVar[Kind] = "decision"

    part: Code
    title: Sealed


class _OlderPart(Fact, frozen=True, kw_only=True):
    """The version before that one."""

    TYPE: ClassVar[str] = "part.added"
    V: ClassVar[int] = 6
    KIND: ClassVar[Kind] = "decision"

    name: Code
    order: Number


def test_an_old_version_is_read_as_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    title = Sealed(sd=("hrVZoYl8Sj-XwvLvcIHRFc2IIdpbFTHL0Sfm8HC7kGo",), lang="nl", words="summary")

    def to_old(fact: Fact) -> Fact:
        assert isinstance(fact, _OlderPart)
        return _OldPart(part=fact.name, title=title)

    def to_new(fact: Fact) -> Fact:
        assert isinstance(fact, _OldPart)
        return PartAdded(part=fact.part, n=1, title=fact.title)

    upcasts: dict[type[Fact], Callable[[Fact], Fact]] = {_OlderPart: to_old, _OldPart: to_new}
    for fact, upcast in upcasts.items():
        monkeypatch.setitem(FACTS, (fact.TYPE, fact.V), fact)
        monkeypatch.setitem(stored.UPCASTS, fact, upcast)
    raw = LINE.replace(LINE[LINE.index(b'"data":') : LINE.index(b',"for"')], b'"data":{"name":"p1","order":4}')
    raw = raw.replace(b'"position.recorded","v":1', b'"part.added","v":6')
    for reader in (decode, trusted):
        assert reader(raw).data == PartAdded(part="p1", n=1, title=title)
    old = raw.replace(b'"order":4', b'"order":4.0')
    with pytest.raises(NotAnEntryError):
        decode(old)


def test_an_entry_that_is_too_long_is_refused_by_name() -> None:
    votes = [{"voter": f"gm{n:04}", "choice": "for"} for n in range(100)]
    fact = msgspec.convert({"ballot": 1, "votes": votes}, VotesRecorded)
    assert len(encode(msgspec.structs.replace(ENVELOPE, data=fact))) < stored.MAX_ENTRY
    long = msgspec.structs.replace(fact, votes=fact.votes * 20)
    with pytest.raises(EntryTooLongError):
        encode(msgspec.structs.replace(ENVELOPE, data=long))
    with pytest.raises(EntryTooLongError):
        decode(LINE + b" " * stored.MAX_ENTRY)
