"""Requests through the whole write side, on a real database."""

from __future__ import annotations

import asyncio
from unittest.mock import patch
from uuid import uuid4

import pytest
from psycopg import AsyncConnection

from register import decider
from register import register as register_module
from register.decisions.standing_refusals import PositionInForce, ReasonNeeded
from register.meetings.facts import MeetingPlanned
from register.refusals import AnotherKindOfStream, Refused
from register.store.appending import SameKeyOtherContent
from register.store.reading import Reader
from register.store.roles import Logins
from tests.register.recording import MEMBERS, another_process, region


async def size(logins: Logins) -> int:
    async with await AsyncConnection.connect(logins.app) as connection:
        return (await Reader(connection).head()).size


async def test_thirty_five_members_at_once_take_thirty_five_decisions_and_leave_no_gap(logins: Logins) -> None:
    """Each member is decided once, on a state that has all the earlier ones; nothing is tried again."""
    async with region(logins) as clerk:
        stream = await clerk.decision()
        before = await size(logins)
        with patch.object(register_module, "decide", wraps=decider.decide) as decided:
            answers = await asyncio.gather(
                *(clerk.record(member, stream, clerk.position(member, "departs", "reden")) for member in MEMBERS)
            )
        positions = sorted(position for answer in answers for position in answer.positions)
        assert decided.call_count == len(MEMBERS)
        assert positions == list(range(before, before + len(MEMBERS) + 1)), "35 positions, and one list of those asked"
        assert await size(logins) == before + len(MEMBERS) + 1


async def test_thirty_five_members_over_two_servers_leave_no_gap(logins: Logins) -> None:
    """The head row orders two writers; who comes second is decided again on the new state."""
    async with region(logins) as one, another_process(logins, one) as two:
        stream = await one.decision()
        before = await size(logins)
        answers = await asyncio.gather(
            *(
                (one, two)[index % 2].record(member, stream, (one, two)[index % 2].position(member, "joins"))
                for index, member in enumerate(MEMBERS)
            )
        )
        positions = sorted(position for answer in answers for position in answer.positions)
        assert positions == list(range(before, before + len(MEMBERS) + 1))


async def test_the_same_request_twice_is_stored_once_and_answered_the_same(logins: Logins) -> None:
    async with region(logins) as clerk:
        stream, key = await clerk.decision(), uuid4()
        position = clerk.position(MEMBERS[0], "departs", "de afspraak is doorbroken")
        first = await clerk.record(MEMBERS[0], stream, position, key=key)
        after = await size(logins)
        again = await clerk.record(MEMBERS[0], stream, position, key=key)
        assert (again.seqs, again.positions, again.facts) == (first.seqs, first.positions, first.facts)
        assert again.repeated
        assert not first.repeated
        assert await size(logins) == after


async def test_another_request_with_the_same_key_is_refused(logins: Logins) -> None:
    async with region(logins) as clerk:
        stream, key = await clerk.decision(), uuid4()
        await clerk.record(MEMBERS[0], stream, clerk.position(MEMBERS[0], "joins"), key=key)
        with pytest.raises(SameKeyOtherContent):
            await clerk.record(MEMBERS[1], stream, clerk.position(MEMBERS[1], "joins"), key=key)


async def test_a_refused_request_stores_nothing_and_hinders_nobody_in_the_same_moment(logins: Logins) -> None:
    async with region(logins) as clerk:
        stream = await clerk.decision()
        before = await size(logins)
        first, refused, second = await asyncio.gather(
            clerk.record(MEMBERS[0], stream, clerk.position(MEMBERS[0], "joins")),
            clerk.record(MEMBERS[1], stream, clerk.position(MEMBERS[1], "departs")),
            clerk.record(MEMBERS[2], stream, clerk.position(MEMBERS[2], "joins")),
            return_exceptions=True,
        )
        assert isinstance(refused, Refused)
        assert [type(refusal) for refusal in refused.refusals] == [ReasonNeeded]
        assert not isinstance(first, BaseException)
        assert not isinstance(second, BaseException)
        assert await size(logins) == before + 3, "two positions, and one list of those asked"


async def test_of_two_positions_for_one_place_the_second_is_refused_whichever_server_it_came_to(logins: Logins) -> None:
    async with region(logins) as one, another_process(logins, one) as two:
        stream = await one.decision()
        outcomes = await asyncio.gather(
            one.record(MEMBERS[0], stream, one.position(MEMBERS[0], "joins")),
            two.record(MEMBERS[0], stream, two.position(MEMBERS[0], "undecided")),
            return_exceptions=True,
        )
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert len(refused) == 1
        assert [type(refusal) for refusal in refused[0].refusals] == [PositionInForce]


async def test_a_fact_of_another_kind_is_refused_on_the_address_of_a_decision(logins: Logins) -> None:
    async with region(logins) as clerk:
        stream = await clerk.decision()
        with pytest.raises(Refused) as refused:
            await clerk.record("clerk", stream, MeetingPlanned(body="av", planned_on="2026-12-01"))
        assert [type(refusal) for refusal in refused.value.refusals] == [AnotherKindOfStream]
