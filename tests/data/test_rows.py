"""Votes and positions of members, each told by its own facts: who voted what, what came of it, and what no source says."""

from __future__ import annotations

import pytest

from register.decisions.facts import DecisionProposed, JustificationGiven, OutcomeRecorded, RemarkRecorded, VoteHeld
from register.decisions.facts import VotesRecorded as Votes
from tests.data.told import Told


def proposed(mra: Told, name: str) -> DecisionProposed:
    (fact,) = mra.said(name, DecisionProposed)
    return fact


def choices(mra: Told, name: str) -> dict[str, set[str]]:
    """Who chose what in the ballots of a decision."""
    found: dict[str, set[str]] = {}
    for fact in mra.said(name, Votes):
        for vote in fact.votes:
            found.setdefault(vote.choice, set()).add(vote.voter)
    return found


def groups(body: str, *numbers: int) -> set[str]:
    return {f"{body}-g{number}" for number in numbers}


def about(mra: Told, name: str) -> set[str | None]:
    """The streams that a decision is about."""
    return {link.to for link in proposed(mra, name).links or () if link.rel == "about"}


def stream(mra: Told, name: str) -> str:
    return mra.made[name].stream


def test_row_1_the_province_amends_its_own_letter_against_five_groups_with_one_divided_and_one_absent(
    mra: Told,
) -> None:
    ps = "pv27-ps"
    assert choices(mra, "amendement-a56") == {
        "against": groups(ps, 1, 2, 3, 4, 5),
        "divided": groups(ps, 6),
        "absent": groups(ps, 7),
    }
    (ballot,) = mra.said("amendement-a56", VoteHeld)
    assert (ballot.rest, ballot.names) == ("for", "some")
    assert mra.decision("amendement-a56").outcomes == {"": "adopted"}
    assert mra.said("amendement-a56", JustificationGiven)[0].text.words == "quoted"
    assert len(mra.decision("amendement-a56").lists["voters"] or ()) == 15


def test_row_3_an_amendment_whose_result_no_source_gives_has_no_outcome(mra: Told) -> None:
    amendment = proposed(mra, "amendement-financieel-kader")
    assert (amendment.kind, amendment.on) == ("amendment", "2022-07-04")
    assert [link.rel for link in amendment.links or ()] == ["amends", "about"]
    assert mra.decision("amendement-financieel-kader").outcomes == {}
    assert mra.decision("amendement-financieel-kader").ballots == {}


def test_row_4_a_motion_that_everybody_supported_but_two_who_were_not_there(mra: Told) -> None:
    assert choices(mra, "motie-m153") == {"absent": groups("pv27-ps", 4, 7)}
    (ballot,) = mra.said("motie-m153", VoteHeld)
    assert (ballot.rest, ballot.stated) == ("for", None)
    assert proposed(mra, "motie-m153").number == "M153-2021"
    links = [(link.rel, link.to, link.part) for link in proposed(mra, "motie-m153").links or ()]
    assert links == [("about", stream(mra, "samenwerkingsafspraken"), "p2")]
    assert mra.decision("motie-m153").outcomes == {"": "adopted"}
    assert len(mra.decision("motie-m153").lists["voters"] or ()) == 14


def test_row_5_twelve_groups_for_and_one_against(mra: Told) -> None:
    found = choices(mra, "motie-transparantie")
    assert found["for"] == groups("pv27-ps", 1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14)
    assert found["against"] == groups("pv27-ps", 5)
    assert mra.said("motie-transparantie", VoteHeld)[0].rest is None
    assert mra.decision("motie-transparantie").outcomes == {"": "adopted"}


def test_row_6_a_motion_held_over_may_still_be_decided(mra: Told) -> None:
    assert mra.decision("motie-lobby-agenda").outcomes == {"": "held-over"}
    assert mra.decision("motie-lobby-agenda").ballots == {}
    assert mra.said("motie-lobby-agenda", OutcomeRecorded)[0].on == "2021-11-15"


def test_row_7_a_motion_rejected_with_every_named_group_on_its_side(mra: Told) -> None:
    assert choices(mra, "motie-stop-uitbreiding") == {
        "for": groups("gm0363-raad", *range(1, 8)),
        "against": groups("gm0363-raad", *range(8, 13)),
    }
    assert mra.decision("motie-stop-uitbreiding").outcomes == {"": "rejected"}


def test_row_8_only_the_supporters_are_known_and_the_others_are_not_recorded(mra: Told) -> None:
    decision = mra.decision("motie-zaanstad")
    assert choices(mra, "motie-zaanstad") == {"for": groups("gm0479-raad", *range(3, 9))}
    assert mra.said("motie-zaanstad", VoteHeld)[0].rest is None
    assert (decision.lists["voters"] or frozenset()) - decision.ballots[1].voted == groups("gm0479-raad", 1, 2)
    (outcome,) = mra.said("motie-zaanstad", OutcomeRecorded)
    assert (outcome.verb, outcome.on) == ("rejected", "2021-10")
    assert outcome.note is not None
    assert outcome.note.words == "quoted"
    (remark,) = mra.said("motie-zaanstad", RemarkRecorded)
    assert remark.voice.parties == ("gm0479-raad-g1", "gm0479-raad-g2")


def test_row_9_the_same_idea_is_adopted_in_one_council_and_rejected_in_another(mra: Told) -> None:
    budget = stream(mra, "meerjarenbegroting")
    assert about(mra, "motie-inzicht") == {budget}
    assert about(mra, "amendement-zaanstad") == {budget, stream(mra, "motie-inzicht")}
    assert mra.decision("motie-inzicht").outcomes == {"": "rejected"}
    assert mra.decision("amendement-zaanstad").outcomes == {"": "adopted"}
    assert (mra.decision("motie-inzicht").kept_by, mra.decision("amendement-zaanstad").kept_by) == (
        "pv27-ps",
        "gm0479-raad",
    )
    assert proposed(mra, "amendement-zaanstad").certain is False


def test_row_12_a_line_held_for_two_years_is_spoken_for_seven_and_counts_for_none(mra: Told) -> None:
    standpoint = mra.decision("samenwerkingsafspraken").standpoints[mra.made["standpunt-gooi"].seq]
    assert standpoint.holders == frozenset()


@pytest.mark.parametrize(("name", "council"), [("motie-almere", "gm0034-raad"), ("motie-purmerend", "gm0439-raad")])
def test_row_15_two_councils_ask_for_influence_of_their_own(mra: Told, name: str, council: str) -> None:
    motion = proposed(mra, name)
    assert (motion.kind, motion.decided_by.body, motion.on, motion.certain) == ("motion", council, "2023-03", False)
    assert mra.decision(name).outcomes == {"": "adopted"}
    assert mra.decision(name).ballots == {}


def test_no_vote_of_a_council_makes_a_position_of_its_member(mra: Told) -> None:
    """The only position that follows from a vote is the one that its source states: Amstelveen's."""
    held = [position for decision in mra.decisions() for position in decision.positions.values()]
    assert {position.member for position in held} == {"gm0362", "gm0363", "gm0377", "gm0402", "pv27"}
