"""docs/format.md says what the code does: its entries are read and written again, its texts open, its tables name every field."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec
import pytest
from msgspec import inspect

from register import values
from register.decisions.facts import DecidedBy, Verb
from register.fact import Fact
from register.sealing import digest_of, opened, seals_in
from register.stored import Envelope, decode, encode
from register.values import Sealed
from register.vocabulary import FACTS
from tests.outside.root import leaf, root
from tests.register.making import TYPES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "format.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def logs() -> dict[str, list[bytes]]:
    """The entries of each log on the page, in its order."""
    found: dict[str, list[bytes]] = {}
    for block in BLOCK.finditer(PAGE):
        if named := re.fullmatch(r"jsonl ([a-z]+)", block["info"]):
            found.setdefault(named[1], []).extend(block["body"].encode().splitlines())
    return found


LOGS = logs()
ENTRIES = [(name, at, raw) for name, entries in LOGS.items() for at, raw in enumerate(entries)]
NAMED = pytest.mark.parametrize(("log", "at", "raw"), ENTRIES, ids=[f"{name}-{at}" for name, at, _ in ENTRIES])


def openings() -> dict[tuple[str, str, int, str], str]:
    """The disclosures of the page, by log, stream, entry and field."""
    lines = (DOCS / "format-openings.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    assert all(set(one) == {"d", "field", "id", "log", "seq"} for one in read)
    found = {(one["log"], one["id"], one["seq"], one["field"]): one["d"] for one in read}
    assert len(found) == len(lines)
    return found


OPENINGS = openings()


def read(name: str) -> list[Envelope]:
    return [decode(raw, FACTS) for raw in LOGS[name]]


def test_the_page_has_three_logs() -> None:
    assert list(LOGS) == ["mra", "gmr", "voorbeeld"]
    assert len(ENTRIES) > 140


@NAMED
def test_an_entry_of_the_page_is_read_and_written_again_byte_for_byte(log: str, at: int, raw: bytes) -> None:
    assert LOGS[log][at] == raw
    envelope = decode(raw, FACTS)
    assert encode(envelope, FACTS) == raw
    again = json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert again == raw
    assert b"\\" not in raw


@NAMED
def test_every_sealed_text_of_the_page_opens_to_what_stands_beside_it(log: str, at: int, raw: bytes) -> None:
    envelope = decode(raw, FACTS)
    withdrawn = {
        (one.data.of.id, one.data.of.seq, one.data.of.field)  # type: ignore[attr-defined]  # of a withdrawal
        for one in read(log)
        if one.data.TYPE == "disclosure.withdrawn"
    }
    for field, seal in seals_in(envelope.data):
        beside = shown(log)[at, field]
        if (envelope.id, envelope.seq, field) in withdrawn:
            assert beside == "*withdrawn*"
            assert (log, envelope.id, envelope.seq, field) not in OPENINGS
        else:
            assert opened(seal, OPENINGS[log, envelope.id, envelope.seq, field]) == beside


def shown(log: str) -> dict[tuple[int, str], str]:
    """The texts in the tables under the blocks of a log, by position and field."""
    found: dict[tuple[int, str], str] = {}
    for block in BLOCK.finditer(PAGE):
        if block["info"] == f"jsonl {log}":
            below = PAGE[block.end() :].partition("\n#")[0].partition("```")[0]
            for row in re.finditer(r"^\| (\d+) \| `([A-Za-z0-9.]+)` \| (.*) \|$", below, re.MULTILINE):
                found[int(row[1]), row[2]] = row[3]
    return found


def test_no_opening_and_no_row_is_left_over() -> None:
    seals = {
        (log, one.id, one.seq, field): (at, field)
        for log in LOGS
        for at, one in enumerate(read(log))
        for field, _ in seals_in(one.data)
    }
    assert OPENINGS.keys() < seals.keys(), "all but the withdrawn one"
    assert len(seals) - len(OPENINGS) == 1
    for log in LOGS:
        assert shown(log).keys() == {place for key, place in seals.items() if key[0] == log}


@pytest.mark.parametrize("log", LOGS)
def test_each_log_is_one_history(log: str) -> None:
    """Entries count in their stream, time does not run back, and the entries of a command stand together."""
    count: dict[str, int] = {}
    kinds: dict[str, str] = {}
    entries = read(log)
    for one in entries:
        count[one.id] = count.get(one.id, 0) + 1
        assert one.seq == count[one.id]
        assert kinds.setdefault(one.id, one.kind) == one.kind
    assert [one.time for one in entries] == sorted(one.time for one in entries)
    commands = [one.cause for one in entries]
    runs = [cause for at, cause in enumerate(commands) if at == 0 or commands[at - 1] != cause]
    assert len(runs) == len(set(runs))
    assert len({(one.cause, one.time) for one in entries}) == len(runs)
    assert entries[0].data.TYPE == "register.opened"
    assert entries[0].seq == 1


@pytest.mark.parametrize("log", LOGS)
def test_ids_follow_from_the_register_and_the_source(log: str) -> None:
    entries = read(log)
    namespace = UUID(entries[0].id)
    for one in entries:
        if one.kind == "governance":
            assert UUID(one.id) == uuid5(namespace, "governance")
        source = getattr(one.data, "source", None)
        if isinstance(source, Sealed):
            key = opened(source, OPENINGS[log, one.id, one.seq, "source"])
            assert UUID(one.id) == uuid5(namespace, key)


@pytest.mark.parametrize("log", LOGS)
def test_what_is_named_in_a_stream_stands_there_before(log: str) -> None:
    """A number of an earlier entry names one, and of the type that it should be."""
    wanted = {"undertaking": "undertaking.given", "position": "position.recorded",
              "standpoint": "minority-standpoint.recorded", "adds_to": "minority-standpoint.recorded",
              "corrects": "", "of": "", "up_to": "", "against": ""}  # fmt: skip
    before: dict[tuple[str, int], str] = {}
    for one in read(log):
        for name, type_ in wanted.items():
            seq = getattr(one.data, name, None)
            if isinstance(seq, int):
                assert before[one.id, seq].startswith(type_)
        before[one.id, one.seq] = one.data.TYPE


@pytest.mark.parametrize("log", LOGS)
def test_the_roots_on_the_page_are_those_of_its_logs(log: str) -> None:
    assert f"| `{log}` | {len(LOGS[log])} | `{root(LOGS[log]).hex()}` |" in PAGE


def test_an_entry_that_is_shown_again_is_the_same() -> None:
    (again,) = (block for block in BLOCK.finditer(PAGE) if block["info"].startswith("jsonl voorbeeld position"))
    assert LOGS["voorbeeld"][int(again["info"].rpartition(" ")[2])] == again["body"].rstrip("\n").encode()


def code(language: str) -> str:
    (block,) = (block for block in BLOCK.finditer(PAGE) if block["info"] == language)
    return block["body"]


def test_the_check_in_python_runs_and_prints_the_text() -> None:
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code("python")], capture_output=True, text=True, check=True
    )
    assert told.stdout == "text Windmolens\n"


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="the shell of this machine has no sha256sum")
def test_the_check_in_a_shell_prints_what_the_page_says() -> None:
    told = subprocess.run(["sh", "-c", code("sh")], capture_output=True, text=True, check=True)
    assert told.stdout == code("text")
    assert told.stdout.split()[0] == leaf(LOGS["voorbeeld"][0]).hex()


def test_the_seal_that_is_explained_is_one_of_the_page() -> None:
    assert json.loads(code("json"))["_sd"][0] in {digest_of(one) for one in OPENINGS.values()}


def described(fact: type[Fact]) -> str:
    """The row of a type as the page must have it."""
    fields = [
        f"`{field.encode_name}`" if field.required else f"(`{field.encode_name}`)"
        for field in msgspec.structs.fields(fact)
        if field.encode_name != "evidence" or field.required
    ]
    return f"| `{fact.TYPE}` | {fact.V} | {' '.join(fields)} |"


@pytest.mark.parametrize("fact", TYPES, ids=lambda fact: fact.TYPE)
def test_the_page_names_every_type_with_its_fields(fact: type[Fact]) -> None:
    assert described(fact) in PAGE.splitlines()


def test_the_page_names_no_type_that_there_is_not() -> None:
    rows = re.findall(r"^\| `([a-z-]+[.][a-z-]+)` \| (\d+) \|", PAGE, re.MULTILINE)
    assert {(name, int(version)) for name, version in rows} == FACTS.keys()


def _structs(kind: Any) -> Iterator[inspect.StructType]:  # noqa: ANN401  # any type of msgspec
    match kind:
        case inspect.Metadata(type=inner) | inspect.VarTupleType(item_type=inner):
            yield from _structs(inner)
        case inspect.UnionType(types=types):
            for one in types:
                yield from _structs(one)
        case inspect.StructType():
            yield kind
            for field in kind.fields:
                yield from _structs(field.type)
        case _:
            return


def test_the_page_names_every_field_of_every_object() -> None:
    tables = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
    objects = {
        one.cls: one
        for fact in FACTS.values()
        for one in _structs(inspect.type_info(fact))
        if not issubclass(one.cls, Fact)
    }
    assert DecidedBy in objects
    missing = {
        f"{cls.__name__}.{field.encode_name}"
        for cls, info in objects.items()
        for field in info.fields
        if f"`{field.encode_name}`" not in tables
    }
    assert missing == set()


@pytest.mark.parametrize(
    "values_", [values.Grade, values.Act, values.CorrectionKind, values.Words], ids=["grade", "act", "kind", "words"]
)
def test_the_page_names_every_value_that_it_explains(values_: Any) -> None:  # noqa: ANN401  # a Literal
    assert [one for one in values_.__args__ if f"`{one}`" not in PAGE] == []


def test_the_verbs_are_those_of_the_cases() -> None:
    """Every outcome of the cases is said in a verb of the vocabulary, `held-over` with its dash."""
    said = {one.data.verb for log in LOGS for one in read(log) if one.data.TYPE == "outcome.recorded"}  # type: ignore[attr-defined]  # of an outcome
    assert said >= {"adopted", "agreed", "noted", "rejected", "held-over", "signed", "appointed", "repealed", "offered"}
    assert said <= set(Verb.__args__)  # type: ignore[attr-defined]  # a Literal has its values
