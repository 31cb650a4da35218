"""Positions: a member joins or departs, on the whole or on a part, says why, and may change or withdraw it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from register.decisions import refusals as no
from register.decisions import standing_refusals as not_so
from register.refusals import MemberNotInForce, NotADay, NotYetHappened, UnknownMember
from tests.given import Given, given
from tests.register.lines import (
    CLERK,
    REGISTRAR,
    Line,
    correction,
    decision,
    departed,
    explanation,
    member,
    on,
    part,
    position,
    revision,
    withdrawal,
)
from tests.register.rules.saying import fact

DISSENT = ["departs", "joins-with-reservation", "does-not-take-part"]
WHY = {"reason": "De afspraak is doorbroken."}
PRESS = {"grade": "press"}
INTERVIEW = [{"act": "interview", **PRESS}]
NEXT = on("part-versions", part="p1", n=2, text="Minimaal.")
COUNCIL = decision("r", REGISTRAR, decidedBy={"body": "gm0362-raad"})
ABSENT = "11111111-1111-4111-8111-111111111111"


def spoken(as_: str, **voice: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    return {"as": as_, **voice}


def taken(**more: Any) -> Given:  # noqa: ANN401  # any JSON
    return given(decision(), part(), position(as_="gm0363", **more))


def test_a_position_brings_the_list_of_those_for_whom_the_course_is_meant() -> None:
    members = ["gm0362", "gm0363", "gm0375", "gm0396", "gm0402", "gm0453", "pv27"]
    first = (
        given(decision())
        .when(position(as_="gm0363"))
        .then(fact("parties.listed", list="course-for", basis="seats-in-force", members=members), "position.recorded")
    )
    first.when(position("gm0402")).then("position.recorded")


@pytest.mark.parametrize("stance", ["joins", "undecided"])
def test_who_joins_or_has_not_decided_need_not_say_why(stance: str) -> None:
    given(decision()).when(position(stance=stance, as_="gm0363")).then_records()


@pytest.mark.parametrize("stance", DISSENT)
def test_who_dissents_says_why(stance: str) -> None:
    for who in ("gm0363", CLERK, "import"):
        given(decision()).when(position(stance=stance), by=who).then_refused(not_so.ReasonNeeded, field="reason")
        given(decision()).when(position(stance=stance, **WHY), by=who).then_records()


@pytest.mark.parametrize("stance", [*DISSENT, "joins"])
def test_only_a_clerk_or_an_import_writes_that_a_reason_is_missing(stance: str) -> None:
    missing = position(stance=stance, reasonMissing="not-found")
    given(decision()).when(missing, by="gm0363").then_refused(not_so.ReasonIsYours, field="reasonMissing")
    given(decision()).when(missing).then_records()
    given(decision()).when(missing, by="import").then_records()
    both = position(stance=stance, reasonMissing="not-found", **WHY)
    given(decision()).when(both).then_refused(not_so.ReasonAndMissing, field="reasonMissing")


def test_a_member_has_one_position_on_a_part_and_layer() -> None:
    told = taken()
    told.when(position(stance="undecided", as_="gm0363")).then_refused(not_so.PositionInForce, field="member")
    told.when(position(stance="undecided", voice=spoken("own", layer="council"))).then("position.recorded")
    told.when(position(part="p1")).then("position.recorded")
    told.when(position(part="p1")).then_refused(not_so.PositionInForce)
    told.when(position("gm0402")).then("position.recorded")


def test_a_layer_that_is_left_out_is_the_layer_that_is_not_stated() -> None:
    told = given(decision(), position(voice=spoken("own")))
    told.when(position(voice=spoken("own", layer="not-stated"))).then_refused(not_so.PositionInForce)
    told = given(decision(), position(voice=spoken("own", layer="not-stated")))
    told.when(position(voice=spoken("own"))).then_refused(not_so.PositionInForce)


def test_a_withdrawn_position_leaves_its_place_to_a_new_one() -> None:
    taken().given(withdrawal("gm0363")).when(position(stance="undecided", as_="gm0363")).then("position.recorded")


def test_a_position_on_a_part_speaks_of_the_version_that_it_names_or_else_the_newest() -> None:
    told = given(decision(), part(), NEXT)
    assert told.when(position(part="p1")).then_records().decision().positions[5].n == 2
    given(decision(), part(), NEXT).when(position(part="p1", n=1)).then_records()
    told.when(position("gm0402", part="p1", n=3)).then_refused(no.UnknownPart, field="part")
    told.when(position("gm0402", part="p9")).then_refused(no.UnknownPart, field="part")
    told.when(position("gm0402", n=1)).then_refused(not_so.VersionNeedsPart, field="n")


def test_an_amendment_moves_no_position_along() -> None:
    assert given(decision(), part(), position(part="p1")).when(NEXT).then("part.amended").decision().positions[4].n == 1


def test_put_in_place_of_another_a_position_speaks_of_the_version_of_that_moment() -> None:
    told = given(decision(), part(), position(part="p1"), NEXT)
    instead = {"member": "gm0363", "stance": "undecided", "voice": spoken("own", layer="executive"), "part": "p1"}
    after = told.when(correction("p", instead, "position.recorded")).then("decision.corrected")
    assert after.decision().positions[4].n == 1


def test_a_position_is_a_members_and_the_voice_does_not_leave_it_out() -> None:
    nobodys = on("positions", CLERK, stance="joins", voice=spoken("own", members=["gm0363"]))
    given(decision()).when(nobodys).then_refused(not_so.PositionNeedsMember, field="member")
    given(decision()).when(position(voice=spoken("joint", members=["gm0375"]))).then_refused(
        not_so.VoiceLeavesMemberOut
    )
    given(decision()).when(position(voice=spoken("joint", members=["gm0375", "gm0363"]))).then_records()
    given(decision()).when(position("gm9999")).then_refused(UnknownMember, field="member")


def test_a_statement_on_behalf_of_a_group_is_nobodys_position() -> None:
    namens = spoken("namens", layer="executive", subregion="ijmond", members=["gm0375", "gm0453"])
    given(decision()).when(position(voice=namens)).then_cites(not_so.NamensIsNoConsent)
    told = given(decision()).when(on("positions", CLERK, "p", stance="joins", voice=namens)).then("position.recorded")
    told.when(position("gm0453")).then_records()
    told.when(on("positions", stance="departs", voice=namens, **WHY)).then("position.recorded")
    assert "course-for" in told.decision().lists


def test_who_has_no_seat_takes_no_position() -> None:
    outside = spoken("outside", parties=["pv27-ps-g1"])
    given(decision()).when(position(voice=outside)).then_refused(no.OutsideHasNoSeat, field="voice.as")
    given(decision()).when(on("positions", stance="joins", voice=outside)).then_cites(no.OutsideHasNoSeat)


def test_only_a_member_of_that_day_for_whom_it_was_meant_is_counted() -> None:
    given(decision()).when(position("gm0457", on="2022-03-24")).then_refused(MemberNotInForce, field="member")
    given(decision()).when(position("gm0457", on="2022-03-23")).then("parties.listed", "position.recorded")
    meant = given(decision(), on("party-lists", list="course-for", basis="stated", members=["gm0363"]))
    meant.when(position("gm0402")).then_refused(no.NotOnTheList, field="member")
    meant.when(position("gm0363")).then("position.recorded")
    number = given(decision(), on("party-lists", list="course-for", basis="stated", count=16))
    number.when(position("gm0457", on="2023")).then_refused(MemberNotInForce)
    number.when(position("gm0402")).then("position.recorded")


def test_a_vague_day_is_any_day_on_which_the_member_was_one() -> None:
    after = given(decision()).when(position("gm0457", on="2022")).then("parties.listed", "position.recorded")
    assert "gm0457" in (after.decision().lists["course-for"] or ())
    given(decision()).when(position("gm0457", on="2022-03-24/2022-12-31")).then_refused(MemberNotInForce)


def test_a_list_that_is_older_does_not_count_who_left_since() -> None:
    old = given(decision(), position("gm0363", on="2021-03-01"))
    old.when(position("gm0457", on="2021-06")).then("position.recorded")
    gone = given(decision(), position("gm0363", on="2021-03-01"))
    gone.when(position("gm0457", on="2023-01-01")).then_refused(MemberNotInForce, field="member")


def test_a_representative_of_who_has_left_speaks_for_it_no_more_while_a_clerk_may_tell_its_past() -> None:
    told = given(decision(), position("gm0363", on="2021-03-01")).mandate("weesp", "representative", "gm0457")
    told.when(on("positions", "weesp", member="gm0457", stance="joins", voice=spoken("own"))).then_refused(
        MemberNotInForce
    )
    told.when(on("positions", CLERK, member="gm0457", stance="joins", voice=spoken("own"))).then("position.recorded")


def test_an_interview_is_no_position() -> None:
    only = position(stance="departs", evidence=INTERVIEW, **WHY)
    given(decision()).when(only).then_refused(not_so.InterviewIsNoPosition, field="evidence")
    for act in ("none-stated", None):
        more = [*INTERVIEW, {"act": act, **PRESS} if act else PRESS]
        given(decision()).when(position(evidence=more)).then_refused(not_so.InterviewIsNoPosition)
    nothing = [*INTERVIEW, {"act": "none-stated", **PRESS}, PRESS]
    given(decision()).when(position(evidence=nothing)).then_refused(not_so.InterviewIsNoPosition)
    against = [*INTERVIEW, {"act": "vote", "grade": "minutes", "bearing": "contradicts"}]
    given(decision()).when(position(evidence=against)).then_refused(not_so.InterviewIsNoPosition)


def test_what_the_press_tells_of_a_vote_or_a_letter_is_one() -> None:
    for act in ("vote", "letter", "deed", "statement-in-meeting"):
        given(decision()).when(position(evidence=[*INTERVIEW, {"act": act, **PRESS}])).then_records()
    given(decision()).when(position(evidence=[PRESS])).then_records()


def test_an_interview_revises_and_withdraws_no_position_either() -> None:
    taken().when(revision("undecided", evidence=INTERVIEW)).then_refused(not_so.InterviewIsNoPosition, field="evidence")
    taken().when(withdrawal(evidence=INTERVIEW)).then_refused(not_so.InterviewIsNoPosition, field="evidence")


def test_a_position_rests_on_a_decision_of_the_members_own_council() -> None:
    told = given(decision(), COUNCIL)
    told.when(position(basis="{r}")).then_refused(not_so.BasisIsNotTheirs, field="basis")
    told.when(position("gm0362", basis="{d}")).then_refused(not_so.BasisIsNotTheirs)
    told.when(position("gm0362", basis=ABSENT)).then_refused(no.UnknownDecision, field="basis")
    told.when(position("gm0362", basis="{r}")).then_records()
    struck = on("striking", REGISTRAR, to="{r}", because="exercise", grounds="Een oefening.")
    given(decision(), COUNCIL, struck).when(position("gm0362", basis="{r}")).then_refused(
        no.NamedDecisionStruck, field="basis"
    )


def test_a_position_was_taken_before_today_on_a_day_that_exists() -> None:
    given(decision()).when(position(on="2026-11-22")).then_refused(NotYetHappened, field="on")
    given(decision()).when(position(on="2026-11")).then_records()
    given(decision()).when(position(on="2023-11-31")).then_refused(NotADay, field="on")


def test_a_reason_comes_once_where_there_was_none() -> None:
    told = given(decision(), position(stance="departs", reasonMissing="not-found"))
    told.when(explanation()).then("position.explained").when(explanation()).then_refused(
        not_so.AlreadyExplained, field="position"
    )
    taken(stance="departs", **WHY).when(explanation()).then_refused(not_so.AlreadyExplained)
    given(decision()).when(
        on("positions", CLERK, "p", stance="joins", voice=spoken("namens", subregion="ijmond"))
    ).then_records().when(explanation()).then_records()


def test_what_is_no_position_is_not_explained_revised_or_withdrawn() -> None:
    for line in (explanation(), revision("undecided"), withdrawal()):
        given(Line("p", CLERK, "/decisions", decision().body)).when(line).then_refused(
            not_so.UnknownPosition, field="position"
        )


def test_what_was_withdrawn_is_not_explained_revised_or_withdrawn_again() -> None:
    told = taken().given(withdrawal())
    for line in (explanation(), revision("undecided"), withdrawal()):
        told.when(line).then_refused(not_so.PositionWithdrawnBefore, field="position")


def test_a_revision_changes_something_and_says_why_when_it_dissents() -> None:
    told = taken()
    told.when(revision("joins")).then_refused(not_so.NothingRevised, field="stance")
    told.when(revision("departs", "gm0363")).then_refused(not_so.ReasonNeeded, field="reason")
    told.when(revision("departs", "gm0363", reasonMissing="not-given")).then_refused(not_so.ReasonIsYours)
    told.when(revision("departs", reasonMissing="not-given", **WHY)).then_refused(not_so.ReasonAndMissing)
    after = told.when(revision("departs", "gm0363", **WHY)).then("position.revised")
    assert (after.decision().positions[4].stance, after.decision().positions[4].explained) == ("departs", True)
    after.when(revision("departs", "gm0363", reason="Nog een reden.")).then("position.revised")


def test_a_revision_may_move_a_position_to_another_version_of_its_part() -> None:
    told = given(decision(), part(), position(part="p1"), NEXT)
    assert told.when(revision("joins", n=2)).then("position.revised").decision().positions[4].n == 2
    told.when(revision("joins", n=2)).then_refused(not_so.NothingRevised)
    told.when(revision("joins", n=9)).then_refused(no.UnknownPart, field="part")
    taken().when(revision("undecided", n=1)).then_refused(not_so.VersionNeedsPart, field="n")


def test_a_revision_rests_on_the_members_own_decision() -> None:
    told = given(decision(), COUNCIL, position("gm0362"))
    told.when(revision("undecided", basis="{d}")).then_refused(not_so.BasisIsNotTheirs, field="basis")
    told.when(revision("undecided", basis="{r}")).then("position.revised")


def test_nothing_happens_to_a_position_before_it_was_taken() -> None:
    for early in (revision("undecided", on="2023-03-23"), withdrawal(on="2023-03-23")):
        taken().when(early).then_refused(not_so.BeforeThePosition, field="on")
    for late in (revision("undecided", on="2023-03-24"), withdrawal(on="2023-03-24")):
        taken().when(late).then_records()


def test_who_left_does_not_revise_what_stands_in_its_past() -> None:
    told = given(member("gm1955"), decision()).mandate("montferland", "representative", "gm1955")
    told.given(
        on("positions", "montferland", "p", member="gm1955", stance="joins", voice=spoken("own")),
        departed("gm1955", "2024-12-31"),
    )
    told.when(revision("undecided"), by="montferland").then_refused(MemberNotInForce, field="member")
    told.when(revision("undecided")).then("position.revised")


def test_a_council_overrules_by_a_decision_of_its_own() -> None:
    told = given(decision(), COUNCIL, position("gm0362"))
    told.when(withdrawal(rel="overrules")).then_refused(not_so.OverrulesNeedsDecision, field="because")
    told.when(withdrawal(rel="overrules", because="{d}")).then_refused(not_so.BasisIsNotTheirs, field="because")
    told.when(withdrawal(because=ABSENT)).then_refused(no.UnknownDecision, field="because")
    assert (
        told.when(withdrawal(rel="overrules", because="{r}"))
        .then("position.withdrawn")
        .decision()
        .positions[3]
        .withdrawn
    )


def test_a_position_may_be_withdrawn_because_of_any_decision() -> None:
    taken().given(decision("e")).when(withdrawal(because="{e}")).then("position.withdrawn")


def test_a_position_counts_from_the_last_day_of_a_vague_date_and_never_from_a_day_to_come() -> None:
    assert taken(on="2019-12").when(withdrawal(on="2020-06")).then_records().decision().positions[4].since == date(
        2019, 12, 31
    )
    assert given(decision()).when(position(on="2026")).then_records().decision().positions[3].since == date(
        2026, 11, 21
    )
