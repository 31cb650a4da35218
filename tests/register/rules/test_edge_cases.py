"""The awkward cases that really happened, as far as they are rules: with the codes and the days of the sources."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from register.decisions import refusals as no
from register.decisions import standing_refusals as not_so
from register.decisions.standing import PositionRecorded, PositionWithdrawn
from register.refusals import MemberNotInForce
from tests.given import Given, given_in
from tests.register.lines import (
    ADMIN,
    CLERK,
    Line,
    at,
    ballot,
    body_,
    correction,
    decision,
    departed,
    each_decides,
    item,
    line,
    meeting,
    member,
    of_standpoint,
    on,
    outcome,
    part,
    position,
    rule,
    standpoint,
    vote,
    votes,
    withdrawal,
)
from tests.register.rules.reading_lines import Teller, shipped
from tests.register.rules.told import Told

GMR = (
    "gm0202", "gm1945", "gm0209", "gm0221", "gm0225", "gm0226", "gm0252", "gm1705", "gm1955",
    "gm0944", "gm0268", "gm1734", "gm0274", "gm0275", "gm0277", "gm0293", "gm0296", "gm0299",
)  # fmt: skip
MRA = Path(__file__).parents[3] / "data" / "mra"
EXECUTIVE = {"as": "own", "layer": "executive"}


def administered() -> Teller:
    told = Told()
    told.grant(ADMIN, "administrator", "mra")
    return Teller(told)


@cache
def _mra() -> Told:
    teller = administered()
    for each in shipped(MRA / "01-governance.jsonl", ADMIN):
        teller.tell(each)
    for body in ("mra-av", "mra-platform-ruimte", "gm0362-raad", "gm0402-raad", "pv27-ps"):
        teller.told.grant(CLERK, "clerk", body)
    return teller.told


@cache
def _gmr() -> Told:
    teller = administered()
    for each in (*(member(code, from_="2021") for code in GMR), body_("mra-av", kind="assembly", seats="every-member")):
        teller.tell(each)
    teller.told.grant(CLERK, "clerk", "mra-av")
    return teller.told


def mra(*lines: Line) -> Given:
    """The region of Amsterdam as it ships, and then these."""
    return given_in(_mra()).given(*lines)


def gmr(*lines: Line) -> Given:
    """The eighteen of Arnhem and Nijmegen, and then these."""
    return given_in(_gmr()).given(*lines)


def of(body: str, name: str = "d", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return decision(name, decidedBy={"body": body}, **more)


def listed(list_: str, **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("party-lists", list=list_, basis="stated", **more)


@pytest.mark.parametrize(
    ("day", "members"),
    [("2018-06-01", 36), ("2021-06-01", 35), ("2022-02-01", 34), ("2022-03-23", 34), ("2022-03-24", 33)],
)
def test_the_number_of_members_depends_on_the_day(day: str, members: int) -> None:
    assert len(_mra().governance.members_on(date.fromisoformat(day))) == members


def test_1_weesp_keeps_its_past_and_amsterdam_does_not_inherit_it() -> None:
    told = mra(decision(), part(), position("gm0457", "departs", on="2021-06-01", reason="Te ver weg."))
    after = told.when(position("gm0363", on="2022-06-01")).then("position.recorded")
    assert {each.member for each in after.decision().positions.values()} == {"gm0457", "gm0363"}
    told.when(position("gm0457", part="p1", on="2022-03-24")).then_refused(MemberNotInForce, field="member")


def test_1_the_list_is_of_the_day_on_which_it_was_written() -> None:
    for day, members in (("2022-03-23", 34), ("2022-03-24", 33)):
        after = mra(decision()).when(position("gm0363", on=day)).then("parties.listed", "position.recorded")
        assert len(after.decision().lists["course-for"] or ()) == members


def test_2_a_bill_ends_no_membership() -> None:
    governance = _mra().governance
    assert governance.is_member("gm1696", date(2027, 6, 1))
    assert "succession.planned" in {entry.fact.TYPE for entry in governance.history}


def test_3_uitgeest_is_a_member_before_it_has_a_sub_region() -> None:
    governance, day = _mra().governance, date(2017, 3, 1)
    assert governance.is_member("gm0450", day)
    assert not any(each.period.holds(day) for each in governance.belongings.get("gm0450", ()))


def test_4_montferland_is_a_member_still_and_not_on_the_list_of_the_decision() -> None:
    announced = line("/members/gm1955/departure-announcements", ADMIN, on="2023-10-05", plannedOn="2025-01-01")
    sixteen = [code for code in GMR if code not in {"gm1955", "gm0944"}]
    told = gmr(
        announced, decision(on="2024-07-03"), listed("course-for", members=sixteen), departed("gm1955", "2024-12-31")
    )
    told.when(position("gm1955", on="2024-07-03")).then_refused(no.NotOnTheList, field="member")
    told.when(position("gm0268", on="2024-07-03")).then("position.recorded")
    told.when(ballot(on="2024-07-03")).then_records().when(votes(vote("gm1955"))).then(
        "parties.listed", "votes.recorded"
    )


def test_5_voters_consulted_and_those_the_course_is_for_are_three_lists() -> None:
    told = gmr(
        decision(on="2024-07-03"),
        listed("voters", members=list(GMR)),
        listed("consulted", count=17),
        listed("course-for", count=16),
    )
    lists = told.when(ballot()).then_records().decision().lists
    assert (len(lists["voters"] or ()), lists["consulted"], lists["course-for"]) == (18, None, None)


def test_8_amstelveen_votes_for_and_calls_it_vague_and_these_are_two_facts() -> None:
    council = of("gm0362-raad", on="2022-06-15")
    voted = mra(council).when(ballot(names="none", rest="for", unit="group", on="2022-06-15")).then("vote.held")
    remark = on(
        "remarks",
        voice={"as": "own", "layer": "group", "members": ["gm0362"]},
        text="Vaag.",
        on="2022-06-15",
        evidence=[{"act": "statement-in-meeting", "grade": "press"}],
    )
    said = voted.given(outcome("agreed", on="2022-06-15")).when(remark).then("remark.recorded")
    assert [entry.seq for entry in said.history("d")] == [1, 2, 3, 4]
    said.given(decision("e")).when(
        on(
            "positions",
            to="{e}",
            member="gm0362",
            stance="joins",
            voice={"as": "own", "layer": "council"},
            basis="{d}",
            on="2022-06-15",
        )
    ).then_records()


def test_9_the_states_amend_the_letter_of_their_executive_with_a_group_divided_and_one_absent() -> None:
    letter = of("pv27-ps", "e", kind="advice", on="2022-06-20")
    amended = of("pv27-ps", kind="amendment", number="A56-2022", links=[{"rel": "amends", "to": "{e}"}])
    named = votes(vote("pv27-ps-g1", "against"), vote("pv27-ps-g6", "divided"), vote("pv27-ps-g7", "absent"))
    after = (
        mra(letter, amended, ballot(names="some", rest="for", unit="group", on="2022-07-04")).when(named).then_records()
    )
    assert after.decision().ballots[1].voted == {"pv27-ps-g1", "pv27-ps-g6", "pv27-ps-g7"}


def test_10_the_same_idea_has_opposite_outcomes_in_two_councils() -> None:
    told = mra(of("gm0362-raad", "zaanstad"), of("pv27-ps", "noord-holland"))
    told.when(on("outcome", to="{zaanstad}", verb="adopted", on="2022-08")).then_records()
    told.when(on("outcome", to="{noord-holland}", verb="rejected", on="2022-07")).then_records()


def test_11_hilversum_is_overruled_by_its_council_and_the_record_of_before_stays() -> None:
    council = of("gm0402-raad", "r", on="2020-06-16")
    told = mra(
        council,
        decision(),
        part("p2"),
        position("gm0402", part="p2", on="2019-12", voice={**EXECUTIVE, "backing": "not-asked"}),
    )
    after = told.when(withdrawal(because="{r}", rel="overrules", on="2020-06")).then("position.withdrawn")
    assert [type(entry.fact) for entry in after.history("d")[-2:]] == [PositionRecorded, PositionWithdrawn]
    told.when(
        position(
            "gm0402", "departs", part="p2", reason="De raad houdt het aan.", voice={"as": "own", "layer": "council"}
        )
    ).then_records()


def test_11_a_mandate_found_missing_later_is_a_ruling_and_corrects_the_record() -> None:
    told = mra(decision(), position("gm0402", on="2019-12", voice={**EXECUTIVE, "backing": "not-stated"}))
    ruling = {"member": "gm0402", "stance": "joins", "on": "2019-12", "voice": {**EXECUTIVE, "backing": "not-asked"}}
    told.when(correction("p", ruling, "position.recorded")).then("decision.corrected")


def test_12_to_depart_can_be_a_deed_whose_reason_was_not_found() -> None:
    deed = position(
        "gm0363",
        "departs",
        part="p-financing",
        on="2022",
        reasonMissing="not-found",
        evidence=[{"act": "deed", "grade": "decision-list"}],
    )
    after = mra(decision(), part("p-financing")).when(deed).then_records()
    assert [(each.stance, each.explained) for each in after.decision().positions.values()] == [("departs", False)]


def test_13_bloemendaal_departs_on_one_part_and_says_nothing_of_the_others() -> None:
    departs = position(
        "gm0377",
        "departs",
        part="p7",
        n=1,
        on="2022-02",
        reason="Elke kustplaats is anders.",
        voice={"as": "own", "layer": "not-stated"},
    )
    state = mra(decision(), part("p7"), part("p8")).when(departs).then_records().decision()
    assert state.in_force(("gm0377", "not-stated", "p7")) is not None
    assert state.in_force(("gm0377", "not-stated", "p8")) is None
    assert state.in_force(("gm0377", "not-stated", None)) is None


def test_14_what_a_mayor_tells_a_reporter_is_no_position() -> None:
    told = mra(decision()).when(
        position("gm0034", "undecided", on="2023-03", evidence=[{"act": "interview", "grade": "press"}])
    )
    told.then_refused(not_so.InterviewIsNoPosition, field="evidence")


def test_15_corporations_support_what_they_do_not_sign() -> None:
    outside = line("/parties", ADMIN, code="x-corporaties", kind="organisation", name="Woningcorporaties")
    told = mra(
        outside,
        each_decides(who="party", kind="agreement"),
        listed("signatories", members=["pv27", "pv24", "gm0363"]),
        listed("consulted", members=["x-corporaties"]),
    )
    told.when(outcome("signed", decides="gm0363", on="2023-03-15")).then("outcome.recorded")
    told.when(outcome("signed", decides="x-corporaties", on="2023-03-15")).then_refused(
        no.NotOnTheList, field="decides"
    )
    voice = {"as": "outside", "parties": ["x-corporaties"]}
    told.when(on("positions", stance="joins", voice=voice)).then_cites(no.OutsideHasNoSeat)
    told.when(on("remarks", voice=voice, text="Steun voor de bedoeling, geen handtekening.")).then("remark.recorded")


def test_17_planned_on_one_day_and_held_on_another() -> None:
    told = mra(meeting()).when(at("reschedulings", plannedOn="2022-09-21")).then("meeting.rescheduled")
    assert [entry.fact.TYPE for entry in told.when(at("holding", on="2022-09-21")).then_records().history("m")] == [
        "meeting.planned",
        "meeting.rescheduled",
        "meeting.held",
    ]


def test_18_amsterdam_and_the_vervoerregio_are_two_voters_and_amsterdam_one() -> None:
    told = mra(decision(), ballot(), votes(vote("so0001"), vote("gm0363")))
    told.when(votes(vote("gm0363"))).then_refused(no.VoterTwice)
    seats = told.when(votes(vote("pv24"))).then_records().decision().lists["voters"] or frozenset()
    assert {"so0001", "gm0363"} < seats
    assert len(seats) == 33


def test_18_flevoland_speaks_with_its_sub_region_and_keeps_its_own_seat() -> None:
    joint = standpoint("gm0034", "gm0995", "pv24", on="2023-10")
    after = mra(decision()).when(joint).then_records().when(position("pv24", on="2023-11")).then_records()
    assert after.decision().standpoints[3].holders == {"gm0034", "gm0995", "pv24"}


def test_19_one_item_holds_four_decisions_with_their_own_verbs_and_one_of_them_returns() -> None:
    told = gmr(meeting(), item("5"))
    for letter, verb in zip("abcd", ("noted", "agreed", "adopted", "agreed"), strict=True):
        placed = on("placements", meeting="{m}", item="5", letter=letter)
        told.given(decision(), placed).when(outcome(verb, on="2024-07-03")).then("outcome.recorded")
    told.given(meeting(), item("3")).when(on("placements", meeting="{m}", item="3")).then("decision.placed")
    told.when(outcome("repealed", on="2026-02-11")).then("outcome.recorded")


def test_20_absent_with_notice_is_neither_present_nor_a_vote() -> None:
    held = at("holding", on="2021-12-22", present=["gm0363"], absent=[{"member": "gm0392", "notice": True}])
    told = mra(meeting()).when(held).then("meeting.held").given(decision(), ballot(how="without-vote", names="none"))
    assert told.when(outcome("agreed", how="without-vote")).then_records().decision().positions == {}


def test_21_with_no_rule_there_is_none_and_weights_have_the_day_they_are_fixed() -> None:
    bands = [{"least": 0, "most": 40000, "votes": 1}, {"least": 40001, "votes": 2}]
    gmr().when(rule("mra-av", "double-majority", bands=bands, subjects=["rpw"], reference="01-01")).then("rule.adopted")
    assert _mra().governance.rules == ()


def test_f_and_g_ijmond_is_three_and_gooi_en_vechtstreek_nobody() -> None:
    told = mra(
        each_decides(), part(), standpoint("gm0375", "gm0396", "gm0453", on="2021-03-01/2021-05-31", parts=["p1"])
    )
    answered = of_standpoint("answers", voice={**EXECUTIVE, "members": ["pv27"]}, text="De provincie besluit.")
    state = told.when(answered).then_records().decision()
    assert [len(each.holders) for each in state.standpoints.values()] == [3]
    namens = on(
        "minority-standpoints",
        voice={"as": "namens", "layer": "executive", "subregion": "gooi-en-vechtstreek"},
        text="Niet verder formaliseren.",
        **{"from": "2020", "until": "2021"},
    )
    assert [len(each.holders) for each in told.when(namens).then_records().decision().standpoints.values()] == [3, 0]
