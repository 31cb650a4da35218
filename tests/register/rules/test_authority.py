"""Who may record what: a table of every fact by every role, mandates in time, and nobody confirming their own entry."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from api.writes import WRITES
from register.decisions import refusals as no
from register.refusals import BreaksHistory, NoMandate, NotYours
from tests.given import Given, given
from tests.register.lines import (
    ADMIN,
    CLERK,
    COLLEAGUE,
    GUEST,
    OPENED,
    REGISTRAR,
    Line,
    at,
    ballot,
    body_,
    correction,
    decision,
    departed,
    dossier,
    each_decides,
    explanation,
    group,
    item,
    line,
    meeting,
    member,
    mends,
    merged,
    of_dossier,
    of_standpoint,
    on,
    outcome,
    part,
    position,
    revision,
    rule,
    seat,
    standpoint,
    theme,
    vote,
    votes,
    weighing,
    withdrawal,
    withdrawn,
)
from tests.register.region import ACCOUNTS

OWN: dict[str, Any] = {"as": "own", "layer": "executive", "members": ["gm0363"]}
AGREED: dict[str, Any] = {"verb": "agreed", "on": "2023-03-24"}
MANDATE = "33333333-3333-4333-8333-333333333333"

BEFORE = (
    body_("x"),
    member("y"),
    line("/subregions/ijmond/members", ADMIN, member="y", from_="2018"),
    seat("gm0363"),
    line("/mandates", ADMIN, "mandate", mandate=MANDATE, role="clerk", for_="x", from_="2021"),
    meeting(),
    item(),
    decision("e"),
    decision(),
    part(),
    outcome("noted"),
    position(as_="gm0363"),
    standpoint("gm0363", as_="own", by="gm0363"),
    ballot(2),
    on("view-invitations", CLERK, "i", parties=["pv27-ps", "gm0363"], until="2021-07-12"),
    on("views", CLERK, "v", voice={"as": "outside", "parties": ["pv27-ps-g1"]}, text="Meer groen.", kind="view"),
    on("advice", CLERK, "a", voice={"as": "own", "body": "mra-bestuur", "parties": ["mra-bestuur"]}, text="Wacht."),
    on("undertakings", CLERK, "u", voice={"as": "own", "members": ["pv27"]}, text="Een nieuwe afweging."),
    dossier(),
    of_dossier("routes", steps=[{"step": 1, "plannedOn": "2023-06-23"}]),
)
"""A decision of the assembly, on which Amsterdam took a position and holds a standpoint of its own."""

ADMINISTERED = (
    body_("new"),
    line("/bodies/x/renamings", ADMIN, name="X", from_="2020"),
    line("/bodies/x/dissolution", ADMIN, until="2024"),
    member("new"),
    line("/members/y/renamings", ADMIN, name="Y", from_="2020"),
    line("/members/y/departure-announcements", ADMIN, plannedOn="2027"),
    departed("y", "2024"),
    line("/members/y/succession-plans", ADMIN, into="gm0363", plannedOn="2027", status="bill"),
    merged("y", "gm0363", "2024"),
    group("new", "pv27-ps"),
    line("/subregions", ADMIN, subregion="new", name="Nieuw", from_="2020"),
    line("/subregions/ijmond/members", ADMIN, member="gm0396", from_="2018"),
    line("/subregions/ijmond/departures", ADMIN, member="y", until="2020"),
    seat("gm0402"),
    line("/seats/{seat#seq}/vacation", ADMIN, until="2024"),
    line("/mandates", ADMIN, role="auditor", for_="mra", from_="2024"),
    line("/mandates/{mandate}/end", ADMIN, until="2024"),
    rule(),
    line("/members/y/inhabitants", ADMIN, inhabitants=20_000, on="2022-01-01"),
    theme("new"),
    mends("seat"),
    line(
        "/register/corrections",
        ADMIN,
        corrects=1,
        kind="clerical",
        grounds="Verhuisd.",
        instead={"type": "register.opened", "data": {**OPENED, "contact": "Secretariaat"}},
    ),
    withdrawn("title"),
)
KEPT = (
    meeting(),
    at("reschedulings", plannedOn="2022-09-21"),
    at("holding", on="2022-09-21"),
    at("cancellation"),
    item("6"),
    at("agenda-item-withdrawals", item="5"),
    at("documents", kind="minutes", state="missing"),
    at("corrections", corrects=2, kind="clerical", grounds="Vergissing."),
    decision("f"),
    on("links", links=[{"rel": "about", "to": "{e}"}]),
    on("themes", theme="wonen"),
    on("placements", meeting="{m}", item="5"),
    part("p2"),
    on("part-versions", part="p1", n=2, text="Minimaal."),
    on("party-lists", list="consulted", basis="stated", count=16),
    ballot(),
    votes(vote("gm0402"), number=2),
    outcome(),
    on("justifications", text="Zo."),
    correction("o", AGREED, "outcome.recorded"),
    on("striking", because="exercise", grounds="Een oefening."),
    of_standpoint("supporters", member="gm0396"),
    of_standpoint("answers", voice={"as": "own", "members": ["pv27"]}, text="De provincie besluit."),
    weighing(),
    on("remarks", voice={"as": "own", "members": ["gm0362"]}, text="Vaag."),
    on("evidence", of=1, evidence=[{"grade": "minutes"}]),
    position("gm0362"),
    standpoint(),
    at("striking", because="exercise", grounds="Een oefening."),
    dossier("g"),
    of_dossier("titles", title="MRA Agenda 2025-2028"),
    of_dossier("versions", version=2, state="concept"),
    of_dossier("routes", steps=[{"step": 1, "plannedOn": "2023-09-29"}]),
    of_dossier("steps-reached", step=1),
    of_dossier("editions", edition=1, title="Termijnagenda 2024"),
    of_dossier("participation-steps", step=5),
    of_dossier("closing"),
    of_dossier("corrections", corrects=2, kind="clerical", grounds="Vergissing."),
    of_dossier("striking", because="exercise", grounds="Een oefening."),
    on("view-invitations", parties=["gm0362"]),
    on("views-missed", party="pv27-ps", invitation="{i#seq}"),
    on("reply-notes", letters=23, items=212),
    on("advice-requests", body="mra-bestuur"),
    on("advice", voice={"as": "own", "members": ["pv27"]}, text="Wacht nog."),
    on("polls", question="Meer?", among="pv27-ps"),
    on("resolutions", voice={"as": "outside", "parties": ["pv27-ps-g1"]}, text="Doe minder."),
    line("/views/{v}/answers", CLERK, outcome="noted", reason="Gedeeld."),
    line("/advice/{a}/answers", CLERK, outcome="adopted", by="mra-av", reason="Terecht."),
    line("/undertakings/{u}/progress", CLERK, text="Nog bezig."),
    line("/undertakings/{u}/closing", CLERK),
)
"""What the assembly's clerk records, and nobody else."""

OWN_WORD = (
    position(voice={"as": "own", "layer": "council"}),
    standpoint("gm0363", as_="own"),
    explanation(),
    revision("undecided"),
    withdrawal(),
    of_standpoint("amendments", text="Anders."),
    of_standpoint("withdrawal"),
    of_standpoint("departures", member="gm0363"),
    of_standpoint("answers", voice=OWN, text="Daar blijven wij bij."),
    on("remarks", voice=OWN, text="Vaag."),
    on("evidence", of="{p#seq}", evidence=[{"grade": "own-statement"}]),
    on("views", voice=OWN, text="Meer groen.", kind="view"),
    on("views-declined", party="gm0363"),
    on("undertakings", voice=OWN, text="Een nieuwe afweging."),
)
"""What a member's representative says for itself, and the clerk may key in as well."""

MEMBERS_ONLY = (
    correction("p", {"member": "gm0363", "stance": "undecided", "voice": {"as": "own"}}, "position.recorded"),
    correction("s"),
)
CONFIRMED = on("confirmations", upTo="{d#seq}")

TABLE: list[tuple[Line, frozenset[str]]] = [
    *((each, frozenset({ADMIN})) for each in ADMINISTERED),
    *((each, frozenset({CLERK})) for each in KEPT),
    *((each, frozenset({CLERK, "gm0363"})) for each in OWN_WORD),
    *((each, frozenset({"gm0363"})) for each in MEMBERS_ONLY),
    (CONFIRMED, frozenset({COLLEAGUE})),
]


def told() -> Given:
    return given(*BEFORE)


@pytest.mark.parametrize("who", [*ACCOUNTS, "import"])
@pytest.mark.parametrize(("asked", "allowed"), TABLE, ids=lambda value: value.post if isinstance(value, Line) else "")
def test_who_may_record_it_does_and_nobody_else(asked: Line, allowed: frozenset[str], who: str) -> None:
    answer = told().when(asked, by=who)
    if who in allowed or (who == "import" and asked != CONFIRMED):
        answer.then_records()
    elif asked == CONFIRMED and who in {CLERK, "import"}:
        answer.then_refused(no.OwnEntry)
    else:
        answer.then_refused(NoMandate if who == GUEST else NotYours)


def test_the_table_forgets_no_write() -> None:
    asked = {
        tuple(part for part in each.post.split("/") if not part.startswith("{") and part not in {"x", "y", "ijmond"})
        for each, _ in TABLE
    }
    known = {tuple(part for part in write.path.split("/") if not part.startswith("{")) for write in WRITES}
    assert known - asked == set()


@pytest.mark.parametrize(
    ("today", "holds"),
    [(date(2022, 12, 31), False), (date(2023, 1, 1), True), (date(2024, 6, 30), True), (date(2024, 7, 1), False)],
)
def test_a_mandate_holds_from_its_first_day_to_its_last(today: date, holds: bool) -> None:  # noqa: FBT001  # a column of the table
    told = given(decision(on="2022-01-01")).mandate(
        "later", "representative", "gm0402", from_="2023", until="2024-06-30"
    )
    answer = told.when(position("gm0402", on="2022-06-01"), by="later", today=today)
    if holds:
        answer.then_records()
    else:
        answer.then_refused(NoMandate)


def test_the_mandate_that_covers_a_fact_is_the_one_it_is_recorded_by() -> None:
    several = (
        given(decision())
        .mandate("both", "representative", "gm0402")
        .mandate("both", "clerk", "mra-av")
        .mandate("both", "administrator", "mra")
    )
    assert several.when(position("gm0402", on="2023"), by="both").then_records().last().for_ == "gm0402"
    assert several.when(outcome(), by="both").then_records().last().for_ == "mra-av"
    several.when(member("new"), by="both").then("member.admitted")
    several.when(position("pv27", stance="departs", reasonMissing="not-given"), by="both").then_records()


def test_a_second_reader_confirms_for_its_own_body() -> None:
    told = given(decision()).mandate("reader", "confirmer", "mra-bestuur")
    told.when(on("confirmations", "reader", upTo=1)).then_refused(NotYours)
    told.when(on("confirmations", COLLEAGUE, upTo=1)).then("decision.confirmed")


def test_a_mandate_that_ended_gives_way_to_another_one_of_the_same_account() -> None:
    told = (
        given(decision()).mandate("both", "representative", "gm0402", until="2022").mandate("both", "clerk", "mra-av")
    )
    assert told.when(position("gm0402"), by="both").then_records().last().for_ == "mra-av"


def test_a_representative_speaks_for_its_own_member_alone() -> None:
    for voice in (
        {"as": "joint", "members": ["gm0363", "gm0402"]},
        {"as": "own", "members": ["gm0363", "gm0402"]},
        {"as": "outside", "parties": ["pv27-ps-g1"]},
    ):
        told().when(on("minority-standpoints", "gm0363", voice=voice, text="Anders.")).then_refused(NotYours)
        told().when(position(voice={**voice, "layer": "council"}, as_="gm0363")).then_refused(NotYours)
        told().when(on("remarks", "gm0363", voice=voice, text="Vaag.")).then_refused(NotYours)
    told().when(
        position(voice={"as": "vanuit", "layer": "council", "subregion": "ijmond"}, as_="gm0363")
    ).then_records()
    told().when(on("positions", "gm0363", stance="joins", voice={"as": "namens", "subregion": "ijmond"})).then_refused(
        NotYours
    )


def test_a_representative_moves_only_what_its_member_holds_alone() -> None:
    joint = given(decision(), standpoint("gm0363", "gm0402"))
    joint.when(of_standpoint("amendments", "gm0363", text="Anders.")).then_refused(NotYours)
    joint.when(of_standpoint("withdrawal", "gm0363")).then_refused(NotYours)
    joint.when(of_standpoint("departures", "gm0363", member="gm0402")).then_refused(NotYours)
    left = joint.when(of_standpoint("departures", "gm0402", member="gm0402")).then("minority-standpoint.left")
    left.when(of_standpoint("amendments", "gm0363", text="Anders.")).then("minority-standpoint.amended")


def test_a_member_may_explain_and_revise_what_a_clerk_keyed_in_for_it() -> None:
    keyed = given(decision(), position(stance="departs", reasonMissing="not-found"))
    keyed.when(explanation("gm0363")).then("position.explained")
    keyed.when(revision("joins", "gm0363")).then("position.revised")
    keyed.when(withdrawal("gm0402")).then_refused(NotYours)


def test_a_clerk_keeps_the_decisions_of_its_own_body_whoever_proposed_them() -> None:
    imported = given(decision("d", "import"))
    imported.when(outcome()).then("outcome.recorded")
    imported.when(outcome("noted"), by=REGISTRAR).then_refused(NotYours)
    given().when(decision(decidedBy={"body": "gm0362-raad"})).then_refused(NotYours)
    given().when(decision(decidedBy={"body": "gm0362-raad"}), by=REGISTRAR).then("decision.proposed")


def test_what_each_member_decides_is_kept_by_who_put_it_or_else_by_the_bodies_of_the_region() -> None:
    put = given(each_decides()).mandate("board", "clerk", "mra-bestuur")
    put.when(outcome("agreed", decides="gm0402")).then_records()
    put.when(outcome("agreed", decides="gm0363"), by="board").then_refused(NotYours)
    imported = given(msgspec.structs.replace(each_decides(), as_="import")).mandate("board", "clerk", "mra-bestuur")
    imported.when(outcome("agreed", decides="gm0402")).then_records()
    imported.when(outcome("agreed", decides="gm0363"), by="board").then_records()
    imported.when(outcome("agreed", decides="gm0362"), by=REGISTRAR).then_refused(NotYours)


def test_a_clerk_moves_no_decision_or_meeting_to_another_body() -> None:
    other = {"title": "Begroting", "decidedBy": {"body": "gm0362-raad"}, "kind": "decision", "class": "not-stated"}
    told().when(correction("d", other, "decision.proposed")).then_refused(NotYours)
    moved = {"instead": {"type": "meeting.planned", "data": {"body": "mra-bestuur", "plannedOn": "2022"}}}
    told().when(at("corrections", corrects=1, kind="clerical", grounds="Vergissing.", **moved)).then_refused(NotYours)


def test_a_representative_puts_nothing_of_others_in_the_place_of_its_own_word() -> None:
    others = {"member": "gm0402", "stance": "joins", "voice": {"as": "own"}}
    told().when(correction("p", others, "position.recorded", "gm0363")).then_refused(NotYours)
    joint = {"voice": {"as": "joint", "members": ["gm0363", "gm0402"]}, "text": "Anders."}
    told().when(correction("s", joint, "minority-standpoint.recorded", "gm0363")).then_refused(NotYours)


def test_the_list_that_a_statement_brought_along_is_the_clerks_to_correct() -> None:
    brought = given(decision(), position(as_="gm0363"))
    fewer = {"list": "course-for", "basis": "stated", "members": ["gm0363", "gm0402"]}
    asked = on(
        "corrections",
        corrects=2,
        kind="clerical",
        grounds="Te lang.",
        instead={"type": "parties.listed", "data": fewer},
    )
    brought.when(asked, by="gm0363").then_refused(NotYours)
    brought.when(asked).then("decision.corrected")


def test_a_clerk_corrects_what_a_clerk_or_an_import_recorded_and_a_member_what_it_said_itself() -> None:
    instead = {"member": "gm0402", "stance": "undecided", "voice": {"as": "own", "layer": "executive"}}
    by_clerk = given(decision(), position("gm0402"))
    by_clerk.when(correction("p", instead, "position.recorded"), by="gm0402").then_refused(NotYours)
    by_clerk.when(correction("p", instead, "position.recorded")).then("decision.corrected")
    by_import = given(decision(), position("gm0402", as_="import"))
    by_import.when(correction("p", instead, "position.recorded")).then("decision.corrected")
    by_itself = given(decision(), position("gm0402", as_="gm0402"))
    by_itself.when(correction("p", instead, "position.recorded")).then_refused(NotYours)
    by_itself.when(correction("p", instead, "position.recorded"), by="gm0402").then("decision.corrected")


def test_nobody_confirms_their_own_entry_not_even_under_another_mandate() -> None:
    two = given().mandate("two", "clerk", "mra-av").mandate("two", "confirmer", "mra-av").given(decision("d", "two"))
    two.when(on("confirmations", upTo=1), by="two").then_refused(no.OwnEntry, field="upTo")
    two.when(on("confirmations", upTo=1), by=CLERK).then("decision.confirmed")


def test_one_own_entry_among_those_to_be_confirmed_is_enough_to_refuse() -> None:
    mixed = given().mandate("two", "clerk", "mra-av").given(decision(), part(), on("themes", "two", theme="wonen"))
    mixed.when(on("confirmations", upTo=3), by="two").then_refused(no.OwnEntry)
    mixed.when(on("confirmations", upTo=2), by="two").then("decision.confirmed")
    mixed.when(on("confirmations", upTo=3), by=COLLEAGUE).then("decision.confirmed")


def test_an_import_is_confirmed_by_somebody_and_never_by_an_import() -> None:
    imported = given(decision("d", "import"))
    imported.when(on("confirmations", "import", upTo=1)).then_refused(no.OwnEntry)
    imported.when(on("confirmations", COLLEAGUE, upTo=1)).then("decision.confirmed")


def test_only_what_a_clerk_or_an_import_recorded_waits_to_be_confirmed_and_only_once() -> None:
    told = given(decision())
    told.when(on("confirmations", COLLEAGUE, upTo=1)).then("decision.confirmed")
    told.when(on("confirmations", COLLEAGUE, upTo=1)).then_refused(no.NothingToConfirm, field="upTo")
    told.given(position(as_="gm0363")).when(on("confirmations", COLLEAGUE, upTo=4)).then_refused(no.NothingToConfirm)
    told.given(outcome()).when(on("confirmations", COLLEAGUE, upTo=5)).then("decision.confirmed")


def test_a_confirmation_is_not_confirmed_itself() -> None:
    told = given().mandate("two", "clerk", "mra-av").given(decision(), on("confirmations", "two", upTo=1))
    told.when(on("confirmations", COLLEAGUE, upTo=2)).then_refused(no.NothingToConfirm)


def test_a_correction_waits_to_be_confirmed_like_any_entry_of_a_clerk() -> None:
    told = given(
        decision(), outcome(), on("confirmations", COLLEAGUE, upTo=2), correction("o", AGREED, "outcome.recorded")
    )
    told.when(on("confirmations", COLLEAGUE, upTo=4)).then("decision.confirmed")


def test_a_correction_that_breaks_a_later_entry_is_told_to_who_may_correct() -> None:
    named = Line("b", CLERK, ballot().post, ballot().body)
    told = given(decision(), named, votes(vote("gm0363")))
    told.when(correction("b")).then_cites(BreaksHistory)
    told.when(correction("b"), by="gm0363").then_refused(NotYours)
