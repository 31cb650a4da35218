"""What is told of dossiers, as it is answered: titles, routes as planned and as taken, versions and editions."""

from __future__ import annotations

from datetime import date

import msgspec

from projections.dossiers import query
from projections.dossiers.answer import Dossier, Step
from projections.history import query as history
from projections.reading import Connection
from projections.search import query as search
from register.decisions import facts as d
from register.dossiers import facts as f
from register.values import Evidence
from tests.projections.deciding import instead, on, proposed
from tests.projections.dossiering import AGENDA, ASSEMBLY, opened, outcome, route, step, takes
from tests.projections.telling import TODAY, Teller, shown, stream


async def read(conn: Connection, day: str | None = None, id: str = AGENDA) -> Dossier:
    found = await query.dossier(conn, id, on(day) if day else TODAY)
    assert found is not None
    return found


def told(steps: tuple[Step, ...]) -> list[tuple[int, str, str | None]]:
    return [(each.step, each.status, each.happened_on) for each in steps]


async def test_a_dossier_keeps_every_title_and_is_called_by_that_of_the_day(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, on="2023-01-10", number="MRA-7"))
    teller.tell(AGENDA, f.DossierRetitled(title=teller.text("MRA Agenda 2025-2028"), on="2024-05-24"))
    async with shown(teller) as conn:
        now, then = await read(conn), await read(conn, "2024-05-23")
        assert await query.dossier(conn, AGENDA, on("2023-01-09")) is None
        listed = (await query.dossiers(conn, TODAY)).items
    assert (str(now.title), str(then.title)) == ("MRA Agenda 2025-2028", "MRA Agenda 2024-2028")
    assert [(str(each.title), each.valid_from, each.valid_until) for each in now.titles] == [
        ("MRA Agenda 2024-2028", date(2023, 1, 10), date(2024, 5, 23)),
        ("MRA Agenda 2025-2028", date(2024, 5, 24), None),
    ]
    assert (now.kind, now.number, now.valid_from) == ("framework", "MRA-7", date(2023, 1, 10))
    assert [str(each) for each in listed[0].former_titles] == ["MRA Agenda 2024-2028"]


async def test_a_dossier_is_found_by_any_title_that_it_ever_had(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, on="2023-01-10", number="MRA-7"))
    teller.tell(AGENDA, f.DossierRetitled(title=teller.text("MRA Agenda 2025-2028"), on="2024-05-24"))
    other = stream("another dossier")
    teller.tell(other, opened(teller, "Opgave wonen", kind="task", on="2022"))
    async with shown(teller) as conn:

        async def found(q: str, kind: str | None = None, day: str = "2026-01-01") -> list[str]:
            return [each.id for each in (await query.dossiers(conn, on(day), q=q, kind=kind)).items]

        assert await found("2024-2028") == [AGENDA]
        assert await found("2025-2028") == [AGENDA]
        assert await found("2025-2028", day="2024-01-01") == [], "it had that title later"
        assert await found("2028") == [AGENDA]
        assert await found("mra-7") == [AGENDA]
        assert await found("wonen") == [other]
        assert await found("wonen", kind="framework") == []
        hits = (await search.search(conn, search.Where(q="2024-2028"), TODAY)).items
        only = (await search.search(conn, search.Where(q="agenda", place="dossier"), TODAY)).items
    assert [(hit.place, hit.what, hit.id, str(hit.title)) for hit in hits] == [
        ("dossier", "dossier", AGENDA, "MRA Agenda 2025-2028")
    ]
    assert len(only) == 2, "once for each title"


async def test_the_route_shows_first_planned_now_planned_and_happened(teller: Teller) -> None:
    first = route(
        step(1, "released", "2023-03-24", by="mra-av"),
        step(2, "views", "2023-03-24", influence=("gm1-raad",), until="2023-06-01"),
        step(3, "assembly", "2023-06-23", by="mra-av"),
        step(4, "outside", "2023-09"),
        day="2023-01-10",
    )
    again = route(*first.steps[:2], step(3, "assembly", "2023-09-29", by="mra-av"), day="2023-05-01")
    teller.tell(AGENDA, opened(teller, on="2023-01-10"), first, again)
    teller.tell(ASSEMBLY, takes(teller, 1, on="2023-03-10"), outcome("released", "2023-03-24"))
    async with shown(teller) as conn:
        released, heard, adopted = (await read(conn)).steps
        april = await read(conn, "2023-04-15")
        assert told(april.steps)[:3] == [(1, "happened", "2023-03-24"), (2, "under-way", None), (3, "planned", None)]
        assert april.steps[2].planned_on == "2023-06-23"
        dropped = (await read(conn)).dropped
    assert [str(each.title) for each in released.decisions] == ["Vaststellen"]
    assert (released.status, released.happened_on, released.moved) == ("happened", "2023-03-24", False)
    assert (heard.status, heard.until, heard.influence) == ("not-recorded", "2023-06-01", ("gm1-raad",))
    assert (adopted.first_planned_on, adopted.planned_on, adopted.status) == (
        "2023-06-23",
        "2023-09-29",
        "not-recorded",
    )
    assert [each.on for each in adopted.plannings] == ["2023-01-10", "2023-05-01"]
    assert [(each.step, each.status) for each in dropped] == [(4, "dropped")]


async def test_a_step_that_is_no_decision_is_reached_and_one_that_was_held_over_is_still_to_come(
    teller: Teller,
) -> None:
    teller.tell(
        AGENDA,
        opened(teller, on="2023-01-10"),
        route(step(1, "concept", "2023-02"), step(2, "board", "2023-03-01", by="mra-db"), day="2023-01-10"),
        f.RouteStepReached(step=1, on="2023-02-14"),
    )
    teller.tell(ASSEMBLY, takes(teller, 2, on="2023-03-01"), outcome("held-over", "2023-03-01"))
    async with shown(teller) as conn:
        held = await read(conn)
    teller.tell(ASSEMBLY, outcome("adopted", "2023-05-12"))
    async with shown(teller) as conn:
        done = await read(conn)
        known_then = await query.dossier(
            conn, AGENDA, msgspec.structs.replace(TODAY, known_at=teller.known(ASSEMBLY, 2))
        )
    assert told(held.steps) == [(1, "happened", "2023-02-14"), (2, "held-over", None)]
    assert told(done.steps) == [(1, "happened", "2023-02-14"), (2, "happened", "2023-05-12")]
    assert known_then is not None
    assert told(known_then.steps) == told(held.steps)


async def test_each_member_takes_a_step_by_a_decision_of_its_own(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, on="2021-03-09"), route(step(1, "each-member", "2021-11"), day="2021-03-09"))
    verbs: tuple[d.Verb, ...] = ("agreed", "rejected")
    for n, verb in enumerate(verbs):
        council = d.DecidedBy(body=f"gm{n}-raad")
        teller.tell(stream(f"council {n}"), takes(teller, 1, decided_by=council), outcome(verb, f"2021-11-1{n}"))
    teller.tell(stream("somewhere"), proposed(teller, "Zonder stap", dossier=AGENDA, on="2021-12-01"))
    async with shown(teller) as conn:
        found = await read(conn)
    assert [(each.decided_by.body, each.outcome) for each in found.steps[0].decisions] == [
        ("gm0-raad", "agreed"),
        ("gm1-raad", "rejected"),
    ]
    assert [each.steps for each in found.decisions] == [(1,), (1,), ()]
    assert told(found.steps) == [(1, "under-way", "2021-11-10")], "two of them decided; that says nothing of the others"


async def test_versions_editions_and_rungs_are_told_by_their_days(teller: Teller) -> None:
    cited = (Evidence(grade="official-page", at=teller.text("https://example.nl")),)
    teller.tell(
        AGENDA,
        opened(teller, on="2019"),
        f.VersionPublished(version=2, state="concept", on="2019-10-25", evidence=cited),
        f.VersionPublished(version=1, state="note", on="2019-04"),
        f.EditionPublished(
            edition=1, title=teller.text("Termijnagenda 2024"), from_="2024", until="2024", on="2023-12-20"
        ),
        f.ParticipationStepChosen(step=3, on="2019-05-01"),
        f.ParticipationStepChosen(step=5, on="2019-09-01", note=teller.text("op verzoek van raden")),
        f.DossierClosed(on="2025-01-01"),
    )
    async with shown(teller) as conn:
        now, then = await read(conn), await read(conn, "2019-06-01")
    assert [(each.version, each.state) for each in now.versions] == [(1, "note"), (2, "concept")]
    assert [(str(each.title), each.from_, each.until) for each in now.editions] == [
        ("Termijnagenda 2024", "2024", "2024")
    ]
    assert [(each.step, each.valid_until) for each in now.participation] == [(3, date(2019, 8, 31)), (5, None)]
    assert (now.asks and now.asks.step, then.asks and then.asks.asks) == (5, "opinion")
    assert now.closed is not None
    assert then.closed is None
    assert 2 not in now.without_evidence
    assert 3 in now.without_evidence


async def test_a_struck_dossier_leaves_lists_and_search_and_keeps_its_history(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, on="2023"))
    teller.tell(AGENDA, f.DossierStruck(because="exercise", grounds=teller.text("Oefening")))
    async with shown(teller) as conn:
        found = await read(conn)
        assert (await query.dossiers(conn, TODAY)).total == 0
        assert (await search.search(conn, search.Where(q="2024-2028"), TODAY)).total == 0
        assert await query.titled(conn, [AGENDA], TODAY) == {}
        steps = await history.events(conn, AGENDA, TODAY)
    assert found.struck is not None
    assert [each.event.type for each in steps] == ["dossier.opened", "dossier.struck"]


async def test_a_corrected_title_was_never_another_and_history_tells_both(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, "MRA Agneda", on="2023"))
    right = {"kind": "framework", "on": "2023", "title": msgspec.to_builtins(teller.text("MRA Agenda"))}
    wrong = f.DossierCorrected(
        corrects=1, kind="clerical", grounds=teller.text("typefout"), instead=instead("dossier.opened", right)
    )
    teller.tell(AGENDA, wrong)
    async with shown(teller) as conn:
        found = await read(conn)
        before = await query.dossier(conn, AGENDA, msgspec.structs.replace(TODAY, known_at=teller.known(AGENDA, 1)))
        steps = await history.events(conn, AGENDA, TODAY)
    assert [str(each.title) for each in found.titles] == ["MRA Agenda"]
    assert [(each.corrects, each.kind, str(each.grounds)) for each in found.corrections] == [
        (1, "clerical", "typefout")
    ]
    assert before is not None
    assert str(before.title) == "MRA Agneda"
    assert steps[0].event.corrected_to is not None


async def test_a_step_that_each_member_takes_is_under_way_for_as_long_as_it_was_planned_to(teller: Teller) -> None:
    teller.tell(
        AGENDA,
        opened(teller, on="2021-03-09"),
        route(step(1, "each-member", "2021-11-01/2021-12-31"), day="2021-03-09"),
    )
    teller.tell(ASSEMBLY, takes(teller, 1, decided_by=d.DecidedBy(body="gm1-raad")), outcome("agreed", "2021-11-10"))
    async with shown(teller) as conn:
        assert told((await read(conn, "2021-12-31")).steps) == [(1, "under-way", "2021-11-10")]
        assert told((await read(conn, "2022-01-01")).steps) == [(1, "under-way", "2021-11-10")], "one is not each"


async def test_a_step_that_each_member_takes_happened_when_the_decision_of_each_has_an_outcome(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, on="2021-03-09"), route(step(1, "each-member", "2021-11"), day="2021-03-09"))
    each = d.OutcomeRecorded(verb="adopted", count=35, on="2021-12-31")
    teller.tell(ASSEMBLY, takes(teller, 1, decided_by=d.DecidedBy(each="member")), each)
    async with shown(teller) as conn:
        assert told((await read(conn, "2022-01-01")).steps) == [(1, "happened", "2021-12-31")]


async def test_a_step_of_which_the_source_does_not_say_what_it_is_stands_in_its_route(teller: Teller) -> None:
    teller.tell(AGENDA, opened(teller, on="2024-01-10"), route(step(1, None, "2024-03"), day="2024-01-10"))
    async with shown(teller) as conn:
        found = await read(conn)
    assert [(each.step, each.stage, each.planned_on) for each in found.steps] == [(1, None, "2024-03")]


async def test_a_step_that_a_decision_took_happened_though_a_later_planning_has_it_no_longer(teller: Teller) -> None:
    tell = route(step(1, "assembly", "2021-05", by="mra-av"), step(2, "progress", "2021-06"), day="2021-01-01")
    teller.tell(AGENDA, opened(teller, on="2021-01-01"), tell)
    teller.tell(ASSEMBLY, takes(teller, 1, on="2021-05-01"), outcome("adopted", "2021-05-20"))
    teller.tell(AGENDA, route(step(3, "in-force", "2022-01-01"), day="2021-06-15"))
    async with shown(teller) as conn:
        found = await read(conn)
    assert told(found.dropped) == [(1, "happened", "2021-05-20"), (2, "dropped", None)]
