"""What happened to a decision, step by step."""

from __future__ import annotations

from projections.at import At
from projections.decisions import query as decisions
from projections.history import query
from register.decisions import facts as f
from register.decisions import standing as s
from register.governance import facts as g
from register.values import Evidence
from tests.projections.deciding import D, corrected, instead, part, position, proposed
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream

CLERK = "00000000-0000-4000-8000-0000000000aa"


async def test_every_entry_is_told_in_order_with_the_hand_that_wrote_it(teller: Teller) -> None:
    teller.tell(GOVERNANCE, g.MandateGranted(mandate=CLERK, role="clerk", for_="mra-av", body="mra-av", from_="2020"))
    teller.tell(D, proposed(teller, on="2021-01-01"), by=CLERK)
    teller.tell(D, position("gm1", "departs", day="2021-06", reason=teller.text("te duur")), part(teller, "p1"))
    async with shown(teller) as conn:
        steps = await query.events(conn, D, TODAY)
        early = await query.events(conn, D, At(TODAY.valid_on, teller.known(D, 1)))
        nothing = await query.events(conn, stream("nothing"), TODAY)
    assert [(each.event.seq, each.event.type, each.role, each.body, each.event.by) for each in steps] == [
        (1, "decision.proposed", "clerk", "mra-av", CLERK),
        (2, "position.recorded", None, None, "import"),
        (3, "part.added", None, None, "import"),
    ]
    assert [each.event.position for each in steps] == [teller.position(D, seq) for seq in (1, 2, 3)]
    assert steps[1].event.known_from == teller.known(D, 2)
    assert (steps[1].event.on, steps[1].event.exact, steps[2].event.dated) == ("2021-06", False, False)
    assert steps[1].event.data["reason"]["text"] == "te duur"
    assert (steps[1].event.data["stance"], steps[1].event.for_) == ("departs", "mra")
    assert (len(early), nothing) == (1, ())


async def test_a_corrected_entry_says_what_it_should_have_said_and_an_overruled_one_is_not_corrected(
    teller: Teller,
) -> None:
    teller.tell(D, proposed(teller))
    wrong = teller.tell(D, f.OutcomeRecorded(verb="adopted", on="2022-06-15"), position("gm1", "joins"))
    said = {"verb": "rejected", "on": "2022-06-15", "note": {"_sd": ["A" * 43], "lang": "nl", "words": "quoted"}}
    teller.tell(D, corrected(teller, wrong, instead("outcome.recorded", said)))
    teller.tell(D, s.PositionWithdrawn(position=wrong + 1, because=stream("raad"), rel="overrules"))
    teller.tell(D, f.EvidenceAdded(of=wrong + 1, evidence=(Evidence(grade="minutes"),)))
    async with shown(teller) as conn:
        events = {each.event.seq: each.event for each in await query.events(conn, D, TODAY)}
        before = {
            each.event.seq: each.event
            for each in await query.events(conn, D, At(TODAY.valid_on, teller.known(D, wrong)))
        }
    assert events[wrong].data == {"verb": "adopted", "on": "2022-06-15"}
    assert events[wrong].corrected_by == teller.position(D, wrong + 2)
    assert events[wrong].corrected_to == said
    assert before[wrong].corrected_by is None
    assert events[wrong + 1].corrected_by is None
    assert [each.grade for each in events[wrong + 1].evidence] == ["minutes"]
    teller.tell(D, corrected(teller, wrong))
    async with shown(teller) as conn:
        events = {each.event.seq: each.event for each in await query.events(conn, D, TODAY)}
    assert (events[wrong].corrected_by, events[wrong].corrected_to) == (teller.position(D, wrong + 5), None)


async def test_the_state_after_a_step_can_be_asked_for_also_inside_one_command(teller: Teller) -> None:
    votes = f.VotesRecorded(ballot=1, votes=(f.Vote(voter="g1", choice="for"),))
    teller.tell(
        D, proposed(teller), f.VoteHeld(ballot=1, how="hands", unit="group", names="some", on="2022-01-01"), votes
    )
    async with shown(teller) as conn:
        counts = []
        for step in (1, 2, 3):
            at = await query.as_of_step(conn, D, step, TODAY)
            assert at is not None
            found = await decisions.decision(conn, D, at)
            assert found is not None
            counts.append((found.steps, [each.computed for each in found.ballots]))
        beyond = await query.as_of_step(conn, D, 4, TODAY)
    assert counts == [(1, []), (2, [None]), (3, [{"for": 1}])]
    assert beyond is None


async def test_what_differs_between_two_steps_is_told_fact_by_fact(teller: Teller) -> None:
    teller.tell(D, proposed(teller), part(teller, "p1"))
    first = teller.tell(D, position("gm1", "departs", part="p1", n=1, reason=teller.text("te duur")))
    outcome = teller.tell(D, f.OutcomeRecorded(verb="adopted", on="2022-06-15"))
    teller.tell(D, s.PositionRevised(position=first, stance="joins", on="2022-07-01"), corrected(teller, outcome))
    async with shown(teller) as conn:
        at = {step: await query.as_of_step(conn, D, step, TODAY) for step in range(1, 7)}
        assert all(at.values())

        async def told(before: At | None, after: At | None) -> list[tuple[str, str, str]]:
            assert after is not None
            return [(each.model, each.fact, each.how) for each in await query.differences(conn, D, before, after)]

        assert await told(None, at[1]) == [("decisions", "proposed", "new")]
        assert await told(at[1], at[2]) == [("decisions", "part", "new")]
        assert await told(at[2], at[3]) == [("course", "position", "new")]
        assert await told(at[4], at[5]) == [("course", "position", "changed"), ("course", "position", "new")]
        assert await told(at[5], at[6]) == [("decisions", "outcome", "gone"), ("decisions", "correction", "new")]
        assert await told(at[3], at[3]) == []
        assert at[3] is not None
        (change,) = await query.differences(conn, D, at[2], at[3])
    assert change.before is None
    assert change.after is not None
    assert (change.after["stance"], change.after["reason"]["text"]) == ("departs", "te duur")
