"""Minority standpoints: held by whom, joined and left, answered and weighed; and what a voice must say."""

from __future__ import annotations

from typing import Any

import pytest

from register.decisions import refusals as no
from register.decisions import standing_refusals as not_so
from register.refusals import (
    MemberNotInForce,
    NotYetHappened,
    PeriodRunsBack,
    UnknownBody,
    UnknownEntry,
    UnknownMember,
    UnknownParty,
    UnknownSubregion,
)
from tests.given import Given, given
from tests.register.lines import CLERK, Line, body_, decision, of_standpoint, on, part, position, standpoint, weighing

WITHDRAWN = of_standpoint("withdrawal")


def held(*members: str, **more: Any) -> Given:  # noqa: ANN401  # any JSON
    return given(decision(), part(), standpoint(*members, **more))


def said(**voice: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("minority-standpoints", CLERK, "s", voice=voice, text="Platforms kiezen hun voorzitter.")


def test_one_statement_of_three_members_is_held_by_three() -> None:
    told = (
        given(decision())
        .when(standpoint("gm0375", "gm0396", "gm0453"))
        .then("parties.listed", "minority-standpoint.recorded")
    )
    assert told.decision().standpoints[3].holders == {"gm0375", "gm0396", "gm0453"}


def test_a_statement_on_behalf_of_a_sub_region_counts_for_nobody() -> None:
    named = (
        given(decision())
        .when(said(**{"as": "namens"}, subregion="ijmond", members=["gm0375", "gm0453"]))
        .then("minority-standpoint.recorded")
    )
    assert named.decision().standpoints[2].holders == frozenset()
    unnamed = given(decision()).when(said(**{"as": "namens"}, subregion="ijmond")).then("minority-standpoint.recorded")
    assert unnamed.decision().standpoints[2].holders == frozenset()


def test_a_standpoint_is_on_parts_and_against_an_entry_that_exist() -> None:
    told = given(decision(), part(), position())
    told.when(standpoint(parts=["p1"], against=4, alternative="Platforms kiezen zelf.")).then(
        "minority-standpoint.recorded"
    )
    told.when(standpoint(parts=["p1", "p2"])).then_refused(no.UnknownPart, field="parts.1")
    told.when(standpoint(against=9)).then_refused(UnknownEntry, field="against")


def test_a_standpoint_has_a_period_that_runs_forward_and_a_day_that_has_come() -> None:
    given(decision()).when(standpoint(**{"from": "2020", "until": "2021"})).then_records()
    given(decision()).when(standpoint(**{"from": "2021", "until": "2020"})).then_refused(PeriodRunsBack, field="until")
    given(decision()).when(standpoint(on="2026-12")).then_refused(NotYetHappened, field="on")


def test_only_a_member_of_that_day_for_whom_it_was_meant_holds_it() -> None:
    given(decision()).when(standpoint("gm0375", "gm0457", on="2022-03-24")).then_refused(
        no.NotOnTheList, field="voice.members"
    )
    given(decision()).when(standpoint("gm0457", on="2022-03-24")).then_refused(MemberNotInForce, field="voice.members")
    given(decision()).when(standpoint("gm0457", on="2022-03-23")).then_records()
    given(decision()).when(standpoint("gm9999")).then_refused(UnknownMember, field="voice.members.0")


def test_who_adds_something_of_its_own_holds_what_it_adds_to() -> None:
    told = held("gm0375", "gm0453")
    told.when(on("minority-standpoints", voice={"as": "own", "members": ["gm0453"]}, text="Ook dit.", addsTo=4)).then(
        "minority-standpoint.recorded"
    )
    told.when(
        on("minority-standpoints", voice={"as": "own", "members": ["gm0363"]}, text="Ook dit.", addsTo=4)
    ).then_refused(not_so.DoesNotHold, field="addsTo")
    told.when(
        on("minority-standpoints", voice={"as": "own", "members": ["gm0453"]}, text="Ook dit.", addsTo=1)
    ).then_refused(not_so.UnknownStandpoint, field="addsTo")


def test_another_member_joins_once_and_leaves_once() -> None:
    told = held()
    told.when(of_standpoint("supporters", member="gm0375")).then_refused(not_so.AlreadyHolds, field="member")
    told.when(of_standpoint("supporters", member="gm9999")).then_refused(UnknownMember, field="member")
    joined = told.when(of_standpoint("supporters", member="gm0396")).then("minority-standpoint.joined")
    assert joined.decision().standpoints[4].holders == {"gm0375", "gm0396", "gm0453"}
    left = joined.when(of_standpoint("departures", member="gm0396")).then("minority-standpoint.left")
    left.when(of_standpoint("departures", member="gm0396")).then_refused(not_so.DoesNotHold, field="member")
    left.when(of_standpoint("supporters", member="gm0396")).then("minority-standpoint.joined")


def test_who_joins_is_counted() -> None:
    said_ = said(**{"as": "namens"}, subregion="ijmond")
    given(decision(), said_).when(of_standpoint("supporters", member="gm0363")).then(
        "parties.listed", "minority-standpoint.joined"
    )
    given(decision(), said_).when(of_standpoint("supporters", member="gm0457", on="2022-03-24")).then_refused(
        MemberNotInForce, field="member"
    )
    held().when(of_standpoint("supporters", member="gm0457", on="2024")).then_cites(MemberNotInForce)


def test_a_standpoint_is_amended_answered_and_weighed_more_than_once() -> None:
    answered = of_standpoint("answers", voice={"as": "own", "members": ["pv27"]}, text="De provincie besluit.")
    told = held()
    for line in (
        of_standpoint("amendments", text="Anders."),
        answered,
        answered,
        weighing(),
        weighing("adopted", by="mra-av"),
    ):
        told.when(line).then_records()


def test_who_answers_says_who_it_is() -> None:
    held().when(of_standpoint("answers", voice={"as": "own"}, text="Nee.")).then_refused(
        no.VoiceNeedsName, field="voice"
    )
    unknown = {"as": "own", "members": ["gm9999"]}
    held().when(of_standpoint("answers", voice=unknown, text="Nee.")).then_refused(UnknownMember)


def test_who_weighs_is_a_body_that_says_why_and_where_it_landed() -> None:
    held().when(weighing(by="niemand")).then_refused(UnknownBody, field="by")
    held().when(weighing(reasonMissing="not-given")).then_refused(not_so.WeighingNeedsReason, field="reason")
    missing = {"outcome": "noted", "by": "mra-av", "reasonMissing": "not-given"}
    held().when(of_standpoint("weighing", **missing)).then("minority-standpoint.weighed")
    held().when(of_standpoint("weighing", outcome="noted", by="mra-av")).then_refused(not_so.WeighingNeedsReason)
    held().when(weighing(landed={"part": "p1", "n": 1})).then("minority-standpoint.weighed")
    held().when(weighing(landed={"part": "p1", "n": 2})).then_refused(no.UnknownPart, field="landed.part")


ON_IT = (
    of_standpoint("amendments", text="Anders."),
    WITHDRAWN,
    of_standpoint("supporters", member="gm0396"),
    of_standpoint("departures", member="gm0375"),
    of_standpoint("answers", voice={"as": "own", "members": ["pv27"]}, text="De provincie besluit."),
    weighing(),
)


@pytest.mark.parametrize("line", ON_IT, ids=lambda line: line.post)
def test_what_happens_to_a_standpoint_happens_while_it_is_held(line: Line) -> None:
    held().when(line).then_records()
    held().given(WITHDRAWN).when(line).then_refused(not_so.StandpointWithdrawnBefore, field="standpoint")
    given(Line("s", CLERK, "/decisions", decision().body)).when(line).then_refused(
        not_so.UnknownStandpoint, field="standpoint"
    )


@pytest.mark.parametrize("line", ON_IT, ids=lambda line: line.post)
def test_nothing_happens_to_a_standpoint_before_it_can_have_been_made(line: Line) -> None:
    spring = held(on="2021-03-01/2021-05-31")
    early = Line(line.name, line.as_, line.post, {**line.body, "on": "2021-02-28"})
    spring.when(early).then_refused(not_so.BeforeTheStandpoint, field="on")
    spring.when(Line(line.name, line.as_, line.post, {**line.body, "on": "2021-04"})).then_records()
    held(on="2021-05-31").when(Line(line.name, line.as_, line.post, {**line.body, "on": "2021-05-31"})).then_records()
    undated = given(decision(), position("gm0375"), said(**{"as": "joint"}, members=["gm0375", "gm0453"]))
    undated.when(early).then_records()


def test_an_own_statement_names_who_made_it_and_one_for_others_whom_it_is_for() -> None:
    given(decision()).when(said(**{"as": "own"})).then_refused(no.VoiceNeedsName, field="voice")
    given(decision()).when(said(**{"as": "own"}, subregion="ijmond")).then_refused(no.VoiceNeedsName)
    given(decision()).when(said(**{"as": "vanuit"}, subregion="ijmond")).then_refused(no.VoiceNeedsName)
    given(decision()).when(said(**{"as": "joint"}, subregion="ijmond")).then_records()
    given(decision()).when(said(**{"as": "joint"})).then_refused(no.VoiceNeedsName)
    given(decision()).when(said(**{"as": "own"}, layer="group", parties=["pv27-ps-g1", "pv27-ps-g2"])).then_records()
    given(decision()).when(said(**{"as": "namens"}, body="mra-bestuur")).then_records()


def test_who_speaks_from_a_group_binds_nobody_else_and_who_speaks_from_outside_has_no_seat() -> None:
    given(decision()).when(said(**{"as": "vanuit"}, members=["gm0375"], subregion="ijmond")).then_records()
    given(decision()).when(said(**{"as": "vanuit"}, members=["gm0375", "gm0453"])).then_refused(
        no.VanuitSpeaksForOne, field="voice.members"
    )
    given(decision()).when(said(**{"as": "outside"}, parties=["pv27-ps-g1"])).then_records()
    given(decision()).when(said(**{"as": "outside"}, members=["gm0375"])).then_refused(
        no.OutsideHasNoSeat, field="voice.members"
    )


def test_a_voice_names_whom_the_register_knows_and_nobody_twice() -> None:
    joint = {"as": "joint"}
    given(decision()).when(said(**joint, members=["gm0375", "gm0375"])).then_cites(no.NamedTwice)
    given(decision()).when(said(**joint, members=["gm0375"], dissent=["gm9999"])).then_refused(
        UnknownMember, field="voice.dissent.0"
    )
    given(decision()).when(said(**joint, parties=["niemand"])).then_refused(UnknownParty, field="voice.parties.0")
    given(decision()).when(said(**joint, parties=["pv27-ps-g1", "pv27-ps-g1"])).then_refused(
        no.NamedTwice, field="voice.parties.1"
    )
    given(decision()).when(said(**joint, subregion="nergens")).then_refused(UnknownSubregion, field="voice.subregion")
    given(decision()).when(said(**joint, body="niemand")).then_cites(UnknownBody)
    given(body_("platform")).given(decision()).when(said(**joint, parties=["platform"])).then_records()
