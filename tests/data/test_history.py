"""The shipped history says only what can be recorded: forms, codes, days and evidence are right before any server starts."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest

from register.charter.facts import RegisterOpened
from register.fact import DatedFact
from register.governance import facts as g
from register.values import first_day, is_civil, last_day
from tests.data.history import MRA, NAMED, Asked, Line, Place, accounts, asked, evidence_of, files, lines, texts

LINES = lines()


def facts() -> list[tuple[Line, Asked]]:
    """Each line with its fact; the numbers of entries are those of the lines, which is enough to read them."""
    made: dict[str, Place] = {}
    read = []
    for number, line in enumerate(LINES, start=1):
        made[line.name] = Place(f"00000000-0000-4000-8000-{number:012}", number)
        read.append((line, asked(line, made)))
    return read


READ = facts()
GOVERNANCE = [asked_.fact for _, asked_ in READ if asked_.fact.KIND == "governance"]


def test_each_file_is_lines_of_json_in_utf8_that_end_with_a_line_feed() -> None:
    for path in files():
        raw = path.read_bytes()
        assert raw.endswith(b"}\n")
        assert b"\r" not in raw
        assert b"\n\n" not in raw


def test_names_are_given_once_and_spoken_of_only_after() -> None:
    told: set[str] = set()
    for line in LINES:
        assert line.name not in told
        assert line.names() <= told, line.name
        told.add(line.name)


def test_each_line_is_recorded_by_an_account_that_the_demo_has() -> None:
    assert {line.as_ for line in LINES} <= set(accounts())
    assert all("mandate" not in line.post for line in LINES)


def test_each_account_has_a_mandate_for_something_that_exists() -> None:
    bodies = {fact.code for fact in GOVERNANCE if isinstance(fact, g.BodyEstablished)}
    members = {fact.member for fact in GOVERNANCE if isinstance(fact, g.MemberAdmitted)}
    for_whom = {"administrator": {"mra"}, "clerk": bodies, "confirmer": bodies, "representative": members}
    for account, mandates in accounts().items():
        assert mandates, account
        for mandate in mandates:
            assert mandate["for"] in for_whom[mandate["role"]], account


def test_each_member_of_today_has_an_account_of_its_own() -> None:
    gone = {fact.member for fact in GOVERNANCE if isinstance(fact, g.MemberMerged)}
    members = {fact.member for fact in GOVERNANCE if isinstance(fact, g.MemberAdmitted)}
    assert {
        mandate["for"] for held in accounts().values() for mandate in held if mandate["role"] == "representative"
    } == members - gone


@pytest.mark.parametrize(("line", "asked_"), READ, ids=[line.name for line, _ in READ])
def test_days_exist_and_no_act_lies_in_the_future(line: Line, asked_: Asked) -> None:
    for name in ("on", "from_", "until", "planned_on"):
        when = getattr(asked_.fact, name, None)
        assert when is None or is_civil(when), line.name
    if isinstance(asked_.fact, DatedFact) and asked_.fact.on is not None:
        assert last_day(asked_.fact.on) <= date(2022, 12, 31)


@pytest.mark.parametrize("line", LINES, ids=[line.name for line in LINES])
def test_each_fact_cites_its_evidence_at_an_address(line: Line) -> None:
    if line.post.endswith("/confirmations"):
        return  # the evidence of a confirmation is that of the entries that it confirms
    assert evidence_of(line)
    for evidence in evidence_of(line):
        assert re.fullmatch(r"https?://[!-~]+", evidence["at"]), line.name


def test_an_act_is_named_wherever_a_member_stands_somewhere() -> None:
    for line, asked_ in READ:
        if asked_.fact.TYPE in {"position.recorded", "vote.held", "votes.recorded", "outcome.recorded"}:
            assert all("act" in evidence for evidence in evidence_of(line)), line.name


def members_on(day: date) -> set[str]:
    admitted = {fact.member: first_day(fact.from_) for fact in GOVERNANCE if isinstance(fact, g.MemberAdmitted)}
    ended = {fact.member: last_day(fact.until) for fact in GOVERNANCE if isinstance(fact, g.MemberMerged)}
    return {code for code, first in admitted.items() if first <= day <= ended.get(code, date.max)}


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("2018-06-01", 36),
        ("2019-01-01", 35),
        ("2021-06-01", 35),
        ("2022-02-01", 34),
        ("2022-03-23", 34),
        ("2022-03-24", 33),
        ("2027-06-01", 33),
    ],
)
def test_the_number_of_members_follows_the_mergers(day: str, members: int) -> None:
    assert len(members_on(date.fromisoformat(day))) == members


def test_uitgeest_is_a_member_half_a_year_before_it_chooses_a_subregion() -> None:
    (joined,) = [fact for fact in GOVERNANCE if isinstance(fact, g.SubregionJoined) and fact.member == "gm0450"]
    assert joined.from_ == "2017-07-18"
    assert "gm0450" in members_on(date(2017, 3, 1))


def test_each_municipality_is_in_one_of_seven_subregions_and_no_other_member_is() -> None:
    joined = [fact.member for fact in GOVERNANCE if isinstance(fact, g.SubregionJoined)]
    municipalities = [
        fact.member for fact in GOVERNANCE if isinstance(fact, g.MemberAdmitted) and fact.kind == "municipality"
    ]
    assert sorted(joined) == sorted(municipalities)
    assert len([fact for fact in GOVERNANCE if isinstance(fact, g.SubregionEstablished)]) == 7


def test_identifiers_are_those_of_the_public_list_of_organisations() -> None:
    for fact in GOVERNANCE:
        if isinstance(fact, g.MemberAdmitted):
            kind = {"municipality": "gemeente", "province": "provincie", "public-body": "so"}[fact.kind]
            assert fact.identifier == f"https://identifier.overheid.nl/tooi/id/{kind}/{fact.member}"


def test_the_charter_fills_what_a_person_decides_and_its_contact_is_a_function() -> None:
    charter = msgspec.json.decode((MRA / "charter.json").read_bytes())
    made_by_the_register = {
        "id": "00000000-0000-4000-8000-000000000000",
        "format": 1,
        "hash": "sha-256",
        "vocabulary": "A" * 43,
    }
    opened = msgspec.convert({**charter, **made_by_the_register}, RegisterOpened)
    assert opened.region.code == "mra"
    assert opened.contact.startswith("Secretaris van")


ORGANISATIONS = """
A Beach Economie Gedeputeerde MRA MediaCentrum Meerjarenbegroting Metropoolregio Platform Provinciale Raadsvoorstel Rijk
Samenwerkingsafspraken Staten Verstedelijkingsstrategie
"""
OPENERS = """
Acht Bijdrage De Een Eerst Formalisering Gaan Gaat Hiermee Hoe Komt Krijgt Met Noemt Over Reactie Route Sleutelgebied
Sleutelgebieden Slimmer Volgens Voorzitter Waar Wat Zij
"""
KNOWN_WORDS = frozenset(re.findall(r"\w+", ORGANISATIONS + OPENERS))
"""Words with a capital that are no name of a person, besides the names of bodies, members, sub-regions and groups."""


def test_no_text_names_a_person() -> None:
    """Every word with a capital is the name of an organisation or place that the history itself gives, or is listed above."""
    given = " ".join(
        str(line.body["name"]["text"] if isinstance(line.body["name"], dict) else line.body["name"])
        for line in LINES
        if "name" in line.body
    )
    known = KNOWN_WORDS | set(re.findall(r"[\w'-]+", given))
    for line in LINES:
        for text in texts(line):
            named = {word for word in re.findall(r"[\w'-]+", text) if word[0].isupper()}
            assert named <= known, (line.name, named - known)


def test_placeholders_stand_alone_in_a_body() -> None:
    for line in LINES:
        for string in re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', msgspec.json.encode(line.body).decode()):
            assert "{" not in string or NAMED.fullmatch(string), line.name
