"""The shipped history is accepted by the rules, line by line, and tells the cases that it is meant to tell."""

from __future__ import annotations

from register.decisions.facts import DecisionProposed, OutcomeRecorded, PartiesListed
from register.decisions.standing import MinorityStandpointRecorded, PositionRecorded
from register.governance.facts import PartyNamed
from register.history import effective
from register.values import Sealed
from tests.data.history import lines
from tests.data.told import TODAY, Told


def test_every_line_is_accepted(mra: Told, gmr: Told) -> None:
    assert set(mra.made) == {line.name for line in lines("mra")}
    assert set(gmr.made) == {line.name for line in lines("gmr")}


def test_a56_has_groups_against_divided_and_absent_and_leaves_the_rest_to_the_source(mra: Told) -> None:
    decision = mra.decision("amendement-a56")
    assert decision.ballots[1].voted == {f"pv27-ps-g{number}" for number in range(1, 8)}
    assert decision.outcomes == {"": "adopted"}


def test_amstelveen_agrees_and_joins_with_that_decision_as_basis(mra: Told) -> None:
    assert mra.decision("raad-amstelveen").outcomes == {"": "agreed"}
    position = mra.decision("meerjarenbegroting").history[mra.made["amstelveen-sluit-aan"].seq - 1].fact
    assert isinstance(position, PositionRecorded)
    assert position.basis == mra.made["raad-amstelveen"].stream


def test_ijmond_is_one_statement_of_three_members_and_gooi_en_vechtstreek_counts_for_none(mra: Told) -> None:
    decision = mra.decision("samenwerkingsafspraken")
    assert decision.standpoints[mra.made["standpunt-ijmond"].seq].holders == {"gm0375", "gm0396", "gm0453"}
    assert decision.standpoints[mra.made["standpunt-gooi"].seq].holders == frozenset()
    assert len([entry for entry in decision.history if isinstance(entry.fact, MinorityStandpointRecorded)]) == 2


def test_the_agreements_set_a_course_for_35_of_whom_one_is_known_by_name(mra: Told) -> None:
    decision = mra.decision("samenwerkingsafspraken")
    assert len(decision.lists["course-for"] or ()) == 35
    assert decision.outcomes == {"pv27": "agreed", "*": "adopted"}
    assert {position.member for position in decision.positions.values()} == {"pv27"}


def test_hilversum_is_withdrawn_and_its_record_first_says_nothing_of_a_mandate(mra: Told) -> None:
    decision = mra.decision("sleutelgebieden")
    seq = mra.made["hilversum-sluit-aan"].seq
    assert decision.positions[seq].withdrawn
    as_recorded = decision.history[seq - 1].fact
    as_it_holds = next(entry.fact for entry in effective(decision.history) if entry.seq == seq)
    assert isinstance(as_recorded, PositionRecorded)
    assert isinstance(as_it_holds, PositionRecorded)
    assert (as_recorded.voice.backing, as_it_holds.voice.backing) == ("not-stated", "not-asked")


def test_amsterdam_departs_without_a_reason_and_bloemendaal_with_one(mra: Told) -> None:
    amsterdam = mra.decision("meerjarenbegroting").positions[mra.made["amsterdam-wijkt-af"].seq]
    bloemendaal = mra.decision("verstedelijkingsstrategie").positions[mra.made["bloemendaal-wijkt-af"].seq]
    assert (amsterdam.stance, amsterdam.explained) == ("departs", False)
    assert (bloemendaal.stance, bloemendaal.explained) == ("departs", True)


def test_the_budget_has_no_outcome_because_none_was_found(mra: Told) -> None:
    assert mra.decision("meerjarenbegroting").outcomes == {}


def test_most_of_the_course_is_not_recorded(mra: Told) -> None:
    """Cells of member by part that an outcome set, against the positions that hold on them."""
    cells = held = 0
    for decision in mra.decisions():
        set_ = {
            part.part
            for entry in decision.history
            if isinstance(entry.fact, OutcomeRecorded)
            for part in entry.fact.sets or ()
        }
        cells += len(set_) * len(mra.governance.members_on(TODAY))
        on_all = sum(position.part is None and not position.withdrawn for position in decision.positions.values())
        on_one = sum(position.part in set_ and not position.withdrawn for position in decision.positions.values())
        held += on_all * len(set_) + on_one
    assert cells == 4 * 33
    assert held == 3


def test_each_decision_is_kept_by_a_body_and_has_a_question(mra: Told) -> None:
    for decision in mra.decisions():
        assert isinstance(decision.proposed, DecisionProposed)
        assert decision.proposed.question is not None
        assert decision.kept_by == (decision.proposed.decided_by.body or "mra-av")


def test_lists_are_of_the_day_they_speak_of(mra: Told) -> None:
    sizes = {
        name: len(mra.decision(name).lists["course-for"] or ())
        for name in ("sleutelgebieden", "samenwerkingsafspraken", "verstedelijkingsstrategie", "meerjarenbegroting")
    }
    assert sizes == {
        "sleutelgebieden": 35,
        "samenwerkingsafspraken": 35,
        "verstedelijkingsstrategie": 34,
        "meerjarenbegroting": 33,
    }
    assert any(isinstance(entry.fact, PartiesListed) for entry in mra.decision("amendement-a56").history)


def test_the_names_of_groups_are_sealed(mra: Told) -> None:
    parties = [entry.fact for entry in mra.governance.history if isinstance(entry.fact, PartyNamed)]
    sealed = {party.kind: isinstance(party.name, Sealed) for party in parties}
    assert sealed == {"political-group": True, "organisation": False}, (
        "the name of a public organisation stands in clear"
    )
