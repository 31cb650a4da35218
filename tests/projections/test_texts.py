"""Texts: opened where they are asked for, in one place, and gone from it at every known time when they are withdrawn."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from projections.at import At
from projections.decisions import query as decisions
from projections.decisions.row import Filter
from projections.history import query as history
from projections.reading import Connection
from projections.texts.projector import TEXT_COLUMNS, forget, seals
from register.charter.facts import DisclosureWithdrawn, WithdrawnText
from register.decisions import facts as f
from register.fact import Fact
from register.sealing import seals_in
from register.values import Evidence
from tests.projections.deciding import D, corrected, instead, position, proposed
from tests.projections.sealing import disclosed
from tests.projections.telling import REGISTER, TODAY, Teller, connected, shown, taken_in, text


async def title(conn: Connection, at: At = TODAY) -> tuple[str | None, str | None, bool]:
    found = await decisions.decision(conn, D, at)
    assert found is not None
    return found.title.text, found.title.withheld, found.title.instead


def delete_opening(teller: Teller, seq: int, field: str) -> None:
    with psycopg.connect(teller.logins.owner) as conn:
        conn.execute("SET session_replication_role = replica")  # without it the log forbids this to everybody
        conn.execute("DELETE FROM log.openings WHERE stream = %s AND seq = %s AND field = %s", (D, seq, field))


async def test_without_its_opening_a_text_is_absent_and_its_seal_stays(teller: Teller) -> None:
    teller.tell(D, proposed(teller, question=teller.text("Akkoord?")))
    delete_opening(teller, 1, "title")
    async with shown(teller) as conn:
        found = await decisions.decision(conn, D, TODAY)
        steps = await history.events(conn, D, TODAY)
    assert found is not None
    assert (found.title.text, found.title.sd, str(found.proposed.question)) == (None, text("Begroting").sd, "Akkoord?")
    assert "text" not in steps[0].event.data["title"]


async def test_a_withdrawn_text_is_withheld_at_every_known_time_on_its_ground(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    of = WithdrawnText(id=D, seq=1, field="title")
    teller.tell(str(REGISTER), DisclosureWithdrawn(of=of, ground="avg-17", authority="mra", on="2026-11-01"))
    async with shown(teller) as conn:
        assert await title(conn) == (None, "avg-17", False)
        assert await title(conn, At(TODAY.valid_on, teller.known(D, 1))) == (None, "avg-17", False)
        assert (await decisions.decisions(conn, Filter(q="begroting"), TODAY)).total == 0


async def test_in_its_place_stands_the_text_with_the_private_part_blacked_out(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    of, blacked_out = WithdrawnText(id=D, seq=1, field="title"), teller.text("Begroting van …")
    withdrawn = DisclosureWithdrawn(of=of, ground="avg-17", authority="mra", on="2026-11-01", instead=blacked_out)
    teller.tell(str(REGISTER), withdrawn)
    async with shown(teller) as conn:
        assert await title(conn) == ("Begroting van …", "avg-17", True)
        step = (await history.events(conn, D, TODAY))[0].event
    assert (step.data["title"]["text"], step.data["title"]["withheld"]) == ("Begroting van …", "avg-17")


async def test_a_text_whose_opening_was_deleted_is_forgotten_without_building_anew(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    async with shown(teller) as conn:
        assert await title(conn) == ("Begroting", None, False)
        await forget(conn, D, 1, "title")
        assert await title(conn) == (None, None, False)


async def test_an_opening_that_does_not_belong_to_its_seal_is_not_shown_and_is_told(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    with psycopg.connect(teller.logins.owner) as owner:
        owner.execute("SET session_replication_role = replica")  # without it the log forbids this to everybody
        owner.execute("UPDATE log.openings SET disclosure = %s", (disclosed("Iets anders"),))
    async with connected(teller.logins) as conn:
        (missed,) = await taken_in(conn)
        assert await title(conn) == (None, None, False)
        assert (await decisions.decisions(conn, Filter(), TODAY)).total == 1
    assert (missed.model, missed.position) == ("texts", teller.position(D, 1))
    assert missed.reason == "title: the opening does not belong to this seal"


async def test_no_table_but_one_holds_a_text(teller: Teller) -> None:
    said = {"verb": "noted", "on": "2022-01-01", "note": {"_sd": list(text("x").sd), "lang": "nl", "words": "quoted"}}
    teller.tell(D, proposed(teller, "Zonnebloem", question=teller.text("Zonnebloem?")))
    teller.tell(D, f.OutcomeRecorded(verb="noted", on="2022-01-01", note=teller.text("Zonnebloem!")))
    teller.tell(D, position("gm1", "departs", reason=teller.text("Zonnebloemen")))
    teller.tell(D, corrected(teller, 2, instead("outcome.recorded", said)))
    async with shown(teller) as conn:
        columns = await (
            await conn.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'read'"
            )
        ).fetchall()
        holding = set()
        for table, column in columns:
            cursor = await conn.execute(
                sql.SQL("SELECT count(*) FROM {} WHERE {}::text LIKE '%onnebloem%'").format(
                    sql.Identifier("read", table), sql.Identifier(column)
                )
            )
            row = await cursor.fetchone()
            if row and row[0]:
                holding.add((table, column))
    assert holding == {(table, column) for table, columns in TEXT_COLUMNS.items() for column in columns}


@pytest.mark.parametrize(
    "fact",
    [
        f.OutcomeRecorded(verb="noted", note=text("a")),
        f.VotesRecorded(
            ballot=1, votes=(f.Vote(voter="g1", choice="for", reason=text("a")), f.Vote(voter="g2", choice="for"))
        ),
        f.DecisionLinked(
            links=(f.Link(rel="about", at=text("b")),),
            evidence=(Evidence(grade="press", at=text("c"), note=text("d")),),
        ),
        f.DecisionCorrected(
            corrects=2,
            kind="clerical",
            grounds=text("e"),
            instead=instead(
                "votes.recorded",
                {
                    "ballot": 1,
                    "votes": [
                        {
                            "voter": "g1",
                            "choice": "for",
                            "reason": {"_sd": list(text("f").sd), "lang": "nl", "words": "quoted"},
                        }
                    ],
                },
            ),
        ),
    ],
)
def test_seals_are_found_where_the_register_finds_them(fact: Fact) -> None:
    found = list(seals(fact))
    assert found == list(seals_in(fact))
    assert found
