"""Completeness: each thing that is missing is counted once, and no longer when it has come; at both clocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from projections.at import At
from projections.completeness.query import counted, gaps
from projections.completeness.row import Kind
from projections.reading import Connection
from register.decisions import facts as f
from register.governance import facts as g
from register.meetings import facts as m
from register.values import Evidence
from register.vocabulary import DecisionFact
from tests.projections.deciding import D, corrected, instead, on, proposed
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream, text

M = stream("a meeting")
MINUTES = (Evidence(grade="minutes"),)
VOTERS = ("gm1", "gm2", "gm3")


def votes(*voters: str) -> f.VotesRecorded:
    return f.VotesRecorded(ballot=1, votes=tuple(f.Vote(voter=each, choice="for") for each in voters), evidence=MINUTES)


def complete(teller: Teller) -> list[DecisionFact]:
    """A decision of which nothing is missing."""
    return [
        proposed(teller, on="2022-01-01", evidence=MINUTES),
        f.VoteHeld(
            ballot=1, how="hands", unit="member", names="all", stated=f.Tally(for_=3), on="2022-01-01", evidence=MINUTES
        ),
        votes(*VOTERS),
        f.OutcomeRecorded(verb="adopted", how="vote", on="2022-01-01", evidence=MINUTES),
        f.JustificationGiven(text=teller.text("Omdat"), on="2022-01-01", evidence=MINUTES),
        f.DecisionConfirmed(up_to=5),
    ]


async def missing(conn: Connection, at: At = TODAY) -> dict[Kind, list[tuple[int, int | None]]]:
    found: dict[Kind, list[tuple[int, int | None]]] = {}
    for each in await gaps(conn, at):
        found.setdefault(each.kind, []).append((each.n, each.of))
    return found


async def kinds(teller: Teller, *facts: Any, at: At = TODAY) -> set[Kind]:  # noqa: ANN401  # facts of a decision
    teller.tell(D, *facts)
    async with shown(teller) as conn:
        return set(await missing(conn, at))


async def test_of_a_complete_decision_nothing_is_missing(teller: Teller) -> None:
    assert await kinds(teller, *complete(teller)) == set()


async def test_one_vote_less_is_one_name_more_missing(teller: Teller) -> None:
    teller.tell(D, *complete(teller))
    said = {
        "ballot": 1,
        "votes": [{"voter": voter, "choice": "for"} for voter in VOTERS[1:]],
        "evidence": [{"grade": "minutes"}],
    }
    teller.tell(D, corrected(teller, 3, instead("votes.recorded", said)), f.DecisionConfirmed(up_to=7))
    async with shown(teller) as conn:
        before = {each.kind: each.n for each in counted(await gaps(conn, At(TODAY.valid_on, teller.known(D, 6))))}
        after = {each.kind: each.n for each in counted(await gaps(conn, TODAY))}
        assert {kind: after[kind] - before[kind] for kind in after if after[kind] != before[kind]} == {
            "names-missing": 1
        }
        assert (await missing(conn))["names-missing"] == [(1, 3)]


async def test_what_is_said_of_the_rest_needs_no_names(teller: Teller) -> None:
    held = f.VoteHeld(
        ballot=1,
        how="hands",
        unit="member",
        names="some",
        rest="for",
        stated=f.Tally(for_=30, against=1),
        on="2022-01-01",
    )
    against = f.VotesRecorded(ballot=1, votes=(f.Vote(voter="gm1", choice="against"),))
    assert "names-missing" not in await kinds(teller, proposed(teller, on="2022-01-01"), held, against)


async def test_a_bare_question_lacks_outcome_and_sources(teller: Teller) -> None:
    found = await kinds(teller, proposed(teller, on="2022-01-01"))
    assert found == {"no-outcome", "no-evidence", "not-confirmed"}


async def test_an_outcome_by_vote_asks_for_a_ballot_and_a_reason(teller: Teller) -> None:
    outcome = f.OutcomeRecorded(verb="adopted", how="vote", on="2022-01-01")
    found = await kinds(teller, proposed(teller, on="2021-01-01"), outcome)
    assert {"no-ballot", "no-justification"} <= found
    assert "no-outcome" not in found


async def test_it_is_missing_on_the_days_before_it_came(teller: Teller) -> None:
    outcome = f.OutcomeRecorded(verb="adopted", how="vote", on="2022-01-01")
    found = await kinds(teller, proposed(teller, on="2021-01-01"), outcome, at=on("2021-06-01"))
    assert "no-outcome" in found
    assert "no-ballot" not in found


async def test_better_evidence_is_better_than_press_only(teller: Teller) -> None:
    press = (Evidence(grade="press"),)
    teller.tell(D, proposed(teller, on="2022-01-01", evidence=press))
    async with shown(teller) as conn:
        assert (await missing(conn))["press-only"] == [(1, None)]
    teller.tell(D, f.EvidenceAdded(of=1, evidence=MINUTES))
    async with shown(teller) as conn:
        assert "press-only" not in await missing(conn)


async def test_entries_wait_for_a_second_account_when_a_clerk_or_an_import_wrote_them(teller: Teller) -> None:
    for mandate, role in (("clerk", "clerk"), ("member", "representative")):
        granted = g.MandateGranted(mandate=stream(mandate), role=role, for_="mra", from_="2020-01-01")  # type: ignore[arg-type]  # the roles are written out above
        teller.tell(GOVERNANCE, granted)
    teller.tell(D, proposed(teller, on="2022-01-01"), by=stream("member"))
    async with shown(teller) as conn:
        assert "not-confirmed" not in await missing(conn)
    teller.tell(D, *complete(teller)[1:3], by=stream("clerk"))
    async with shown(teller) as conn:
        assert (await missing(conn))["not-confirmed"] == [(2, None)]


async def test_a_struck_decision_lacks_nothing(teller: Teller) -> None:
    struck = f.DecisionStruck(because="exercise", grounds=text("Oefening"))
    assert await kinds(teller, proposed(teller, on="2022-01-01"), struck) == set()


def of_meeting(teller: Teller, *more: Any) -> Sequence[Any]:  # noqa: ANN401  # facts of a meeting
    planned = m.MeetingPlanned(body="mra-av", planned_on="2022-01-01")
    items = [m.AgendaItemPlaced(item=each, title=teller.text(f"Punt {each}")) for each in ("1", "2")]
    return [planned, *items, *more]


async def test_a_meeting_that_was_held_lacks_papers_and_decisions(teller: Teller) -> None:
    teller.tell(M, *of_meeting(teller, m.MeetingHeld(on="2022-01-01")))
    teller.tell(D, *complete(teller), f.DecisionPlaced(meeting=M, item="1"), f.DecisionConfirmed(up_to=7))
    async with shown(teller) as conn:
        found = await missing(conn)
        assert found["meeting-without-papers"] == [(1, None)]
        assert found["items-without-decision"] == [(1, 2)]
        assert found["no-minutes"] == [(1, None)]
        assert "meeting-never-held" not in found
    teller.tell(M, m.DocumentPublished(kind="minutes", state="public"))
    teller.tell(M, m.AgendaItemWithdrawn(item="2", on="2021-12-31"))
    async with shown(teller) as conn:
        assert {"meeting-without-papers", "items-without-decision", "no-minutes"} & set(await missing(conn)) == set()


async def test_a_meeting_in_the_past_was_held_or_cancelled_or_is_asked_for(teller: Teller) -> None:
    teller.tell(M, *of_meeting(teller))
    teller.tell(stream("in a month"), m.MeetingPlanned(body="mra-av", planned_on="2022-02"))
    teller.tell(stream("some time"), m.MeetingPlanned(body="mra-av", planned_on="2022-03-01/2022-04-01"))
    teller.tell(stream("some year"), m.MeetingPlanned(body="mra-av", planned_on="2022"))
    async with shown(teller) as conn:
        days = ("2022-01-01", "2022-01-02", "2022-02-28", "2022-03-01", "2022-04-01", "2022-04-02", "2023-01-01")
        asked = [len((await missing(conn, on(day))).get("meeting-never-held", ())) for day in days]
        assert asked == [0, 1, 1, 2, 2, 3, 4]
    teller.tell(M, m.MeetingCancelled(on="2021-12-01"))
    async with shown(teller) as conn:
        assert len((await missing(conn, on("2022-01-02"))).get("meeting-never-held", ())) == 0


async def test_a_moved_meeting_is_asked_for_on_its_new_day(teller: Teller) -> None:
    teller.tell(M, *of_meeting(teller), m.MeetingRescheduled(planned_on="2022-06-01", on="2021-12-01"))
    async with shown(teller) as conn:
        assert "meeting-never-held" not in await missing(conn, on("2022-05-01"))
        assert "meeting-never-held" in await missing(conn, on("2022-06-02"))


async def test_one_kind_is_asked_alone(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2022-01-01"))
    async with shown(teller) as conn:
        (only,) = await gaps(conn, TODAY, "no-outcome")
        assert (only.kind, only.decision, str(only.title)) == ("no-outcome", D, "Begroting")
        assert await gaps(conn, TODAY, "dissent-without-reason") == []
