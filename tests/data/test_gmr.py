"""The second region: members that come late and leave, a weighted rule with its period, one item with four verbs."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from register.decisions.facts import OutcomeRecorded, PartiesListed
from register.governance import facts as g
from register.history import effective
from register.meetings.facts import MeetingHeld
from register.values import is_exact
from tests.data.told import Told

F = TypeVar("F")


def governance(gmr: Told, kind: type[F]) -> list[F]:
    return [entry.fact for entry in effective(gmr.governance.history) if isinstance(entry.fact, kind)]


def test_eighteen_are_members_until_one_has_left(gmr: Told) -> None:
    counts = {day: len(gmr.governance.members_on(date.fromisoformat(day))) for day in ("2024-07-03", "2025-01-01")}
    assert counts == {"2024-07-03": 18, "2025-01-01": 17}
    assert gmr.governance.subregions == {}


def test_a_departure_is_announced_long_before_it_ends_a_membership(gmr: Told) -> None:
    (said,) = governance(gmr, g.DepartureAnnounced)
    assert (said.member, said.on, said.planned_on) == ("gm1955", "2023-10-05", "2025-01-01")
    assert gmr.governance.is_member("gm1955", date(2024, 12, 31))
    assert not gmr.governance.is_member("gm1955", date(2025, 1, 1))


def test_the_first_day_of_the_late_member_is_known_by_its_year(gmr: Told) -> None:
    vague = {fact.member: fact.from_ for fact in governance(gmr, g.MemberAdmitted) if not is_exact(fact.from_)}
    assert vague == {"gm0209": "2021"}


def test_votes_go_by_inhabitants_with_a_gap_where_the_text_has_one(gmr: Told) -> None:
    (rule,) = [rule for rule in governance(gmr, g.RuleAdopted) if rule.body == "gmr-ab" and rule.subjects is None]
    assert (rule.kind, rule.from_, rule.until, rule.reference) == ("weighted", "2021-01-01", "2026-01-14", "01-01")

    def votes(inhabitants: int) -> list[int]:
        return [
            band.votes
            for band in rule.bands or ()
            if band.least <= inhabitants and (band.most is None or inhabitants <= band.most)
        ]

    assert [votes(number) for number in (1_800, 19_999, 20_000, 49_999, 50_000, 99_999, 180_000)] == [
        [1], [1], [2], [2], [3], [3], [4],
    ]  # fmt: skip
    assert votes(100_000) == []


def test_the_budget_and_the_annual_accounts_have_a_rule_of_their_own(gmr: Told) -> None:
    (rule,) = [rule for rule in governance(gmr, g.RuleAdopted) if rule.subjects is not None]
    assert (rule.body, rule.kind, rule.subjects) == ("gmr-ab", "double-majority", ("begroting", "jaarrekening"))


def test_after_the_changed_agreement_no_rule_is_known(gmr: Told) -> None:
    assert not any(rule.period.holds(date(2026, 1, 15)) for rule in gmr.governance.rules)
    assert any(rule.period.holds(date(2024, 7, 3)) for rule in gmr.governance.rules)


def test_one_item_holds_four_decisions_of_three_kinds_of_verb_in_their_order(gmr: Told) -> None:
    meeting = gmr.made["ab-2024-07-03"].stream
    placed = {
        letter: next(iter(decision.outcomes.values()))
        for decision in gmr.decisions()
        for where, item, letter in decision.places
        if (where, item) == (meeting, "5")
    }
    assert placed == {"a": "noted", "b": "agreed", "c": "adopted", "d": "agreed"}
    assert ("5", None) in gmr.meeting("ab-2024-07-03").items
    assert gmr.decision("jaarrekening-2023").themes == {"jaarrekening"}


def test_each_outcome_of_that_meeting_says_that_no_decision_list_was_found(gmr: Told) -> None:
    meeting = gmr.made["ab-2024-07-03"].stream
    outcomes = [
        entry.fact
        for decision in gmr.decisions()
        if any(place[0] == meeting for place in decision.places)
        for entry in decision.history
        if isinstance(entry.fact, OutcomeRecorded)
    ]
    assert {outcome.verb for outcome in outcomes} == {"noted", "agreed", "adopted", "offered"}
    for outcome in outcomes:
        assert outcome.evidence is not None
        assert outcome.evidence[0].note is not None


def test_sixteen_take_part_and_no_source_names_them(gmr: Told) -> None:
    (listed,) = gmr.said("rpw-uitgangspunten", PartiesListed)
    assert (listed.list, listed.basis, listed.count, listed.members) == ("course-for", "stated", 16, None)
    assert len(gmr.governance.members_on(date(2024, 7, 3))) == 18


def test_who_is_absent_with_notice_is_named_as_far_as_the_sources_go(gmr: Told) -> None:
    (held,) = gmr.said("ab-2024-07-03", MeetingHeld)
    assert [(each.member, each.notice) for each in held.absent or ()] == [("gm0268", True)]
    assert held.present is None
    assert held.stated is not None
    assert (held.stated.present, held.stated.absent) == (None, 3)


def test_an_agenda_alone_makes_no_decision(gmr: Told) -> None:
    meeting = gmr.meeting("ab-2026-02-11")
    assert not meeting.held
    assert len(meeting.items) == 8
    stream = gmr.made["ab-2026-02-11"].stream
    assert not any(where == stream for decision in gmr.decisions() for where, _, _ in decision.places)
