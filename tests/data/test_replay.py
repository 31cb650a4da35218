"""The shipped history is accepted by the rules, line by line, and tells the cases that it is meant to tell."""

from __future__ import annotations

import uuid
from datetime import date

import msgspec
import pytest

from register.decider import decide, evolve, nothing_yet
from register.decisions.facts import DecisionProposed, OutcomeRecorded, PartiesListed
from register.decisions.standing import MinorityStandpointRecorded, PositionRecorded
from register.decisions.state import Decision
from register.governance.facts import MandateGranted
from register.governance.state import Governance
from register.history import Recorded, effective
from register.values import Sealed
from register.world import Actor, World
from tests.data.history import Place, accounts, asked, lines

TODAY = date(2026, 11, 21)


def name_of(seed: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, seed))


class Told(msgspec.Struct):
    """The register as the history leaves it, kept in memory."""

    governance: Governance
    decisions: dict[str, Decision] = {}
    made: dict[str, Place] = {}
    by: dict[str, str | None] = {}

    def world(self, actor: Actor) -> World:
        return World(
            region="mra", today=TODAY, actor=actor, governance=self.governance, streams=self.decisions, accounts=self.by
        )

    def record(self, name: str, actor: Actor) -> None:
        """Decide one line as its account asks for it, and remember where it was recorded."""
        line = next(line for line in lines() if line.name == name)
        ask = asked(line, self.made)
        cause = name_of(name)
        self.by[cause] = actor.account
        if ask.fact.KIND == "governance":
            _, state = decide((ask.fact,), "governance", cause, self.governance, self.world(actor))
            assert isinstance(state, Governance)
            self.governance = state
            self.made[name] = Place("governance", len(state.history))
            return
        stream = ask.stream or name_of(f"stream of {name}")
        before = self.decisions.get(stream, nothing_yet("decision"))
        said, after = decide((ask.fact,), stream, cause, before, self.world(actor))
        assert isinstance(after, Decision)
        assert said
        self.decisions[stream] = after
        self.made[name] = Place(stream, len(after.history))

    def grant(self, account: str) -> Actor:
        """Give an account the mandates that the demo gives it, in their order."""
        keys = []
        for mandate in accounts()[account]:
            keys.append(name_of(f"{account} {mandate}"))
            fact = msgspec.convert({"mandate": keys[-1], "from": "2026-11-21", **mandate}, MandateGranted)
            entry = Recorded(
                seq=len(self.governance.history) + 1,
                fact=fact,
                by="register",
                for_="mra",
                cause=name_of(account),
                day=TODAY,
            )
            state = evolve(self.governance, entry)
            assert isinstance(state, Governance)
            self.governance = state
        return Actor(account=account, mandates=tuple(keys))

    def decision(self, name: str) -> Decision:
        return self.decisions[self.made[name].stream]


@pytest.fixture(scope="module")
def told() -> Told:
    """Everything recorded: governance by the administrator, then mandates, then the cases by those who hold them."""
    register = Told(Governance())
    actors = {"beheer": register.grant("beheer")}
    for line in lines():
        if line.as_ not in actors:
            actors[line.as_] = register.grant(line.as_)
        register.record(line.name, actors[line.as_])
    return register


def test_every_line_is_accepted(told: Told) -> None:
    assert set(told.made) == {line.name for line in lines()}


def test_a56_has_groups_against_divided_and_absent_and_leaves_the_rest_to_the_source(told: Told) -> None:
    decision = told.decision("amendement-a56")
    assert decision.ballots[1].voted == {f"pv27-ps-g{number}" for number in range(1, 8)}
    assert decision.outcomes == {"": "adopted"}


def test_amstelveen_agrees_and_joins_with_that_decision_as_basis(told: Told) -> None:
    assert told.decision("raad-amstelveen").outcomes == {"": "agreed"}
    position = told.decision("meerjarenbegroting").history[told.made["amstelveen-sluit-aan"].seq - 1].fact
    assert isinstance(position, PositionRecorded)
    assert position.basis == told.made["raad-amstelveen"].stream


def test_ijmond_is_one_statement_of_three_members_and_gooi_en_vechtstreek_counts_for_none(told: Told) -> None:
    decision = told.decision("samenwerkingsafspraken")
    assert decision.standpoints[told.made["standpunt-ijmond"].seq].holders == {"gm0375", "gm0396", "gm0453"}
    assert decision.standpoints[told.made["standpunt-gooi"].seq].holders == frozenset()
    assert len([entry for entry in decision.history if isinstance(entry.fact, MinorityStandpointRecorded)]) == 2


def test_the_agreements_set_a_course_for_35_of_whom_one_is_known_by_name(told: Told) -> None:
    decision = told.decision("samenwerkingsafspraken")
    assert len(decision.lists["course-for"] or ()) == 35
    assert decision.outcomes == {"pv27": "agreed", "*": "adopted"}
    assert {position.member for position in decision.positions.values()} == {"pv27"}


def test_hilversum_is_withdrawn_and_its_record_first_says_nothing_of_a_mandate(told: Told) -> None:
    decision = told.decision("sleutelgebieden")
    seq = told.made["hilversum-sluit-aan"].seq
    assert decision.positions[seq].withdrawn
    as_recorded = decision.history[seq - 1].fact
    as_it_holds = next(entry.fact for entry in effective(decision.history) if entry.seq == seq)
    assert isinstance(as_recorded, PositionRecorded)
    assert isinstance(as_it_holds, PositionRecorded)
    assert (as_recorded.voice.backing, as_it_holds.voice.backing) == ("not-stated", "not-asked")


def test_amsterdam_departs_without_a_reason_and_bloemendaal_with_one(told: Told) -> None:
    amsterdam = told.decision("meerjarenbegroting").positions[told.made["amsterdam-wijkt-af"].seq]
    bloemendaal = told.decision("verstedelijkingsstrategie").positions[told.made["bloemendaal-wijkt-af"].seq]
    assert (amsterdam.stance, amsterdam.explained) == ("departs", False)
    assert (bloemendaal.stance, bloemendaal.explained) == ("departs", True)


def test_the_budget_has_no_outcome_because_none_was_found(told: Told) -> None:
    assert told.decision("meerjarenbegroting").outcomes == {}


def test_most_of_the_course_is_not_recorded(told: Told) -> None:
    """Cells of member by part that an outcome set, against the positions that hold on them."""
    cells = held = 0
    for decision in told.decisions.values():
        set_ = {
            part.part
            for entry in decision.history
            if isinstance(entry.fact, OutcomeRecorded)
            for part in entry.fact.sets or ()
        }
        cells += len(set_) * len(told.governance.members_on(TODAY))
        on_all = sum(position.part is None and not position.withdrawn for position in decision.positions.values())
        on_one = sum(position.part in set_ and not position.withdrawn for position in decision.positions.values())
        held += on_all * len(set_) + on_one
    assert cells == 4 * 33
    assert held == 3


def test_each_decision_is_kept_by_a_body_and_has_a_question(told: Told) -> None:
    for decision in told.decisions.values():
        assert isinstance(decision.proposed, DecisionProposed)
        assert decision.proposed.question is not None
        assert decision.kept_by == (decision.proposed.decided_by.body or "mra-av")


def test_lists_are_of_the_day_they_speak_of(told: Told) -> None:
    sizes = {
        name: len(told.decision(name).lists["course-for"] or ())
        for name in ("sleutelgebieden", "samenwerkingsafspraken", "verstedelijkingsstrategie", "meerjarenbegroting")
    }
    assert sizes == {
        "sleutelgebieden": 35,
        "samenwerkingsafspraken": 35,
        "verstedelijkingsstrategie": 34,
        "meerjarenbegroting": 33,
    }
    assert any(isinstance(entry.fact, PartiesListed) for entry in told.decision("amendement-a56").history)


def test_the_names_of_groups_are_sealed(told: Told) -> None:
    names = [entry.fact.name for entry in told.governance.history if entry.fact.TYPE == "party.named"]  # type: ignore[attr-defined]  # the type says which
    assert names
    assert all(isinstance(name, Sealed) for name in names)
