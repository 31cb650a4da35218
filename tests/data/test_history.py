"""The shipped history says only what can be recorded: forms, codes, days and evidence are right before any server starts."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TypeVar

import msgspec
import pytest

from register.charter.facts import RegisterOpened
from register.fact import DatedFact
from register.governance import facts as g
from register.values import first_day, is_civil, last_day
from tests.data.history import (
    NAMED,
    REGIONS,
    SHIPPED,
    Asked,
    Line,
    Place,
    accounts,
    asked,
    evidence_of,
    files,
    lines,
    texts,
)

F = TypeVar("F")

TODAY = date(2026, 11, 21)


@cache
def facts(region: str) -> list[tuple[Line, Asked]]:
    """Each line with its fact; the numbers of entries are those of the lines, which is enough to read them."""
    made: dict[str, Place] = {}
    read = []
    for number, line in enumerate(lines(region), start=1):
        made[line.name] = Place(f"00000000-0000-4000-8000-{number:012}", number)
        read.append((line, asked(line, made)))
    return read


LINES = [pytest.param(line, id=f"{region} {line.name}") for region in REGIONS for line in lines(region)]
READ = [pytest.param(line, asked_, id=f"{region} {line.name}") for region in REGIONS for line, asked_ in facts(region)]


def governance(region: str, kind: type[F]) -> list[F]:
    """The facts of one class about the bodies and members of a region."""
    return [asked_.fact for _, asked_ in facts(region) if isinstance(asked_.fact, kind)]


@pytest.fixture(params=REGIONS)
def region(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_each_file_is_lines_of_json_in_utf8_that_end_with_a_line_feed(region: str) -> None:
    for path in files(region):
        raw = path.read_bytes()
        assert raw.endswith(b"}\n")
        assert b"\r" not in raw
        assert b"\n\n" not in raw


def test_names_are_given_once_and_spoken_of_only_after(region: str) -> None:
    told: set[str] = set()
    for line in lines(region):
        assert line.name not in told
        assert line.names() <= told, line.name
        told.add(line.name)


def test_each_line_is_recorded_by_an_account_that_the_demo_has(region: str) -> None:
    assert {line.as_ for line in lines(region)} <= set(accounts(region))
    assert all("mandate" not in line.post.split("/") for line in lines(region))


def test_each_account_has_a_mandate_for_something_that_exists(region: str) -> None:
    bodies = {fact.code for fact in governance(region, g.BodyEstablished)}
    members = {fact.member for fact in governance(region, g.MemberAdmitted)}
    for_whom = {"administrator": {region}, "clerk": bodies, "confirmer": bodies, "representative": members}
    for account, mandates in accounts(region).items():
        assert mandates, account
        for mandate in mandates:
            assert mandate["for"] in for_whom[mandate["role"]], account


def test_each_member_of_today_has_an_account_of_its_own(region: str) -> None:
    held = [mandate for mandates in accounts(region).values() for mandate in mandates]
    assert {mandate["for"] for mandate in held if mandate["role"] == "representative"} == members_on(region, TODAY)


@pytest.mark.parametrize(("line", "asked_"), READ)
def test_days_exist_and_no_act_lies_in_the_future(line: Line, asked_: Asked) -> None:
    for name in ("on", "from_", "until", "planned_on"):
        when = getattr(asked_.fact, name, None)
        assert when is None or is_civil(when), line.name
    if isinstance(asked_.fact, DatedFact) and asked_.fact.on is not None:
        assert last_day(asked_.fact.on) < TODAY


@pytest.mark.parametrize("line", LINES)
def test_each_fact_cites_its_evidence_at_an_address(line: Line) -> None:
    if line.post.endswith("/confirmations"):
        return  # the evidence of a confirmation is that of the entries that it confirms
    assert evidence_of(line)
    for evidence in evidence_of(line):
        assert re.fullmatch(r"https?://[!-~]+", evidence["at"]), line.name


def test_an_act_is_named_wherever_a_member_stands_somewhere(region: str) -> None:
    for line, asked_ in facts(region):
        if asked_.fact.TYPE in {"position.recorded", "vote.held", "votes.recorded", "outcome.recorded"}:
            assert all("act" in evidence for evidence in evidence_of(line)), line.name


def members_on(region: str, day: date) -> set[str]:
    admitted = {fact.member: first_day(fact.from_) for fact in governance(region, g.MemberAdmitted)}
    ended = {fact.member: last_day(fact.until) for fact in governance(region, g.MemberMerged)}
    ended |= {fact.member: last_day(fact.until) for fact in governance(region, g.MemberDeparted)}
    return {code for code, first in admitted.items() if first <= day <= ended.get(code, date.max)}


@pytest.mark.parametrize(
    ("region", "day", "members"),
    [
        ("mra", "2018-06-01", 36),
        ("mra", "2019-01-01", 35),
        ("mra", "2021-06-01", 35),
        ("mra", "2022-02-01", 34),
        ("mra", "2022-03-23", 34),
        ("mra", "2022-03-24", 33),
        ("mra", "2027-06-01", 33),
        ("gmr", "2020-12-31", 0),
        ("gmr", "2021-01-01", 18),
        ("gmr", "2024-07-03", 18),
        ("gmr", "2024-12-31", 18),
        ("gmr", "2025-01-01", 17),
    ],
)
def test_the_number_of_members_follows_the_mergers_and_departures(region: str, day: str, members: int) -> None:
    assert len(members_on(region, date.fromisoformat(day))) == members


def test_uitgeest_is_a_member_half_a_year_before_it_chooses_a_subregion() -> None:
    (joined,) = [fact for fact in governance("mra", g.SubregionJoined) if fact.member == "gm0450"]
    assert joined.from_ == "2017-07-18"
    assert "gm0450" in members_on("mra", date(2017, 3, 1))


def test_each_municipality_is_in_one_of_seven_subregions_and_no_other_member_is() -> None:
    joined = [fact.member for fact in governance("mra", g.SubregionJoined)]
    municipalities = [fact.member for fact in governance("mra", g.MemberAdmitted) if fact.kind == "municipality"]
    assert sorted(joined) == sorted(municipalities)
    assert len(governance("mra", g.SubregionEstablished)) == 7


def test_identifiers_are_those_of_the_public_list_of_organisations(region: str) -> None:
    for fact in governance(region, g.MemberAdmitted):
        kind = {"municipality": "gemeente", "province": "provincie", "public-body": "so"}[fact.kind]
        assert fact.identifier == f"https://identifier.overheid.nl/tooi/id/{kind}/{fact.member}"


def test_the_charter_fills_what_a_person_decides_and_its_contact_is_a_function(region: str) -> None:
    charter = msgspec.json.decode((SHIPPED / region / "charter.json").read_bytes())
    made_by_the_register = {
        "id": "00000000-0000-4000-8000-000000000000",
        "format": 1,
        "hash": "sha-256",
        "vocabulary": "A" * 43,
    }
    opened = msgspec.convert({**charter, **made_by_the_register}, RegisterOpened)
    assert opened.region.code == region
    assert opened.contact.startswith("Secretaris van")


ORGANISATIONS = """
A Beach Board EU-MRA Economic Economie Gedeputeerde Groene Kamer MRA MediaCentrum Metropoolregio Platform Provinciale
RPW Raden Rijk Staten Statenleden Stelling Tweede
"""
PAPERS = """
Aanvraag Actualiteiten Advies Agenda Algemene Ambtelijk Analyse Anders Beantwoording Begrotingswijziging
Besluitenlijst Concept-meerjarenbegroting Congres Dekking Duidelijk Eindverslag Evaluatie Evaluatierapport
Hoofdlijnenakkoord Implementatie Investeringsagenda Jaarplan Jaarplanning Lancering Mandaat Mandaatbesluit
Meerjarenbegroting Memo Nieuws Nota Oplegger Opvattingen Opzet Parlementsverkiezingen Planning Presentatie Procedure
Proces Profielen Programma Propositie Proposities Q4 Raadsvoorstel Rapport Reflectie Regionaal Regionale
Samenwerkingsafspraken Termijnagenda Terugblik Terugkoppeling Tussenstand Uitgangspunten Uitgangspuntennotitie
Vaststelling Verdeelsleutel Verkiezingsuitslag Verslag Verstedelijkingsconcept Verstedelijkingsstrategie Voorstel
Voortgangsnota Wensen Werklocaties Werkplan Woondeal Zienswijzen
"""
OPENERS = """
Acht Afgesproken Als Begin Bestemming Bestuurdersconferentie Bijdrage Conferentie Consultatie De Deelt Definitieve
Drie Een Eerst Eerste Einde Elke Europese Extra Financieel Formalisering Gaan Gaat Gevraagd Gremia Het Hiermee Hoe
Instemming Invulling Inzet Komt Krijgt Maak Mag Meer Met Moet Naar Neemt Nieuwe Noemt Ook Opdracht Over Overleggen
Positief Proposities Rapporteurs Reactie Route Sinds Sleutelgebied Sleutelgebieden Slimmer Staat Stand Startschot
Stelt Stop Unaniem Verleng Voldoet Volgens Voor Voorzitter Vraagt Waar Waaraan Wat Welke Wie Wordt Zet Zij Zo
"""
KNOWN_WORDS = frozenset(re.findall(r"[\w'-]+", ORGANISATIONS + PAPERS + OPENERS))
"""Words with a capital that are no name of a person, besides the names of bodies, members, sub-regions and groups."""


def test_no_text_names_a_person(region: str) -> None:
    """Every word with a capital is the name of an organisation or place that the history itself gives, or is listed above."""
    given = " ".join(
        str(line.body["name"]["text"] if isinstance(line.body["name"], dict) else line.body["name"])
        for line in lines(region)
        if "name" in line.body
    )
    known = KNOWN_WORDS | set(re.findall(r"[\w'-]+", given))
    for line in lines(region):
        for text in texts(line):
            named = {word for word in re.findall(r"[\w'-]+", text) if word[0].isupper()}
            assert named <= known, (line.name, named - known)


def test_placeholders_stand_alone_in_a_body(region: str) -> None:
    for line in lines(region):
        for string in re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', msgspec.json.encode(line.body).decode()):
            assert "{" not in string or NAMED.fullmatch(string), line.name
