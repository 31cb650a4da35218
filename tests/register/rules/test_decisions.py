"""A question to be decided: put, linked, found under a theme, placed on an agenda, divided into parts, struck."""

from __future__ import annotations

import pytest

from register.decisions import refusals as no
from register.decisions.standing_refusals import VersionNeedsPart
from register.refusals import NotADay, NotYetHappened, UnknownBody, UnknownEntry, UnknownMember
from tests.given import given
from tests.register.lines import (
    CLERK,
    REGISTRAR,
    Line,
    at,
    ballot,
    correction,
    decision,
    each_decides,
    item,
    line,
    meeting,
    on,
    outcome,
    part,
    position,
    standpoint,
    vote,
    votes,
)

ABSENT = "11111111-1111-4111-8111-111111111111"


def struck(see: str | None = None, because: str = "exercise", to: str = "{d}") -> Line:
    return on("striking", to=to, because=because, grounds="Een oefening.", **({"see": see} if see else {}))


def linked(**link: object) -> Line:
    return on("links", links=[{"rel": "about", **link}])


def placed(number: str = "5", letter: str | None = None) -> Line:
    return on("placements", meeting="{m}", item=number, **({"letter": letter} if letter else {}))


def amended(n: int = 2, code: str = "p1", **more: str) -> Line:
    return on("part-versions", part=code, n=n, **(more or {"text": "Minimaal."}))


def test_a_question_is_put_to_one_body_or_to_each() -> None:
    given().when(decision()).then("decision.proposed")
    given().when(each_decides()).then("decision.proposed")
    given().when(each_decides(who="party")).then("decision.proposed")
    given().when(decision(decidedBy={})).then_cites(no.DecidedByOne)
    given().when(decision(decidedBy={"body": "mra-av", "each": "member"})).then_refused(
        no.DecidedByOne, field="decidedBy"
    )
    given().when(decision(decidedBy={"body": "niemand"}), by="import").then_refused(UnknownBody, field="decidedBy.body")


def test_a_question_is_put_once_on_a_day_that_exists_and_has_come() -> None:
    given(decision()).when(line("(decision d)", CLERK, **decision().body)).then_refused(no.AlreadyProposed)
    given().when(decision(on="2026-11-22")).then_refused(NotYetHappened, field="on")
    given().when(decision(on="2021-06-31")).then_refused(NotADay, field="on")
    given().when(decision(dossier=ABSENT)).then_refused(no.UnknownDossier, field="dossier")


def test_a_link_goes_to_one_place_that_exists_and_is_not_the_decision_itself() -> None:
    two = (decision("e"), decision())
    given(*two).when(linked(to="{e}")).then("decision.linked")
    given(decision(), meeting()).when(linked(to="{m}")).then("decision.linked")
    given(decision()).when(linked(at="https://example.org/brief.pdf")).then("decision.linked")
    given(decision()).when(linked(to="{d}")).then_refused(no.LinksToItself, field="links.0.to")
    given(decision()).when(linked(to=ABSENT)).then_refused(no.UnknownDecision, field="links.0.to")
    given(decision()).when(linked()).then_refused(no.LinkNeedsTarget, field="links.0")
    given(*two).when(linked(to="{e}", at="https://example.org")).then_refused(no.LinkNeedsTarget)
    given(*two).when(decision("f", links=[{"rel": "amends", "to": "{e}"}])).then("decision.proposed")
    given().when(decision(links=[{"rel": "amends", "to": ABSENT}])).then_refused(no.UnknownDecision, field="links.0.to")


def test_a_link_may_name_an_entry_or_a_part_that_is_there() -> None:
    told = given(decision("e"), on("parts", to="{e}", part="p1", n=1, title="Onderdeel"), decision())
    told.when(linked(to="{e}", part="p1")).then("decision.linked")
    told.when(linked(to="{e}", part="p1", n=1)).then("decision.linked")
    told.when(linked(to="{e}", part="p1", n=2)).then_refused(no.UnknownPart, field="links.0.part")
    told.when(linked(to="{e}", n=1)).then_refused(VersionNeedsPart, field="links.0.n")
    told.when(linked(to="{e}.2")).then("decision.linked")
    told.when(linked(to="{e}.3")).then_refused(no.UnknownDecision, field="links.0.to")


def test_a_decision_is_found_under_a_theme_once() -> None:
    given(decision()).when(on("themes", theme="wonen")).then("decision.themed")
    given(decision(), on("themes", theme="wonen")).when(on("themes", theme="wonen")).then_refused(
        no.AlreadyThemed, field="theme"
    )
    given(decision()).when(on("themes", theme="lucht")).then_refused(no.UnknownTheme, field="theme")


def test_one_item_holds_several_decisions_and_one_decision_stands_on_several_meetings() -> None:
    told = given(decision(), meeting(), item())
    told.when(placed(letter="a")).then("decision.placed").when(placed(letter="b")).then("decision.placed")
    told.given(meeting(), item("2")).when(placed("2")).then("decision.placed")


def test_a_decision_is_placed_once_under_an_item_of_a_meeting() -> None:
    told = given(decision(), meeting(), item())
    told.when(placed("9")).then_refused(no.NotOnTheAgenda, field="item")
    told.when(on("placements", meeting=ABSENT, item="5")).then_refused(no.UnknownMeeting, field="meeting")
    told.when(on("placements", meeting="{d}", item="5")).then_refused(no.UnknownMeeting)
    told.given(placed()).when(placed()).then_refused(no.AlreadyPlaced, field="item")
    given(decision(), meeting(), item(), at("agenda-item-withdrawals", item="5")).when(placed()).then_refused(
        no.NotOnTheAgenda
    )


def test_a_part_enters_in_a_version_and_goes_to_the_next() -> None:
    told = given(decision(), part(n=2))
    told.when(part()).then_refused(no.PartTaken, field="part")
    told.when(amended(4)).then_refused(no.NotTheNextVersion, field="n")
    assert told.when(amended(3)).then("part.amended").decision().parts == {"p1": (2, 3)}
    told.when(amended(2, "p9")).then_refused(no.UnknownPart, field="part")
    told.when(on("part-versions", part="p1", n=4)).then_refused(no.NothingAmended)
    told.when(amended(4, on="2026-11-22", text="Later.")).then_refused(NotYetHappened, field="on")


def test_a_part_continues_parts_of_earlier_decisions() -> None:
    told = given(decision("e"), on("parts", to="{e}", part="p1", n=1, title="Onderdeel"), decision())

    def continues(**origin: object) -> Line:
        return on(
            "parts", part="q1", n=1, title="Vervolg", continues=[{"decision": "{e}", "part": "p1", "n": 1, **origin}]
        )

    told.when(continues(n=2)).then_refused(no.UnknownPart, field="continues.0.part")
    told.when(continues(decision=ABSENT)).then_refused(no.UnknownDecision, field="continues.0.decision")
    told.when(continues()).then("part.added")


def test_why_it_was_decided_and_better_evidence_speak_of_an_entry_that_exists() -> None:
    given(decision()).when(on("justifications", text="De afspraak is doorbroken.")).then("justification.given")
    given(decision()).when(on("justifications", text="Zo.", of=1)).then("justification.given")
    given(decision()).when(on("justifications", text="Zo.", of=2)).then_refused(UnknownEntry, field="of")
    given(decision()).when(on("evidence", of=1, evidence=[{"grade": "minutes", "page": "39"}])).then("evidence.added")
    given(decision()).when(on("evidence", of=2, evidence=[{"grade": "minutes"}])).then_refused(UnknownEntry, field="of")


def test_a_remark_is_somebodys_and_may_be_on_a_part() -> None:
    own = {"as": "own", "layer": "group", "members": ["gm0362"]}
    given(decision(), part()).when(on("remarks", voice=own, text="Vaag.", part="p1")).then("remark.recorded")
    given(decision(), part()).when(on("remarks", voice=own, text="Vaag.", part="p2")).then_refused(
        no.UnknownPart, field="part"
    )
    given(decision()).when(on("remarks", voice={"as": "own", "members": ["gm9999"]}, text="Vaag.")).then_refused(
        UnknownMember, field="voice.members.0"
    )


def test_a_struck_decision_says_what_stays() -> None:
    two = (decision("e"), decision())
    given(*two).when(struck("{e}", "duplicate")).then("decision.struck")
    given(*two).when(struck(because="duplicate")).then_refused(no.DuplicateNeedsSee, field="see")
    given(*two).when(struck("{d}", "duplicate")).then_refused(no.LinksToItself, field="see")
    given(*two).when(struck(ABSENT, "duplicate")).then_refused(no.UnknownDecision, field="see")
    given(*two, struck(to="{e}")).when(struck("{e}", "duplicate")).then_refused(no.NamedDecisionStruck, field="see")


EVERYTHING = (
    linked(at="https://example.org"),
    on("themes", theme="wonen"),
    placed(),
    part("p2"),
    amended(),
    on("party-lists", list="consulted", basis="stated", count=16),
    ballot(2),
    votes(vote("gm0402")),
    outcome("repealed"),
    on("justifications", text="Zo."),
    on("remarks", voice={"as": "own", "members": ["gm0362"]}, text="Vaag."),
    on("evidence", of=1, evidence=[{"grade": "minutes"}]),
    on("confirmations", "colleague", upTo=1),
    correction("o", {"verb": "agreed"}, "outcome.recorded"),
    struck(),
    position("gm0402"),
    standpoint(),
    line("/positions/{p}/explanation", CLERK, reason="Te duur."),
    line("/positions/{p}/revisions", CLERK, stance="undecided"),
    line("/positions/{p}/withdrawal", CLERK),
    line("/minority-standpoints/{s}/amendments", CLERK, text="Anders."),
    line("/minority-standpoints/{s}/withdrawal", CLERK),
    line("/minority-standpoints/{s}/supporters", CLERK, member="gm0396"),
    line("/minority-standpoints/{s}/departures", CLERK, member="gm0375"),
    line(
        "/minority-standpoints/{s}/answers",
        CLERK,
        voice={"as": "own", "members": ["pv27"]},
        text="De provincie besluit.",
    ),
    line("/minority-standpoints/{s}/weighing", CLERK, outcome="noted", by="mra-bestuur", reason="Afgewogen."),
)
FULL = (decision(), meeting(), item(), part(), ballot(), votes(vote("gm0363")), outcome(), position(), standpoint())


@pytest.mark.parametrize("line_", EVERYTHING, ids=lambda each: each.post)
def test_everything_can_happen_to_a_decision_and_nothing_once_it_is_struck(line_: Line) -> None:
    given(*FULL).when(line_).then_records()
    given(*FULL, struck()).when(line_).then_refused(no.Struck)


@pytest.mark.parametrize("what", ["outcome", "parts", "positions", "corrections", "striking"])
def test_nothing_happens_to_a_decision_that_nobody_put(what: str) -> None:
    bodies = {
        "outcome": outcome(),
        "parts": part(),
        "positions": position(),
        "corrections": correction("x"),
        "striking": struck(),
    }
    body = {**bodies[what].body, **({"corrects": 1} if what == "corrections" else {})}
    for who in (CLERK, REGISTRAR, "import"):
        given().when(line(f"/decisions/{ABSENT}/{what}", who, **body)).then_cites(no.NotProposed)
