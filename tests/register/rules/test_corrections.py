"""Corrections: of every kind of fact, annulled, twice, and never so that what came later would not stand."""

from __future__ import annotations

from typing import Any

import pytest

from register import correcting
from register.decisions import refusals as no
from register.decisions import standing_refusals as not_so
from register.governance import refusals as gov
from register.history import effective
from register.refusals import (
    CorrectsACorrection,
    FirstEntryStays,
    InsteadOfAnotherType,
    MemberNotInForce,
    NotAPayload,
    NothingChanged,
    NotYetHappened,
    PeriodRunsBack,
    UnknownEntry,
    UnknownMember,
)
from register.vocabulary import FACTS
from tests.given import Given, given
from tests.register.lines import (
    ADMIN,
    CLERK,
    COLLEAGUE,
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
)

EXECUTIVE = {"as": "own", "layer": "executive"}
LINKS = [{"rel": "about", "at": "https://example.org/brief.pdf"}]
MANDATE = "33333333-3333-4333-8333-333333333333"


def called(line_: Line, name: str = "it") -> Line:
    """The same write, under the name by which a correction finds it."""
    return Line(name, line_.as_, line_.post, line_.body)


def said(line_: Line, **other: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    """The whole payload of a write, with some fields otherwise; a field that becomes None is left out."""
    return {name: value for name, value in {**line_.body, **other}.items() if value is not None}


GOVERNANCE: dict[str, tuple[Line, dict[str, Any]]] = {
    "body.established": (body_("x"), {"name": "Gremium"}),
    "body.renamed": (
        line("/bodies/mra-bestuur/renamings", ADMIN, name="Bestuur", from_="2020"),
        {"from": "2021", "body": "mra-bestuur"},
    ),
    "body.dissolved": (
        line("/bodies/mra-bestuur/dissolution", ADMIN, until="2024"),
        {"until": "2025", "body": "mra-bestuur"},
    ),
    "member.admitted": (member("x"), {"from": "2018"}),
    "member.renamed": (
        line("/members/gm0363/renamings", ADMIN, name="Stad", from_="2020"),
        {"from": "2021", "member": "gm0363"},
    ),
    "departure.announced": (
        line("/members/gm0363/departure-announcements", ADMIN, plannedOn="2027"),
        {"plannedOn": "2028", "member": "gm0363"},
    ),
    "member.departed": (departed("gm0363", "2024"), {"until": "2025", "member": "gm0363"}),
    "succession.planned": (
        line("/members/gm0362/succession-plans", ADMIN, into="gm0363", plannedOn="2027", status="bill"),
        {"status": "law", "member": "gm0362"},
    ),
    "member.merged": (
        line("/members/gm0362/merger", ADMIN, into="gm0363", until="2024"),
        {"until": "2025", "member": "gm0362"},
    ),
    "party.named": (group("x", "pv27-ps"), {"of": "gm0362-raad"}),
    "subregion.established": (line("/subregions", ADMIN, subregion="x", name="Zuid", from_="2017"), {"from": "2018"}),
    "subregion.joined": (
        line("/subregions/ijmond/members", ADMIN, member="gm0375", from_="2017"),
        {"from": "2018", "subregion": "ijmond"},
    ),
    "subregion.left": (
        line("/subregions/ijmond/departures", ADMIN, member="gm0453", until="2024"),
        {"until": "2025", "subregion": "ijmond"},
    ),
    "seat.assigned": (seat("gm0363"), {"capacity": "namens"}),
    "seat.vacated": (line("/seats/{seat#seq}/vacation", ADMIN, until="2024"), {"until": "2025", "seat": "{seat#seq}"}),
    "mandate.granted": (
        line("/mandates", ADMIN, mandate=MANDATE, role="clerk", for_="mra-av", from_="2021"),
        {"from": "2022"},
    ),
    "mandate.ended": (line("/mandates/{granted}/end", ADMIN, until="2024"), {"until": "2025", "mandate": "{granted}"}),
    "rule.adopted": (rule(), {"kind": "consensus"}),
    "inhabitants.counted": (
        line("/members/gm0363/inhabitants", ADMIN, inhabitants=882_633, on="2022-01-01"),
        {"inhabitants": 882_634, "member": "gm0363"},
    ),
    "theme.named": (theme("x"), {"name": "Lucht"}),
}
MEETING: dict[str, tuple[Line, dict[str, Any]]] = {
    "meeting.planned": (meeting(), {"plannedOn": "2022-09-21"}),
    "meeting.rescheduled": (at("reschedulings", plannedOn="2022-09-21"), {"plannedOn": "2022-09-22"}),
    "meeting.held": (at("holding", on="2022-09-21"), {"present": ["gm0363"]}),
    "meeting.cancelled": (at("cancellation", on="2022-09-15"), {"on": "2022-09-14"}),
    "agenda-item.placed": (item("7"), {"item": "8"}),
    "agenda-item.withdrawn": (at("agenda-item-withdrawals", item="5"), {"on": "2022-09-14"}),
    "document.published": (at("documents", kind="minutes", state="missing"), {"state": "on-request"}),
}
DECISION: dict[str, tuple[Line, dict[str, Any]]] = {
    "decision.proposed": (decision(), {"class": "political-administrative"}),
    "decision.linked": (
        on("links", links=LINKS),
        {"links": [{"rel": "answers", "at": "https://example.org/brief.pdf"}]},
    ),
    "decision.themed": (on("themes", theme="lucht"), {"theme": "wonen"}),
    "decision.placed": (on("placements", meeting="{m}", item="5"), {"letter": "a", "meeting": "{m}"}),
    "part.added": (part("p2"), {"n": 2}),
    "part.amended": (on("part-versions", part="p1", n=2, text="Minimaal."), {"text": "Slechts."}),
    "parties.listed": (on("party-lists", list="consulted", basis="stated", count=16), {"count": 17}),
    "vote.held": (ballot(), {"on": "2023-03-25"}),
    "votes.recorded": (votes(vote("gm0402"), number=2), {"votes": [vote("gm0402", "against")]}),
    "outcome.recorded": (outcome(), {"verb": "agreed"}),
    "justification.given": (on("justifications", text="Zo."), {"text": "Anders."}),
    "remark.recorded": (
        on("remarks", voice={"as": "own", "members": ["gm0362"]}, text="Vaag."),
        {"voice": {"as": "own", "members": ["gm0402"]}},
    ),
    "evidence.added": (on("evidence", of=1, evidence=[{"grade": "minutes"}]), {"evidence": [{"grade": "letter"}]}),
    "position.recorded": (position("gm0402"), {"stance": "undecided"}),
    "position.explained": (explanation(), {"reason": "Te vaag.", "position": "{p#seq}"}),
    "position.revised": (revision("undecided"), {"stance": "joins", "reason": "Toch.", "position": "{p#seq}"}),
    "position.withdrawn": (withdrawal(), {"on": "2023-06-01", "position": "{p#seq}"}),
    "minority-standpoint.recorded": (standpoint("gm0402", "pv27"), {"on": "2021-05-30"}),
    "minority-standpoint.amended": (
        of_standpoint("amendments", text="Anders."),
        {"text": "Nog anders.", "standpoint": "{s#seq}"},
    ),
    "minority-standpoint.withdrawn": (of_standpoint("withdrawal"), {"on": "2023-06-01", "standpoint": "{s#seq}"}),
    "minority-standpoint.joined": (
        of_standpoint("supporters", member="gm0396"),
        {"member": "gm0402", "standpoint": "{s#seq}"},
    ),
    "minority-standpoint.left": (
        of_standpoint("departures", member="gm0375"),
        {"member": "gm0453", "standpoint": "{s#seq}"},
    ),
    "minority-standpoint.answered": (
        of_standpoint("answers", voice={"as": "own", "members": ["pv27"]}, text="Nee."),
        {"text": "Ja.", "standpoint": "{s#seq}"},
    ),
    "minority-standpoint.weighed": (weighing(), {"outcome": "adopted", "standpoint": "{s#seq}"}),
}
OUTSIDE = {"as": "outside", "parties": ["pv27-ps-g1"]}
OF_TABLE = {"as": "own", "body": "mra-bestuur", "parties": ["mra-bestuur"]}
HEARD: dict[str, tuple[Line, dict[str, Any]]] = {
    "views.invited": (on("view-invitations", parties=["pv27-ps"]), {"parties": ["gm0362-raad"]}),
    "view.received": (on("views", voice=OUTSIDE, text="Groen.", kind="view"), {"kind": "reaction"}),
    "view.declined": (on("views-declined", party="gm0362-raad"), {"party": "pv27-ps"}),
    "view.missed": (on("views-missed", party="gm0362-raad", invitation="{i#seq}"), {"party": "pv27-ps"}),
    "view.answered": (
        line("/views/{v}/answers", CLERK, outcome="noted", reason="Gedeeld."),
        {"outcome": "adopted", "view": "{v#seq}"},
    ),
    "reply-note.published": (on("reply-notes", letters=23), {"items": 212}),
    "advice.requested": (on("advice-requests", body="mra-bestuur"), {"body": "mra-av"}),
    "advice.given": (on("advice", voice=OF_TABLE, text="Wacht."), {"text": "Wacht nog."}),
    "advice.answered": (
        line("/advice/{a}/answers", CLERK, outcome="adopted", by="mra-av", reason="Terecht."),
        {"outcome": "noted", "advice": "{a#seq}"},
    ),
    "poll.held": (on("polls", question="Meer?", among="pv27-ps"), {"asked": 100}),
    "resolution.given": (on("resolutions", voice=OUTSIDE, text="Doe minder."), {"to": ["mra-bestuur"]}),
    "undertaking.given": (on("undertakings", voice=OUTSIDE, text="Een afweging."), {"due": "2024"}),
    "undertaking.progressed": (
        line("/undertakings/{u}/progress", CLERK, text="Nog bezig."),
        {"text": "Bijna klaar.", "undertaking": "{u#seq}"},
    ),
    "undertaking.closed": (
        line("/undertakings/{u}/closing", CLERK),
        {"how": "lapsed", "undertaking": "{u#seq}"},
    ),
}
DOSSIER: dict[str, tuple[Line, dict[str, Any]]] = {
    "dossier.opened": (dossier(), {"kind": "theme"}),
    "dossier.retitled": (of_dossier("titles", title="Anders"), {"title": "Nog anders"}),
    "version.published": (of_dossier("versions", version=2, state="concept"), {"state": "final"}),
    "route.planned": (
        of_dossier("routes", steps=[{"step": 1, "plannedOn": "2023-06-23"}]),
        {"steps": [{"step": 1, "plannedOn": "2023-09-29"}]},
    ),
    "route-step.reached": (of_dossier("steps-reached", step=3), {"on": "2023-06-23"}),
    "edition.published": (of_dossier("editions", edition=1, title="2023"), {"edition": 2}),
    "participation-step.chosen": (of_dossier("participation-steps", step=5), {"step": 4}),
    "dossier.closed": (of_dossier("closing"), {"on": "2023-06-23"}),
}
FIRST = {"meeting.planned": "m", "dossier.opened": "f", "decision.proposed": "d"}
"""What a stream of each kind begins with, and the name by which it is called."""
KINDS = {**GOVERNANCE, **MEETING, **DOSSIER, **DECISION, **HEARD}


def before(kind: str) -> Given:
    """What must have been told before each of them can happen; the beginning of a stream is told by the write itself."""
    mandate = line("/mandates", ADMIN, "granted", role="clerk", for_="mra-av", from_="2021")
    governance = given(theme("lucht"), *([] if kind == "seat.assigned" else [seat("gm0363")]), mandate)
    if kind in GOVERNANCE or kind in {"meeting.planned", "dossier.opened"}:
        return governance
    if kind in DOSSIER:
        return governance.given(dossier(), of_dossier("routes", steps=[{"step": 3, "plannedOn": "2024"}]))
    first = governance.given(meeting(), item())
    if kind in MEETING or kind == "decision.proposed":
        return first
    if kind in HEARD:
        return first.given(
            decision(),
            on("view-invitations", CLERK, "i", parties=["pv27-ps", "gm0362-raad"], until="2021-07-12"),
            on("views", CLERK, "v", voice=OUTSIDE, text="Groen.", kind="view"),
            on("advice", CLERK, "a", voice=OF_TABLE, text="Wacht."),
            on("undertakings", CLERK, "u", voice=OUTSIDE, text="Een afweging."),
        )
    return first.given(
        decision(), part(), ballot(2), position(stance="departs", reasonMissing="not-found"), standpoint()
    )


def corrected(kind: str, instead: dict[str, Any] | None) -> Line:
    if kind in GOVERNANCE:
        return mends("it", instead, kind)
    replaced = {"instead": {"type": kind, "data": instead}} if instead is not None else {}
    what = {"corrects": "{it#seq}", "kind": "clerical", "grounds": "Verschrijving.", **replaced}
    stream = "/meetings/{m}" if kind in MEETING else "/dossiers/{f}" if kind in DOSSIER else "/decisions/{d}"
    return line(f"{stream}/corrections", CLERK, **what)


def stands(kind: str) -> Given:
    """The register after the write of a kind, which is called `it`."""
    write, _ = KINDS[kind]
    first = FIRST.get(kind)
    return before(kind).given(write).alias(first, "it") if first else before(kind).given(called(write))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fact_can_be_corrected(kind: str) -> None:
    write, other = KINDS[kind]
    after = stands(kind).when(corrected(kind, said(write, **other))).then_records()
    held = [entry for entry in effective(after.history("it")) if entry.seq == after.seq("it")]
    recorded = after.history("it")[after.seq("it") - 1]
    assert len(held) == 1
    assert held[0].fact != recorded.fact
    assert (held[0].by, held[0].for_, held[0].day) == (recorded.by, recorded.for_, recorded.day)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in FIRST])
def test_every_kind_of_fact_but_the_first_can_be_annulled(kind: str) -> None:
    after = stands(kind).when(corrected(kind, None)).then_records()
    assert not [entry for entry in effective(after.history("it")) if entry.seq == after.seq("it")]


def test_the_table_of_corrections_forgets_no_fact() -> None:
    never = correcting.NEVER_CORRECTED
    written = {name for (name, _), fact in FACTS.items() if fact.KIND != "register"}
    assert written - never == set(KINDS)


def test_what_a_stream_begins_with_is_corrected_and_never_annulled() -> None:
    given(decision()).when(correction("d")).then_refused(FirstEntryStays, field="instead")
    given(meeting()).when(at("corrections", corrects=1, kind="clerical", grounds="Vergissing.")).then_refused(
        FirstEntryStays
    )


def test_the_last_correction_of_an_entry_wins() -> None:
    told = given(decision(), outcome())
    told.when(correction("o", said(outcome("rejected")), "outcome.recorded")).then_records()
    twice = told.when(correction("o", said(outcome("agreed")), "outcome.recorded")).then_records()
    assert twice.decision().outcomes == {"": "agreed"}
    annulled = twice.when(correction("o")).then_records()
    assert annulled.decision().outcomes == {}
    assert annulled.when(correction("o", said(outcome()), "outcome.recorded")).then_records().decision().outcomes == {
        "": "adopted"
    }


def test_a_correction_that_changes_nothing_is_refused() -> None:
    told = given(decision(), outcome())
    told.when(correction("o", said(outcome()), "outcome.recorded")).then_refused(NothingChanged, field="instead")
    told.given(correction("o")).when(correction("o")).then_refused(NothingChanged)
    told.given(correction("o", said(outcome("agreed")), "outcome.recorded")).when(
        correction("o", said(outcome("agreed")), "outcome.recorded")
    ).then_refused(NothingChanged)


def test_the_same_fact_with_a_text_may_have_another_text_which_no_rule_sees() -> None:
    given(decision(), part()).when(correction("p1", said(part()), "part.added")).then("decision.corrected")


def test_a_correction_speaks_of_an_entry_of_the_same_type_that_is_no_correction() -> None:
    told = given(
        decision(),
        outcome(),
        on("confirmations", COLLEAGUE, "c", upTo=2),
        called(correction("o", said(outcome("agreed")), "outcome.recorded"), "k"),
    )
    told.when(correction("c")).then_refused(CorrectsACorrection, field="corrects")
    told.when(correction("k")).then_refused(CorrectsACorrection)
    told.when(correction("o", {"text": "Zo."}, "justification.given")).then_refused(
        InsteadOfAnotherType, field="instead.type"
    )
    told.when(on("corrections", corrects=9, kind="clerical", grounds="Vergissing.")).then_refused(
        UnknownEntry, field="corrects"
    )
    told.when(on("corrections", corrects=5, kind="clerical", grounds="Vergissing.")).then_refused(UnknownEntry)


def test_a_payload_that_its_type_cannot_read_is_refused() -> None:
    told = given(decision(), outcome())
    told.when(correction("o", {"verb": "embraced"}, "outcome.recorded")).then_refused(NotAPayload, field="instead.data")
    told.when(correction("o", {}, "outcome.recorded")).then_refused(NotAPayload)
    newer = {"type": "outcome.recorded", "v": 2, "data": {"verb": "agreed"}}
    told.when(on("corrections", corrects=2, kind="clerical", grounds="Vergissing.", instead=newer)).then_refused(
        NotAPayload
    )


def test_what_stands_instead_keeps_the_rules_itself() -> None:
    told = given(decision(), position("gm0402"))
    told.when(correction("p", said(position("gm0402", "departs")), "position.recorded")).then_refused(
        not_so.ReasonNeeded, field="instead.data.reason"
    )
    told.when(correction("p", said(position("gm9999")), "position.recorded")).then_cites(UnknownMember)
    told.when(correction("p", said(position("gm0402", on="2026-11-22")), "position.recorded")).then_refused(
        NotYetHappened, field="instead.data.on"
    )
    told.when(
        correction(
            "p", said(position("gm0402", evidence=[{"act": "interview", "grade": "press"}])), "position.recorded"
        )
    ).then_refused(not_so.InterviewIsNoPosition)
    given(decision(), each_decides("e")).when(
        correction("d", said(decision(decidedBy={"each": "member"})), "decision.proposed")
    ).then("decision.corrected")


def test_no_later_entry_loses_what_it_stands_on() -> None:
    voted = given(decision(), called(ballot(), "b"), votes(vote("gm0363")))
    voted.when(correction("b")).then_breaks(no.UnknownBallot)
    voted.when(correction("b", said(ballot(how="secret", names="secret")), "vote.held")).then_breaks(
        no.BallotHasNoNames
    )
    voted.when(correction("b", said(ballot(2)), "vote.held")).then_breaks(no.UnknownBallot)
    given(decision(), part(), position(part="p1")).when(correction("p1")).then_breaks(no.UnknownPart, of="p")
    given(decision(), called(position(stance="departs", reasonMissing="not-found"), "p"), explanation()).when(
        correction("p")
    ).then_breaks(not_so.UnknownPosition)
    given(decision(), standpoint(), of_standpoint("supporters", member="gm0396")).when(
        correction("s", said(standpoint("gm0375", "gm0396")), "minority-standpoint.recorded")
    ).then_breaks(not_so.AlreadyHolds)
    given(decision(), outcome()).when(
        correction("d", said(decision(decidedBy={"each": "member"})), "decision.proposed")
    ).then_breaks(no.OutcomeNeedsMember, of="o")
    given(decision(), ballot(), votes(vote("gm0363"))).when(
        correction("d", said(decision(kind="appointment")), "decision.proposed")
    ).then_breaks(no.BallotHasNoNames)


def test_a_voter_is_not_corrected_into_a_second_vote() -> None:
    told = given(decision(), ballot(), called(votes(vote("gm0363")), "v"), votes(vote("gm0402")))
    told.when(correction("v", said(votes(vote("gm0402"))), "votes.recorded")).then_breaks(no.VoterTwice)
    told.when(correction("v", said(votes(vote("gm0362"))), "votes.recorded")).then("decision.corrected")


def test_a_position_is_not_corrected_into_a_place_that_is_taken() -> None:
    told = given(decision(), position("gm0402"), called(position("gm0363"), "q"))
    told.when(correction("p", said(position("gm0363")), "position.recorded")).then_breaks(
        not_so.PositionInForce, of="q"
    )
    told.when(correction("q", said(position("gm0402")), "position.recorded")).then_refused(
        not_so.PositionInForce, field="instead.data.member"
    )


def test_a_decision_that_links_to_others_is_guarded_as_well_as_one_that_does_not() -> None:
    """Entries that lean on other streams are followed though those streams are not read again."""
    council = decision("r", "registrar", decidedBy={"body": "gm0362-raad"})
    linked = given(
        council,
        decision(links=[{"rel": "about", "to": "{r}"}]),
        meeting(),
        item(),
        on("placements", meeting="{m}", item="5"),
    )
    linked.given(called(position("gm0362", basis="{r}"), "p"), called(ballot(), "b"), votes(vote("gm0363")))
    linked.when(correction("b")).then_breaks(no.UnknownBallot)
    linked.when(correction("p", said(position("gm0362", "departs"), reason=None), "position.recorded")).then_refused(
        not_so.ReasonNeeded
    )
    linked.given(withdrawal()).when(correction("p")).then_breaks(not_so.UnknownPosition)


def test_the_same_rule_broken_elsewhere_before_hides_nothing() -> None:
    """Governance is corrected so that an old entry would not be accepted now; another one may not come to break the same rule."""
    told = given(
        member("x"), decision(), called(on("remarks", voice={"as": "own", "members": ["x"]}, text="Vaag."), "one")
    )
    told.given(called(on("remarks", voice={"as": "own", "members": ["gm0363"]}, text="Vaag."), "two"))
    told.given(mends("x"))
    other = {"voice": {"as": "own", "members": ["x"]}, "text": "Vaag."}
    told.when(correction("two", other, "remark.recorded")).then_refused(
        UnknownMember, field="instead.data.voice.members.0"
    )


def test_what_governance_made_wrong_since_does_not_stop_a_correction_of_something_else() -> None:
    told = given(member("x"), decision(), position("x"), ballot(), votes(vote("gm0363")), called(outcome(), "o"))
    told.given(mends("x", said(member("x", from_="2024")), "member.admitted"))
    assert told.when(
        correction("o", said(outcome("agreed")), "outcome.recorded")
    ).then_records().decision().outcomes == {"": "agreed"}
    told.when(correction("p", said(position("x", "undecided")), "position.recorded")).then_records()
    given(decision()).given(member("x", from_="2024")).when(position("x")).then_refused(MemberNotInForce)


def test_a_list_is_corrected_as_long_as_everybody_counted_stays_on_it() -> None:
    told = given(
        decision(),
        on("party-lists", CLERK, "l", list="course-for", basis="stated", members=["gm0363", "gm0402"]),
        position(),
    )
    shorter = {"list": "course-for", "basis": "stated", "members": ["gm0363"]}
    told.when(correction("l", {**shorter, "members": ["gm0402"]}, "parties.listed")).then_breaks(
        no.NotOnTheList, of="p"
    )
    assert told.when(correction("l", shorter, "parties.listed")).then_records().decision().lists == {
        "course-for": frozenset({"gm0363"})
    }
    told.when(position("gm0402")).then_refused(no.NotOnTheList)


def test_a_correction_in_governance_that_breaks_governance_is_refused() -> None:
    told = given(
        body_("x"), called(seat("gm0363", "x"), "seat"), line("/seats/{seat#seq}/vacation", ADMIN, until="2024")
    )
    told.when(mends("seat")).then_breaks(gov.UnknownSeat)
    told.when(mends("seat", said(seat("gm0363", "x", from_="2025")), "seat.assigned")).then_breaks(PeriodRunsBack)


def test_what_was_known_before_a_correction_is_still_what_was_known_then() -> None:
    told = given(decision(), outcome())
    was = told.when(on("justifications", text="Zo.")).then_records()
    then, entries = was.decision(), was.history("d")
    now = was.when(correction("o", said(outcome("rejected")), "outcome.recorded")).then_records()
    assert now.history("d")[: len(entries)] == entries
    assert then.outcomes == {"": "adopted"}
    assert now.decision().outcomes == {"": "rejected"}
