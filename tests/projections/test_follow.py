"""The read models follow the log: through restarts, other processes, lost connections, rows that cannot be stored and tables that are gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import msgspec
import psycopg
import pytest

from projections import follow
from projections.book import Book
from projections.entry import Entry
from projections.fold import Folded
from projections.follow import Follower
from projections.governance import projector, query
from projections.models import every
from projections.reading import reflects
from projections.rebuild import rebuild
from projections.taking import Model
from register.governance import facts as f
from register.store.roles import Logins
from tests.projections.comparing import tables
from tests.projections.deciding import D, position, proposed, tell_members
from tests.projections.telling import GOVERNANCE, TODAY, ZONE, Teller, connected


@asynccontextmanager
async def following(logins: Logins, models: list[Model] | None = None) -> AsyncGenerator[Follower]:
    async with Follower(logins.projections, ZONE, models) as follower:
        yield follower


async def caught_up(follower: Follower, teller: Teller, seconds: float = 20) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    assert await follower.reached(len(teller.entries) - 1, deadline)


async def gaps(logins: Logins) -> list[tuple[str, int]]:
    async with connected(logins) as conn:
        cursor = await conn.execute("SELECT model, position FROM read.gaps ORDER BY position, model")
        return [(model, position) for model, position in await cursor.fetchall()]


async def members(logins: Logins) -> list[str]:
    async with connected(logins) as conn:
        return [each.code for each in await query.members(conn, TODAY)]


async def test_what_was_written_is_shown_as_soon_as_it_is_reached(teller: Teller) -> None:
    tell_members(teller, "gm1")
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
        assert await members(teller.logins) == ["gm1"]
        waiting = asyncio.create_task(follower.reached(len(teller.entries), asyncio.get_running_loop().time() + 20))
        await asyncio.sleep(0)
        assert not waiting.done()
        tell_members(teller, "gm2")
        assert await waiting
        assert await members(teller.logins) == ["gm1", "gm2"]
        assert follower.position == len(teller.entries) - 1


async def test_a_deadline_that_comes_first_is_told_and_nothing_is_lost(teller: Teller) -> None:
    async with following(teller.logins) as follower:
        assert not await follower.reached(99, asyncio.get_running_loop().time() + 0.05)
        tell_members(teller, "gm1")
        await caught_up(follower, teller)


async def test_it_goes_on_where_it_was_when_it_is_started_again(teller: Teller) -> None:
    tell_members(teller, "gm1")
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
    tell_members(teller, "gm2")
    teller.tell(GOVERNANCE, f.MemberRenamed(member="gm1", name="Anders", from_="2018"))
    async with connected(teller.logins) as conn:
        assert await reflects(conn) == 1
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
    async with connected(teller.logins) as conn:
        followed = await tables(conn)
        await rebuild(teller.logins.projections, ZONE, every())
        assert await tables(conn) == followed


async def test_of_two_processes_one_projects_the_other_is_told_and_takes_over(teller: Teller) -> None:
    async with following(teller.logins) as first:
        await caught_up(first, teller)
        async with following(teller.logins) as second:
            tell_members(teller, "gm1")
            await asyncio.gather(caught_up(first, teller), caught_up(second, teller))
            await first.__aexit__(None, None, None)
            tell_members(teller, "gm2")
            await caught_up(second, teller)
            assert await members(teller.logins) == ["gm1", "gm2"]
    assert await gaps(teller.logins) == []


async def test_who_waits_in_another_process_is_woken_and_does_not_look_every_so_often(
    teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with following(teller.logins) as first:
        await caught_up(first, teller)
        monkeypatch.setattr(follow, "LOOK", 3600.0)
        async with following(teller.logins) as second:
            await caught_up(second, teller)
            for n in range(6):
                tell_members(teller, f"gm{n}")
                await caught_up(second, teller)


async def test_a_row_that_cannot_be_stored_is_a_gap_and_the_others_go_on(teller: Teller) -> None:
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
    with psycopg.connect(teller.logins.projections) as conn:
        conn.execute("ALTER TABLE read.governance ADD CHECK (NOT about @> ARRAY['gm2'])")
        conn.execute("ALTER TABLE read.course ADD CHECK (stance <> 'departs')")
    tell_members(teller, "gm1", "gm2", "gm3")
    teller.tell(GOVERNANCE, f.MemberRenamed(member="gm2", name="Anders", from_="2019"))
    teller.tell(D, proposed(teller), position("gm1", "departs"), position("gm3", "joins"))
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
    assert await members(teller.logins) == ["gm1", "gm3"]
    assert await gaps(teller.logins) == [
        ("governance", teller.position(GOVERNANCE, 2)),
        ("governance", teller.position(GOVERNANCE, 4)),
        ("course", teller.position(D, 2)),
    ]
    async with connected(teller.logins) as conn:
        cursor = await conn.execute("SELECT (SELECT count(*) FROM read.course), (SELECT count(*) FROM read.history)")
        assert await cursor.fetchone() == (1, 3)


def breaking(positions: Sequence[int]) -> list[Model]:
    """The read models, of which governance cannot fold the entries at these positions."""

    def evolve(book: Book, entry: Entry) -> None:
        projector.evolve(book, entry)
        if entry.position in positions:
            raise ValueError("no")

    broken = Folded(msgspec.structs.replace(projector.FOLD, evolve=evolve))
    return [broken if model.name == "governance" else model for model in every()]


async def test_an_entry_that_cannot_be_folded_is_a_gap_and_leaves_no_trace(teller: Teller) -> None:
    tell_members(teller, "gm1", "gm2", "gm3")
    async with following(teller.logins, breaking([2])) as follower:
        await caught_up(follower, teller)
        tell_members(teller, "gm4")
        await caught_up(follower, teller)
    assert await members(teller.logins) == ["gm1", "gm3", "gm4"]
    assert await gaps(teller.logins) == [("governance", 2)]
    await rebuild(teller.logins.projections, ZONE, every(["governance"]))
    assert await members(teller.logins) == ["gm1", "gm2", "gm3", "gm4"]
    assert await gaps(teller.logins) == []


async def test_an_entry_that_cannot_be_read_is_a_gap_in_each(teller: Teller) -> None:
    tell_members(teller, "gm1")
    with psycopg.connect(teller.logins.owner) as conn:
        conn.execute(
            "INSERT INTO log.events SELECT 2, time, known, stream, cause, 2, v, kind, 'member.vanished', convert_to('{}', 'UTF8')"
            " FROM log.events WHERE position = 1"
        )
    teller.entries.append(teller.entries[-1])
    teller.tell(D, proposed(teller))
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
    assert {position for _, position in await gaps(teller.logins)} == {2}
    assert {model for model, _ in await gaps(teller.logins)} == {model.name for model in every()}


async def test_tables_that_were_dropped_while_it_follows_come_back(teller: Teller) -> None:
    tell_members(teller, "gm1")
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
        with psycopg.connect(teller.logins.projections) as conn:
            conn.execute("DROP TABLE read.governance, read.course, read.gaps")
        tell_members(teller, "gm2")
        await caught_up(follower, teller)
        assert await members(teller.logins) == ["gm1", "gm2"]
    async with connected(teller.logins) as conn:
        followed = await tables(conn)
        await rebuild(teller.logins.projections, ZONE, every())
        assert await tables(conn) == followed


async def test_building_anew_beside_it_changes_nothing_and_both_go_on(teller: Teller) -> None:
    async with following(teller.logins) as follower:
        for round_ in range(4):
            building = asyncio.create_task(rebuild(teller.logins.projections, ZONE, every(), lambda *_: None))
            for n in range(10):
                tell_members(teller, f"gm{round_}{n}")
                await asyncio.sleep(0)
            await building
            teller.tell(GOVERNANCE, f.MemberRenamed(member=f"gm{round_}3", name="Anders", from_="2019"))
        await caught_up(follower, teller)
    async with connected(teller.logins) as conn:
        followed = await tables(conn)
        await rebuild(teller.logins.projections, ZONE, every())
        assert await tables(conn) == followed
        assert len(await query.members(conn, TODAY)) == 40


async def test_a_lost_connection_is_made_again(teller: Teller) -> None:
    async with following(teller.logins) as follower:
        for n in range(5):
            tell_members(teller, f"gm{n}")
            with psycopg.connect(teller.logins.owner) as conn:
                conn.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'register_projections%' AND datname = current_database()"
                )
        await caught_up(follower, teller)
    assert len(await members(teller.logins)) == 5
    assert await gaps(teller.logins) == []


class OtherShape(Folded):
    """Governance as another version of the program has it."""

    def __init__(self) -> None:
        super().__init__(projector.FOLD)
        self.schema += "\nCREATE INDEX ON read.governance (position);"

    def beside(self) -> OtherShape:
        made = OtherShape()
        made.prefix = "next_"
        return made


def made(teller: Teller) -> dict[str, int]:
    """Which table each read model has first."""
    with psycopg.connect(teller.logins.owner) as conn:
        return {m.name: oid(conn, m.tables[0]) for m in every()}


def oid(conn: psycopg.Connection[tuple[int]], table: str) -> int:
    row = conn.execute("SELECT to_regclass(%s)::oid::bigint", (f"read.{table}",)).fetchone()
    assert row is not None
    return row[0]


async def test_tables_of_another_shape_are_built_anew_before_it_follows(teller: Teller) -> None:
    tell_members(teller, "gm1")
    async with following(teller.logins) as follower:
        await caught_up(follower, teller)
    before = made(teller)
    models: list[Model] = [OtherShape() if model.name == "governance" else model for model in every()]
    async with following(teller.logins, models) as follower:
        await caught_up(follower, teller)
    with psycopg.connect(teller.logins.owner) as conn:
        found = conn.execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = 'read' AND tablename = 'governance'"
        ).fetchone()
    assert found == (5,)
    assert {name for name, table in made(teller).items() if before[name] != table} == {"governance"}
    assert await members(teller.logins) == ["gm1"]


async def test_the_read_side_may_write_nothing_of_the_log(teller: Teller) -> None:
    async with connected(teller.logins) as conn:
        for statement in (
            "DELETE FROM log.openings",
            "UPDATE log.events SET seq = 0",
            "INSERT INTO log.commands VALUES (gen_random_uuid(), 0, 1, now())",
        ):
            try:
                await conn.execute(statement.encode())
            except psycopg.errors.InsufficientPrivilege:
                continue
            raise AssertionError(statement)
