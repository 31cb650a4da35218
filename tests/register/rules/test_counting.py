"""Lists, ballots with their names, and outcomes: who is asked, who is counted, and what the source states."""

from __future__ import annotations

from typing import Any

import pytest

from register.decisions import refusals as no
from register.decisions.facts import PartiesListed
from register.refusals import MemberNotInForce, NotYetHappened, UnknownMember, UnknownParty
from tests.given import given
from tests.register.lines import (
    CLERK,
    REGISTRAR,
    Line,
    ballot,
    correction,
    decision,
    departed,
    each_decides,
    group,
    on,
    outcome,
    part,
    seat,
    vote,
    votes,
)
from tests.register.rules.saying import fact

SEVEN = ["gm0362", "gm0363", "gm0375", "gm0396", "gm0402", "gm0453", "pv27"]
COUNCIL = decision(decidedBy={"body": "pv27-ps"})


def listed(list_: str = "voters", made: str = "l", **more: Any) -> Line:  # noqa: ANN401  # any JSON
    return on("party-lists", CLERK, made, **{"list": list_, "basis": "stated", **more})


def test_a_list_is_written_once_by_name_by_number_or_both() -> None:
    given(decision()).when(listed(members=["gm0363", "pv27-ps-g1", "pv27-ps"])).then("parties.listed")
    given(decision()).when(listed(count=16)).then("parties.listed")
    given(decision()).when(listed(members=["gm0363"], count=16)).then("parties.listed")
    given(decision()).when(listed(members=["gm0363", "gm0402"], count=1)).then_refused(
        no.MembersOrCount, field="members"
    )
    given(decision()).when(listed()).then_refused(no.MembersOrCount)
    given(decision(), listed(count=16)).when(listed(count=17)).then_refused(no.ListWritten, field="list")
    given(decision(), listed(count=16)).when(listed("consulted", count=17)).then("parties.listed")


def test_a_list_names_whom_the_register_knows_and_nobody_twice() -> None:
    given(decision()).when(listed(members=["gm0363", "niemand"])).then_refused(UnknownParty, field="members.1")
    given(decision()).when(listed(members=["gm0363", "gm0363"])).then_refused(no.NamedTwice, field="members.1")


def test_a_ballot_has_a_number_of_its_own() -> None:
    given(decision(), ballot()).when(ballot()).then_refused(no.BallotTaken, field="ballot")
    given(decision(), ballot()).when(ballot(2)).then("vote.held")
    given(decision()).when(ballot(on="2026-11-22")).then_refused(NotYetHappened, field="on")


def test_a_secret_ballot_and_one_on_persons_have_no_names() -> None:
    given(decision()).when(ballot(how="secret", names="some")).then_refused(no.BallotHasNoNames, field="names")
    given(decision()).when(ballot(how="secret", names="secret", stated={"for": 20, "blank": 2})).then("vote.held")
    given(decision(kind="appointment")).when(ballot()).then_refused(no.BallotHasNoNames)
    given(decision(kind="appointment")).when(ballot(names="secret")).then("vote.held")


@pytest.mark.parametrize("names", ["none", "secret", "not-public"])
def test_no_names_come_to_a_ballot_that_has_none(names: str) -> None:
    given(decision(), ballot(names=names)).when(votes(vote("gm0363"))).then_refused(no.BallotHasNoNames, field="votes")


def test_a_ballot_is_on_parts_and_between_options_that_exist() -> None:
    options = [{"option": 1, "title": "Haarlem"}, {"option": 2, "title": "Hilversum"}]
    given(decision(), part()).when(ballot(parts=["p1"], options=options)).then("vote.held")
    given(decision(), part()).when(ballot(parts=["p1", "p2"])).then_refused(no.UnknownPart, field="parts.1")
    given(decision()).when(ballot(options=[options[0], options[0]])).then_refused(
        no.NamedTwice, field="options.1.option"
    )
    given(decision(), ballot(options=options)).when(votes(vote("gm0363", option=2))).then_records()
    given(decision(), ballot(options=options)).when(votes(vote("gm0363", option=3))).then_refused(
        no.UnknownOption, field="votes.0.option"
    )


def test_the_first_names_bring_the_list_of_who_had_a_seat_that_day() -> None:
    given(decision(), ballot()).when(votes(vote("gm0363"))).then(
        fact("parties.listed", list="voters", basis="seats-in-force", members=SEVEN), "votes.recorded"
    )
    weesp = (
        given(decision(), ballot(on="2022-03-23")).when(votes(vote("gm0457"))).then("parties.listed", "votes.recorded")
    )
    assert len(weesp.decision().lists["voters"] or ()) == 8
    given(decision(), ballot(on="2022-03-24")).when(votes(vote("gm0457"))).then_refused(
        no.NotOnTheList, field="votes.0.voter"
    )


def test_the_voters_of_a_board_hold_its_seats_and_those_of_a_council_are_its_groups() -> None:
    board = given(seat("gm0363"), seat("gm0402")).mandate(CLERK, "clerk", "mra-bestuur")
    board.given(decision(decidedBy={"body": "mra-bestuur"}), ballot()).when(votes(vote("gm0363"))).then(
        fact("parties.listed", list="voters", basis="seats-in-force", members=["gm0363", "gm0402"]), "votes.recorded"
    )
    council = given().mandate(CLERK, "clerk", "pv27-ps").given(COUNCIL, ballot(unit="group"))
    council.when(
        votes(vote("pv27-ps-g1", "against"), vote("pv27-ps-g2", "divided", split={"for": 2, "against": 1}))
    ).then(
        fact("parties.listed", list="voters", basis="seats-in-force", members=["pv27-ps-g1", "pv27-ps-g2"]),
        "votes.recorded",
    )


def test_names_arrive_in_pieces_and_each_voter_once() -> None:
    told = given(decision(), ballot(), votes(vote("gm0363")))
    told.when(votes(vote("gm0402", "against"), vote("gm0362", "absent"))).then("votes.recorded")
    told.when(votes(vote("gm0402"))).then_refused(no.VoterTwice, field="votes.0.voter")
    told.when(votes(vote("pv27"), vote("pv27", "against"))).then_refused(no.VoterTwice, field="votes.1.voter")
    assert told.given(ballot(2)).when(votes(vote("gm0402"), number=2)).then("votes.recorded").decision().ballots[
        2
    ].voted == {"gm0402"}


def test_only_who_was_asked_votes_and_only_whom_the_register_knows() -> None:
    given(decision(), listed(members=["gm0363"]), ballot()).when(votes(vote("gm0402"))).then_refused(no.NotOnTheList)
    given(decision(), ballot()).when(votes(vote("pv27-ps-g1"))).then_refused(no.NotOnTheList)
    given(decision(), ballot()).when(votes(vote("niemand"))).then_refused(UnknownParty, field="votes.0.voter")
    given(decision()).when(votes(vote("gm0363"))).then_refused(no.UnknownBallot, field="ballot")


def test_a_list_that_is_no_more_than_a_number_keeps_nobody_out() -> None:
    given(decision(), listed(count=16), ballot()).when(votes(vote("gm0457"))).then("votes.recorded")
    given(decision(), listed(members=["gm0363"], count=16), ballot()).when(votes(vote("gm0402"))).then("votes.recorded")


def test_where_each_party_decides_the_source_says_who_was_asked() -> None:
    told = given(each_decides(who="party"), ballot())
    told.when(votes(vote("pv27-ps-g1"))).then_refused(no.NotOnTheList)
    told.given(listed(members=["pv27-ps-g1", "gm0363"])).when(votes(vote("pv27-ps-g1"))).then("votes.recorded")


def test_a_split_is_written_of_a_divided_group() -> None:
    given(decision(), ballot()).when(votes(vote("gm0363", "divided", split={"for": 1, "against": 2}))).then_records()
    given(decision(), ballot()).when(votes(vote("gm0363", "for", split={"for": 1}))).then_refused(
        no.SplitNeedsDivided, field="votes.0.split"
    )


def test_names_that_do_not_add_up_to_the_stated_tally_are_recorded_beside_it() -> None:
    given(decision(), ballot(stated={"for": 1, "against": 30})).when(
        votes(vote("gm0363"), vote("gm0402"))
    ).then_records()


def test_a_body_states_its_outcome_once_and_it_changes_by_correction_only() -> None:
    told = given(decision(), outcome())
    told.when(outcome("rejected")).then_refused(no.OutcomeStands, field="verb")
    told.when(outcome()).then_refused(no.OutcomeStands)
    changed = told.when(correction("o", {"verb": "rejected", "on": "2023-03-24"}, "outcome.recorded")).then(
        "decision.corrected"
    )
    assert changed.decision().outcomes == {"": "rejected"}


@pytest.mark.parametrize(
    "verb", ["noted", "released", "offered", "discussed", "held-over", "referred-back", "not-stated"]
)
def test_what_is_not_final_may_be_followed_by_what_is(verb: str) -> None:
    given(decision(), outcome(verb)).when(outcome("adopted")).then("outcome.recorded")


@pytest.mark.parametrize("verb", ["adopted", "agreed", "signed", "appointed", "mandated"])
def test_what_holds_can_be_repealed_once(verb: str) -> None:
    told = given(decision(), outcome(verb)).when(outcome("repealed")).then("outcome.recorded")
    told.when(outcome("repealed")).then_refused(no.OutcomeStands)


@pytest.mark.parametrize("verb", ["rejected", "withdrawn", "lapsed"])
def test_what_never_held_is_not_repealed(verb: str) -> None:
    given(decision(), outcome(verb)).when(outcome("repealed")).then_refused(no.OutcomeStands)


def test_parts_may_have_outcomes_of_their_own() -> None:
    told = given(decision(), part(), part("p2"), outcome("adopted", parts=["p1"]))
    told.when(outcome("rejected", parts=["p2"])).then("outcome.recorded")
    told.when(outcome("rejected", parts=["p1"])).then_refused(no.OutcomeStands)
    told.when(outcome("rejected", parts=["p9"])).then_refused(no.UnknownPart, field="parts.0")


def test_an_outcome_comes_from_a_ballot_that_was_held() -> None:
    given(decision(), ballot()).when(outcome(ballot=1)).then("outcome.recorded")
    given(decision(), ballot()).when(outcome(ballot=2)).then_refused(no.UnknownBallot, field="ballot")
    given(decision()).when(outcome(on="2099")).then_refused(NotYetHappened, field="on")


def test_the_course_is_set_by_what_was_adopted_in_versions_that_exist_each_part_once() -> None:
    told = given(decision(), part(), on("part-versions", part="p1", n=2, text="Minimaal."))
    told.when(outcome("noted", sets=[{"part": "p1", "n": 2}])).then_refused(no.CourseNeedsVerb, field="sets")
    told.when(outcome(sets=[{"part": "p1", "n": 3}])).then_refused(no.UnknownPart, field="sets.0.part")
    told.when(outcome(sets=[{"part": "p1", "n": 1}, {"part": "p1", "n": 2}])).then_refused(
        no.NamedTwice, field="sets.1.part"
    )
    told.when(outcome(sets=[{"part": "p1", "n": 2}])).then("outcome.recorded")


def test_what_a_body_decides_is_nobodys_own_decision() -> None:
    given(decision()).when(outcome(decides="gm0363")).then_refused(no.DecidedByBody, field="decides")
    given(decision()).when(outcome(count=30)).then_refused(no.DecidedByBody, field="count")


def test_where_each_member_decides_an_outcome_is_a_members_or_a_total() -> None:
    told = given(each_decides())
    told.when(outcome()).then_refused(no.OutcomeNeedsMember, field="decides")
    told.when(outcome(decides="gm0363", count=30)).then_refused(no.OutcomeNeedsMember)
    told.when(outcome("agreed", decides="gm0363")).then(
        fact("parties.listed", list="course-for", basis="seats-in-force", members=SEVEN), "outcome.recorded"
    )
    told.when(outcome(count=30)).then("outcome.recorded")
    told.when(outcome("rejected", decides="gm0363")).then_refused(no.OutcomeStands)
    told.when(outcome("rejected", decides="gm0402")).then("outcome.recorded")


def test_only_a_member_for_whom_it_was_meant_decides_for_itself() -> None:
    given(each_decides()).when(outcome(decides="pv27-ps-g1")).then_refused(UnknownMember, field="decides")
    given(each_decides()).when(outcome(decides="gm0457")).then_refused(MemberNotInForce, field="decides")
    given(each_decides()).when(outcome(decides="gm0457", on="2022-03-23")).then("parties.listed", "outcome.recorded")
    meant = given(each_decides(), listed("course-for", members=["gm0363"]))
    meant.when(outcome(decides="gm0402")).then_refused(no.NotOnTheList, field="decides")


def test_where_each_party_decides_one_of_those_listed_does() -> None:
    given(each_decides(who="party")).when(outcome("signed", decides="niemand")).then_refused(
        UnknownParty, field="decides"
    )
    signed = given(each_decides(who="party"), listed("signatories", members=["gm0363", "pv27"]))
    signed.when(outcome("signed", decides="pv27")).then("outcome.recorded")
    signed.when(outcome("signed", decides="gm0402")).then_refused(no.NotOnTheList, field="decides")


def test_a_list_is_not_changed_by_what_happens_to_members_later() -> None:
    told = given(decision(), ballot(), votes(vote("gm0363")), departed("gm0402", "2023-01-01"))
    told.when(votes(vote("gm0402"))).then("votes.recorded")


def test_a_list_on_which_somebody_is_counted_is_corrected_and_never_taken_away() -> None:
    told = given(decision(), listed(members=["gm0363", "gm0402"]), ballot(), votes(vote("gm0363")))
    told.when(correction("l")).then_refused(no.ListIsCountedOn, field="corrects")
    other = {"list": "consulted", "basis": "stated", "members": ["gm0363"]}
    told.when(correction("l", other, "parties.listed")).then_cites(no.ListIsCountedOn)
    same = {"list": "voters", "basis": "stated"}
    told.when(correction("l", {**same, "members": ["gm0402"]}, "parties.listed")).then_breaks(no.NotOnTheList)
    told.when(correction("l", {**same, "members": ["gm0363", "gm0362"]}, "parties.listed")).then("decision.corrected")
    given(decision(), listed(members=["gm0363"])).when(correction("l")).then("decision.corrected")


def test_a_list_too_long_for_names_is_a_number() -> None:
    many = given().given(*(group(f"gm0362-raad-g{index}", "gm0362-raad") for index in range(301)))
    asked = many.given(decision("d", REGISTRAR, decidedBy={"body": "gm0362-raad"}), by=REGISTRAR).given(
        ballot(), by=REGISTRAR
    )
    after = asked.when(votes(vote("gm0362-raad-g1")), by=REGISTRAR).then("parties.listed", "votes.recorded")
    listed_ = after.decision().history[2].fact
    assert isinstance(listed_, PartiesListed)
    assert (listed_.members, listed_.count) == (None, 301)
