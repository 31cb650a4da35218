"""What differs in a decision between two moments: what was added, changed, corrected or withdrawn, each with its entry."""

from __future__ import annotations

from random import Random

import pytest

from projections.at import At
from projections.history import query
from projections.history.between import between
from projections.history.row import Between
from projections.reading import Connection
from register.decisions import facts as f
from register.decisions import standing as s
from register.store.roles import Logins
from register.values import Voice
from tests.projections.comparing import DAYS
from tests.projections.deciding import D, corrected, instead, on, position, proposed
from tests.projections.histories import History
from tests.projections.telling import TODAY, Teller, connected, shown, taken_in


async def difference(conn: Connection, before: At | None, after: At = TODAY) -> Between:
    found = await between(conn, D, before, after)
    assert found is not None
    return found


def said(found: Between) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(each.fact, each.how, each.entries) for each in found.changes]


async def test_what_was_learned_in_between_is_added_changed_corrected_or_withdrawn(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2021-01-01"))
    stays = teller.tell(D, position("gm1", "departs", reason_missing="not-found"))
    goes = teller.tell(D, position("gm2", "joins"))
    outcome = teller.tell(D, f.OutcomeRecorded(verb="adopted", on="2022-01-01"))
    before = At(TODAY.valid_on, teller.known(D, outcome))
    explained = teller.tell(D, s.PositionExplained(position=stays, reason=teller.text("te duur"), on="2022-02-01"))
    withdrawn = teller.tell(D, s.PositionWithdrawn(position=goes, on="2022-03-01"))
    mended = teller.tell(
        D, corrected(teller, outcome, instead("outcome.recorded", {"verb": "noted", "on": "2022-01-01"}))
    )
    added = teller.tell(D, f.JustificationGiven(text=teller.text("omdat"), on="2022-01-01"))
    async with shown(teller) as conn:
        found = await difference(conn, before)
        same = await difference(conn, TODAY)
    at = {seq: teller.position(D, seq) for seq in range(1, added + 1)}
    assert sorted(said(found)) == sorted([
        ("position", "changed", (at[explained],)),
        ("position", "withdrawn", (at[withdrawn],)),
        ("outcome", "corrected", (at[mended],)),
        ("correction", "added", (at[mended],)),
        ("justification", "added", (at[added],)),
    ])  # fmt: skip
    assert [each.event.seq for each in found.learned] == [explained, withdrawn, mended, added]
    (was,) = [each for each in found.changes if each.fact == "outcome"]
    assert was.before is not None
    assert was.after is not None
    assert (was.before["verb"], was.after["verb"]) == ("adopted", "noted")
    assert (same.changes, same.learned) == ((), ())


async def test_between_two_days_nothing_is_learned_and_yet_things_happened(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2021-01-01"))
    first = teller.tell(D, position("gm1", "joins", day="2021-06-01"), position("gm2", "joins", day="2021-06-01"))
    revised = teller.tell(D, s.PositionRevised(position=first, stance="departs", on="2022-06-01"))
    withdrawn = teller.tell(D, s.PositionWithdrawn(position=first + 1, on="2022-07-01"))
    async with shown(teller) as conn:
        found = await difference(conn, on("2022-01-01"), on("2023-01-01"))
        back = await difference(conn, on("2023-01-01"), on("2022-01-01"))
    assert found.learned == ()
    assert said(found) == [
        ("position", "withdrawn", (teller.position(D, withdrawn),)),
        ("position", "changed", (teller.position(D, revised),)),
    ]
    (change,) = [each for each in found.changes if each.how == "changed"]
    assert change.before is not None
    assert change.after is not None
    assert (change.before["stance"], change.after["stance"]) == ("joins", "departs")
    assert {how for _, how, _ in said(back)} <= {"gone", "changed"}


async def test_a_moment_does_not_tell_what_happened_to_a_position_only_later(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2021-01-01"))
    first = teller.tell(D, position("gm1", "departs", day="2021-06-01"), position("gm2", "joins", day="2021-06-01"))
    explained = teller.tell(D, s.PositionExplained(position=first, reason=teller.text("te duur"), on="2022-06-01"))
    withdrawn = teller.tell(D, s.PositionWithdrawn(position=first + 1, on="2022-07-01"))
    async with shown(teller) as conn:
        found = await difference(conn, on("2022-01-01"), on("2023-01-01"))
        early = await difference(conn, on("2021-07-01"), on("2022-01-01"))
    assert said(found) == [
        ("position", "changed", (teller.position(D, explained),)),
        ("position", "withdrawn", (teller.position(D, withdrawn),)),
    ]
    for each in found.changes:
        assert each.before is not None
        assert not {"withdrawnOn", "withdrawnBy", "reason", "explainedOn"} & each.before.keys()
    assert early.changes == ()


async def test_an_annulled_entry_was_corrected_away_and_a_struck_decision_says_so(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2021-01-01"))
    wrong = teller.tell(D, position("gm1", "joins"))
    annulled = teller.tell(D, corrected(teller, wrong))
    struck = teller.tell(D, f.DecisionStruck(because="duplicate", grounds=teller.text("dubbel")))
    async with shown(teller) as conn:
        found = await difference(conn, At(TODAY.valid_on, teller.known(D, wrong)))
    at = teller.position(D, annulled)
    assert ("position", "corrected", (at,)) in said(found)
    assert ("struck", "withdrawn", (teller.position(D, struck),)) in said(found)


async def test_before_its_first_entry_everything_is_added_and_of_nothing_there_is_no_difference(teller: Teller) -> None:
    early = teller.known_at(0)
    teller.tell(D, proposed(teller, on="2021-01-01"), position("gm1", "joins"))
    voice = Voice(as_="own", layer="executive", members=("gm1",))
    teller.tell(D, s.MinorityStandpointRecorded(voice=voice, text=teller.text("anders"), on="2021-02-01"))
    async with shown(teller) as conn:
        whole = await difference(conn, None)
        since = await difference(conn, At(TODAY.valid_on, early))
        nothing = await between(conn, D, None, At(TODAY.valid_on, early))
    assert {how for _, how, _ in said(whole)} == {"added"}
    assert {fact for fact, _, _ in said(whole)} == {"proposed", "position", "text"}
    assert whole.changes == since.changes
    assert nothing is None


@pytest.mark.parametrize("seed", range(3))
async def test_a_difference_names_the_entries_that_were_learned_and_none_that_was_known(
    logins: Logins, seed: int
) -> None:
    """For any history and two moments: what is altered was learned in between or differs by the day alone; no moment differs from itself."""
    random = Random(seed)
    teller, made = Teller(logins), History(random, streams=2)
    teller.open_register()
    made.tell(teller, 90)
    async with connected(logins) as conn:
        assert await taken_in(conn) == []
        for _ in range(12):
            one, other = sorted(random.randrange(len(teller.entries)) for _ in range(2))
            days = [random.choice(DAYS), random.choice(DAYS)]
            before, after = (At(day, teller.known_at(at)) for day, at in zip(days, (one, other), strict=True))
            for id_ in made.decisions:
                found = await between(conn, id_, before, after)
                if found is None:
                    continue
                learned = {each.event.position for each in found.learned}
                held = {each.event.position for each in await query.events(conn, id_, after)}
                for each in found.changes:
                    assert set(each.entries) <= held
                    assert each.entries
                    assert set(each.entries) <= learned or not set(each.entries) & learned
                same = await between(conn, id_, after, after)
                assert same is not None
                assert (same.changes, same.learned) == ((), ())
