"""The meetings of the region: planned and held days, items with their annexes, papers, and decisions in their places."""

from __future__ import annotations

import pytest

from register.decisions.facts import DecisionPlaced, DecisionProposed, OutcomeRecorded
from register.meetings import facts as f
from register.meetings.state import Meeting
from tests.data.told import Told


def of(mra: Told, body: str) -> list[Meeting]:
    return [meeting for meeting in mra.meetings() if meeting.body == body]


@pytest.mark.parametrize(
    ("body", "planned", "held"), [("mra-av", 10, 8), ("mra-bestuur", 7, 5), ("mra-raadtafel", 2, 2)]
)
def test_each_known_meeting_is_there_and_held_only_when_a_source_tells_of_it(
    mra: Told, body: str, planned: int, held: int
) -> None:
    assert len(of(mra, body)) == planned
    assert sum(meeting.held for meeting in of(mra, body)) == held


def test_a_meeting_keeps_the_day_for_which_it_was_planned_beside_the_day_on_which_it_was_held(mra: Told) -> None:
    (planned,) = mra.said("av-2022-09-21", f.MeetingPlanned)
    (moved,) = mra.said("av-2022-09-21", f.MeetingRescheduled)
    (held,) = mra.said("av-2022-09-21", f.MeetingHeld)
    assert (planned.planned_on, moved.planned_on, held.on) == ("2022-09-16", "2022-09-21", "2022-09-21")


def test_two_sources_for_one_day_both_stay(mra: Told) -> None:
    (planned,) = mra.said("av-2024-03-22", f.MeetingPlanned)
    assert planned.planned_on == "2024-03-22"
    assert [each.bearing for each in planned.evidence or ()] == [None, "contradicts"]


def test_annexes_stand_under_their_number_and_letter(mra: Told) -> None:
    assert mra.meeting("av-2023-12-20").items == {
        ("2", "a"), ("4", "a"), ("4", "b"), ("4", "c"), ("5", "a"), ("6", "a"), ("6", "b"),
    }  # fmt: skip
    assert ("3", "b") in mra.meeting("av-2024-06-14").items
    assert mra.meeting("bestuur-2022-04-22").items == {("1", "b")}
    assert len(mra.meeting("bestuur-2024-07-12").items) == 11


def test_a_number_that_no_source_gives_says_so(mra: Told) -> None:
    for meeting in mra.meetings():
        for item, letter in meeting.items:
            assert item.isdigit() == (letter is not None), item
            assert item.isdigit() or item.startswith("z.n.")


def test_some_meetings_have_minutes_some_a_feedback_note_and_some_neither(mra: Told) -> None:
    def papers(name: str) -> list[str]:
        return [fact.kind for fact in mra.said(name, f.DocumentPublished) if fact.kind != "annex"]

    assert papers("av-2021-12-22") == ["minutes"]
    assert papers("av-2023-09-29") == ["feedback-note"]
    assert papers("av-2023-12-20") == ["feedback-note"]
    assert papers("av-2024-02-09") == ["minutes"]
    assert papers("av-2022-11-18") == []


@pytest.mark.parametrize(
    ("name", "kind", "verb", "meeting"),
    [
        ("vicevoorzitter", "appointment", "appointed", "av-2021-12-22"),
        ("mandaat-kwartiermaker", "decision", "mandated", "av-2021-12-22"),
        ("keuze-platformvoorzitters", "decision", "discussed", "av-2022-09-21"),
        ("vrijgave-voortgangsnota-2022", "release", "released", "av-2023-03-24"),
    ],
)
def test_the_assembly_decided_four_things_of_which_the_outcome_is_known(
    mra: Told, name: str, kind: str, verb: str, meeting: str
) -> None:
    decision = mra.decision(name)
    assert decision.proposed is not None
    assert (decision.proposed.kind, decision.kept_by) == (kind, "mra-av")
    assert decision.outcomes == {"": verb}
    assert decision.ballots == {}
    (held,) = mra.said(meeting, f.MeetingHeld)
    assert mra.said(name, OutcomeRecorded)[0].on == held.on
    assert {place[0] for place in decision.places} == {mra.made[meeting].stream}


def test_one_decision_stands_on_three_meetings_and_still_has_no_outcome(mra: Told) -> None:
    placed = {fact.meeting for fact in mra.said("meerjarenbegroting", DecisionPlaced)}
    names = ("av-2022-09-21", "av-2022-11-18", "bestuur-2022-03-25")
    assert placed == {mra.made[name].stream for name in names}
    assert mra.decision("meerjarenbegroting").outcomes == {}


def test_advice_that_was_taken_over_is_a_decision_of_the_board_within_weeks_of_it(mra: Told) -> None:
    decision = mra.decision("planning-mra-agenda")
    assert (decision.kept_by, decision.outcomes) == ("mra-bestuur", {"": "adopted"})
    (proposed,) = mra.said("planning-mra-agenda", DecisionProposed)
    assert [(link.rel, link.to) for link in proposed.links or ()] == [
        ("answers", mra.made["raadtafel-2023-03-14"].stream)
    ]
    (outcome,) = mra.said("planning-mra-agenda", OutcomeRecorded)
    assert (outcome.on, outcome.certain) == ("2023-03-14/2023-05-17", False)


def test_an_item_without_a_known_outcome_is_no_decision(mra: Told) -> None:
    placed = {place[:2] for decision in mra.decisions() for place in decision.places}
    items = {
        (mra.made[line].stream, item)
        for line in ("av-2023-06-23", "av-2024-06-14", "raadtafel-2023-03-14")
        for item, _ in mra.meeting(line).items
    }
    assert items
    assert not items & placed
