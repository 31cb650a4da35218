"""However the rows came to be, they are the same: in any batches, followed or built anew, and cut at any moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg
import pytest

from projections.at import At
from projections.history import query as history
from projections.models import every
from projections.reading import known
from projections.rebuild import rebuild
from register.store.roles import Logins
from tests.databases import fresh_register
from tests.projections.comparing import DAYS, answers, tables
from tests.projections.deciding import D, position, proposed
from tests.projections.histories import MEMBERS, History
from tests.projections.telling import TODAY, ZONE, Teller, connected, taken_in

SEEDS = range(5)


def told(logins: Logins, seed: int, entries: int = 90) -> tuple[Teller, History, Random]:
    random = Random(seed)
    teller, history = Teller(logins), History(random)
    teller.open_register()
    history.tell(teller, entries)
    return teller, history, random


@pytest.mark.parametrize("seed", SEEDS)
async def test_followed_in_any_batches_is_the_same_as_built_anew(logins: Logins, seed: int) -> None:
    teller, _, random = told(logins, seed)
    async with connected(logins) as conn:
        pages = [random.choice((1, 1, 2, 5, 17)) for _ in teller.entries]
        models = every()
        assert await taken_in(conn, models, pages=pages) == []
        followed = await tables(conn)
        made = await rebuild(logins.projections, ZONE, every())
        assert (made.position, made.missed) == (len(teller.entries) - 1, ())
        assert await tables(conn) == followed
        for model in every():
            for table in model.tables:
                await conn.execute(f"DROP TABLE read.{table}".encode())
        await conn.execute("DELETE FROM read.positions")
        await rebuild(logins.projections, ZONE, every())
        assert await tables(conn) == followed
    assert sum(map(len, followed.values())) > len(teller.entries)


@pytest.mark.parametrize("seed", SEEDS)
async def test_books_that_were_forgotten_are_folded_again_to_the_same(logins: Logins, seed: int) -> None:
    teller, _, random = told(logins, seed)
    async with connected(logins) as conn:
        assert await taken_in(conn) == []
        at_once = await tables(conn)
        await conn.execute("DELETE FROM read.positions")
        after = 0
        while after < len(teller.entries):
            size = random.choice((1, 3, 20))
            assert await taken_in(conn, every(), pages=[size], most=1) == []
            after += size
        assert await tables(conn) == at_once


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_was_known_at_a_moment_is_what_the_log_held_then(
    logins: Logins, server: str, tmp_path: Path, seed: int
) -> None:
    teller, made, random = told(logins, seed)
    ids = [*made.decisions, *made.meetings, *made.dossiers]
    async with connected(logins) as whole:
        assert await taken_in(whole) == []
        for _ in range(3):
            position = random.randrange(len(teller.entries))
            moment = teller.known_at(position)
            with fresh_register(server, tmp_path / f"cut {position}") as cut:
                part = Teller(cut)
                part.repeat(teller.known_by(moment))
                async with connected(cut) as conn:
                    assert await taken_in(conn) == []
                    for day in random.sample(DAYS, 2):
                        then = await answers(whole, At(day, moment), ids, MEMBERS)
                        assert then == await answers(conn, At(day), ids, MEMBERS)
                        assert then == await answers(whole, At(day, position=len(part.entries) - 1), ids, MEMBERS)


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_column_but_those_of_texts_depends_on_which_openings_are_left(logins: Logins, seed: int) -> None:
    _, made, random = told(logins, seed)
    ids = [*made.decisions, *made.meetings, *made.dossiers]
    async with connected(logins) as conn:
        assert await taken_in(conn) == []
        with_all = await tables(conn, without=["text"])
        shown = await answers(conn, TODAY, ids, MEMBERS)
        with psycopg.connect(logins.owner) as owner:
            places = owner.execute("SELECT stream, seq, field FROM log.openings ORDER BY 1, 2, 3").fetchall()
            gone = random.sample(places, len(places) // 2)
            owner.execute("SET session_replication_role = replica")  # without it the log forbids this to everybody
            for place in gone:
                owner.execute("DELETE FROM log.openings WHERE (stream, seq, field) = (%s, %s, %s)", place)
        await rebuild(logins.projections, ZONE, every())
        assert await tables(conn, without=["text"]) == with_all
        assert await answers(conn, TODAY, ids, MEMBERS) != shown
    assert isinstance(gone[0][0], UUID)


async def test_a_clock_that_is_behind_never_puts_an_entry_before_what_was_known(teller: Teller) -> None:
    """Two writers whose clocks are an hour apart take turns; what is known at any moment is the first so many entries."""
    teller.tell(D, proposed(teller))
    for n in range(1, 5):
        behind = timedelta(hours=-1) if n % 2 else timedelta(seconds=1)
        teller.tell(D, position(f"gm{n}", "joins"), after=behind)
    moments = sorted({teller.known_at(n) for n in range(len(teller.entries))})
    async with connected(teller.logins) as conn:
        assert await taken_in(conn) == []
        for moment in (*moments, *(entry.time for entry in teller.entries)):
            steps = [each.event.position for each in await history.events(conn, D, At(TODAY.valid_on, moment))]
            assert steps == [n for n, entry in enumerate(teller.known_by(moment)) if entry.id == D]
    assert len(moments) < len(teller.entries)


async def test_moments_of_the_same_known_time_are_never_split(teller: Teller) -> None:
    History(Random(7), streams=1).tell(teller, 40)
    moments = {entry.time for entry in teller.entries}
    async with connected(teller.logins) as conn:
        assert await taken_in(conn) == []
        for moment in (*moments, *(each - timedelta(microseconds=1) for each in moments)):
            condition = known(At(TODAY.valid_on, moment)).encode()
            cursor = await conn.execute(
                b"SELECT key, count(*) FROM read.course r WHERE "
                + condition
                + b" GROUP BY stream, key HAVING count(*) > 1",
                {"known_at": moment},
            )
            assert await cursor.fetchall() == []
