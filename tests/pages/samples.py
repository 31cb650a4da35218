"""Rows as the read models answer them, small enough to read, for pages that are told without a database."""

from __future__ import annotations

# ruff: noqa: ANN401  # a sample takes whatever fields a test is about
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from api.pages import heard
from api.pages.decision import Loaded
from api.pages.frame import Frame, Visitor, clocks
from projections.course.row import Position
from projections.decisions.row import Ballot, BallotHeld, Decision, Named, Outcome, Part, PartText, PartyList, Proposed
from projections.governance.row import Subregion
from projections.history.row import Event, Step
from projections.row import Evidence, Text, Voice
from projections.standpoints.row import Standpoint, StandpointText
from register.decisions.facts import Choice, DecidedBy, PartVersion

ID = "11111111-1111-4111-8111-111111111111"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = date(2022, 1, 1)
NAMES = {"gm1": "Aan de Dijk", "gm2": "Bovenveen", "gm3": "Cadzand", "gm4": "Duin", "west": "West", "av": "Vergadering"}


def frame(lang: Literal["nl", "en"] = "nl", *, query: dict[str, str] | None = None, signed_in: bool = False) -> Frame:
    """The frame of a page at a moment that does not move."""
    found = clocks(query or {}, lang, ZoneInfo("Europe/Amsterdam"), NOW)
    return Frame(
        lang=lang,
        path=f"/besluiten/{ID}",
        region="Regio Voorbeeld",
        today=date(2026, 11, 21),
        zone=ZoneInfo("Europe/Amsterdam"),
        at=found.at,
        clocks=found.fields,
        asked=found.asked,
        visitor=Visitor(account="gm1", name="Aan de Dijk", form_token=ID) if signed_in else None,
        position=41,
    )


def text(words: str | None, *, quoted: bool = False, lang: str = "nl", withheld: str | None = None) -> Text:
    """A text of the register."""
    said = Text(sd=("x",), lang=lang, words="quoted" if quoted else "summary", text=words, withheld=withheld)
    if withheld is not None:
        said.withheld_by, said.withheld_on, said.withheld_at = "gm1", "2026-01-15", 77
    return said


def row(seq: int, **more: Any) -> dict[str, Any]:
    """What every row has."""
    made = {"stream": ID, "seq": seq, "position": 100 + seq, "by": "m", "known_from": NOW, "valid_from": DAY}
    return {**made, "on": "2022-01-01", **more}


def position(seq: int, member: str, stance: Any, **more: Any) -> Position:
    """A position of one member."""
    voice = more.pop("voice", Voice(as_="own", layer="executive"))
    return Position(**row(seq), stance=stance, voice=voice, recorded=seq, member=member, **more)


def decision(**more: Any) -> Decision:
    """A decision that each of four members takes, with two parts of which the first is the course."""
    parts = tuple(
        Part(
            part=part,
            n=1,
            title=text(title),
            versions=(PartText(**row(seq), part=part, n=1, title=text(title), text=text("De tekst.")),),
            set_n=set_n,
        )
        for seq, part, title, set_n in ((2, "p1", "Voorzitter", 1), (3, "p2", "Bijdrage", None))
    )
    outcome = Outcome(
        **row(5, evidence=(Evidence(grade="minutes", position=105, at=text("https://voorbeeld.nl/een-verslag-2021")),)),
        verb="adopted",
        sets=(PartVersion(part="p1", n=1),),
    )
    made: dict[str, Any] = {
        "id": ID,
        "proposed": Proposed(
            **row(1),
            title=text("Afspraken"),
            decided_by=DecidedBy(each="member"),
            kind="agreement",
            class_="organisation-and-frameworks",
            question=text("Hoe werken wij samen?"),
        ),
        "acted_on": DAY,
        "position": 120,
        "steps": 9,
        "outcome": outcome,
        "outcomes": (outcome,),
        "parts": parts,
        "lists": (
            PartyList(**row(4), list="course-for", basis="seats-in-force", members=("gm1", "gm2", "gm3", "gm4")),
        ),
    }
    return Decision(**{**made, **more})


def standpoint(status: Any = "open", **more: Any) -> Standpoint:
    """A minority standpoint of two members."""
    voice = more.pop("voice", Voice(as_="joint", layer="executive", members=("gm2", "gm3")))
    said = StandpointText(**row(7), standpoint=7, voice=voice, text=text("Kies zelf een voorzitter."), parts=("p1",))
    return Standpoint(
        id=f"{ID}.7",
        decision=ID,
        decision_title=text("Afspraken"),
        recorded=said,
        status=status,
        open_since=DAY,
        counted=voice.counted(),
        versions=(said,),
        **more,
    )


def ballot(**more: Any) -> Ballot:
    """A ballot of groups: one against, one divided, one absent, the rest for."""
    chosen: tuple[tuple[str, Choice], ...] = (("g1", "against"), ("g2", "divided"), ("g3", "absent"))
    votes = tuple(
        Named(voter=voter, choice=choice, address=f"{ID}.9.{voter}", position=109) for voter, choice in chosen
    )
    held = BallotHeld(
        **row(8), ballot=1, how="not-stated", unit="group", names="some", rest="for", stated=more.pop("stated", None)
    )
    return Ballot(held=held, votes=votes, computed={"against": 1, "divided": 1, "absent": 1}, **more)


def step(seq: int, type_: str, data: dict[str, Any], **more: Any) -> Step:
    """An entry of the decision."""
    return Step(event=Event(**row(seq, **more), type=type_, v=1, cause="c", for_="gm1", data=data), role="clerk")


def loaded(made: Decision | None = None, **more: Any) -> Loaded:
    """Everything that the page of a decision is made of."""
    found: dict[str, Any] = {
        "decision": made or decision(),
        "positions": (),
        "standpoints": (),
        "heard": heard.Loaded(),
        "steps": (step(1, "decision.proposed", {}), step(5, "outcome.recorded", {"verb": "adopted"})),
        "members": ("gm1", "gm2", "gm3", "gm4"),
        "subregions": (Subregion(code="west", name="West", since=DAY, position=3, members=("gm1", "gm2", "gm3")),),
        "body": None,
        "names": {**NAMES, "g1": "Groep Een", "g2": "Groep Twee"},
    }
    return Loaded(**{**found, **more})
