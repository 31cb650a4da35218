"""What a hand may ask of bodies, members and meetings so that, most of the time, the register says yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from register.governance.facts import ThemeNamed
from register.meetings.state import Meeting
from tests.register.commands.town import ROOTS, Ask, Town
from tests.register.lines import ADMIN, CLERK
from tests.register.rules.saying import fact
from tests.register.rules.told import CHARTER

Asking = Callable[[Town], Ask]


def _governance(town: Town, name: str, /, **fields: Any) -> Ask:  # noqa: ANN401  # any JSON
    return Ask(town.some([ADMIN, ADMIN, ADMIN, "import"]), CHARTER.governance, fact(name, **fields))


def _own_members(town: Town) -> list[str]:
    """Members that may come and go: those that are no root, and have not left."""
    return [code for code, periods in town.governance.members.items() if code not in ROOTS and periods[-1].last is None]


def _own_bodies(town: Town) -> list[str]:
    return [
        code for code, body in town.governance.bodies.items() if code.startswith("body") and body.period.last is None
    ]


def body_established(town: Town) -> Ask:
    of = town.maybe(0.3, of=town.some(town.members()), layer=town.some(["council", "executive"]))
    seats = town.some(["every-member", "assigned", "not-recorded"])
    return _governance(
        town,
        "body.established",
        code=town.fresh("body"),
        name="Platform Ruimte",
        kind="platform",
        force="course",
        seats=seats,
        from_=town.day(),
        **of,
    )


def body_renamed(town: Town) -> Ask:
    return _governance(
        town, "body.renamed", body=town.some(_own_bodies(town)), name="Platform Mobiliteit", from_=town.day()
    )


def body_dissolved(town: Town) -> Ask:
    return _governance(
        town, "body.dissolved", body=town.some(_own_bodies(town)), until="2026-11", **town.maybe(successor="mra-av")
    )


def member_admitted(town: Town) -> Ask:
    gone = [
        code for code in town.governance.members if code not in ROOTS and town.governance.has_left(code, town.today)
    ]
    again = bool(gone) and town.rng.random() < 0.2
    code, from_ = (town.some(gone), f"{town.today}") if again else (town.fresh("gm"), town.day())
    return _governance(town, "member.admitted", member=code, name="Proefgemeente", kind="municipality", from_=from_)


def member_renamed(town: Town) -> Ask:
    return _governance(town, "member.renamed", member=town.some(town.members()), name="Stadsgebied", from_=town.day())


def departure_announced(town: Town) -> Ask:
    return _governance(
        town,
        "departure.announced",
        member=town.some(_own_members(town)),
        plannedOn="2028-01-01",
        **town.maybe(on=town.day()),
    )


def member_departed(town: Town) -> Ask:
    return _governance(
        town,
        "member.departed",
        member=town.some(_own_members(town)),
        until=town.some(["2026-10-31", "2026-11", "2027-12-31"]),
    )


def succession_planned(town: Town) -> Ask:
    return _governance(
        town,
        "succession.planned",
        member=town.some(_own_members(town)),
        into="gm0363",
        plannedOn="2027-01-01",
        status=town.some(["intention", "bill"]),
    )


def member_merged(town: Town) -> Ask:
    return _governance(
        town,
        "member.merged",
        member=town.some(_own_members(town)),
        into="gm0402",
        until=town.some(["2026-10-31", "2026-12-31"]),
    )


def party_named(town: Town) -> Ask:
    bodies = [code for code, body in town.governance.bodies.items() if body.layer == "council"]
    if town.rng.random() < 0.2:
        return _governance(town, "party.named", code=town.fresh("x"), kind="organisation", name="Woningcorporaties")
    return _governance(
        town,
        "party.named",
        code=town.fresh("g"),
        kind="political-group",
        name={"text": "Fractie"},
        of=town.some(bodies),
    )


def subregion_established(town: Town) -> Ask:
    return _governance(town, "subregion.established", subregion=town.fresh("sub"), name="Deelregio", from_="2017")


def subregion_joined(town: Town) -> Ask:
    belongings = town.governance.belongings
    free = [code for code in _own_members(town) if all(each.period.last for each in belongings.get(code, ()))]
    return _governance(
        town,
        "subregion.joined",
        member=town.some(free),
        subregion=town.some(town.governance.subregions),
        from_=f"{town.today}",
    )


def subregion_left(town: Town) -> Ask:
    joined = [
        (code, each[-1].subregion)
        for code, each in town.governance.belongings.items()
        if code not in ROOTS and each and each[-1].period.last is None
    ]
    member, subregion = town.some(joined)
    return _governance(town, "subregion.left", member=member, subregion=subregion, until="2027")


def seat_assigned(town: Town) -> Ask:
    bodies = [
        code for code, body in town.governance.bodies.items() if body.seats == "assigned" and body.period.last is None
    ]
    holder = town.some([*town.members(), *town.governance.parties])
    return _governance(
        town,
        "seat.assigned",
        body=town.some(bodies),
        holder=holder,
        capacity=town.some(["own", "vanuit"]),
        from_=town.day(),
    )


def seat_vacated(town: Town) -> Ask:
    held = [seq for seq, seat in town.governance.seats.items() if seat.period.last is None]
    return _governance(town, "seat.vacated", seat=town.some(held), until="2026-12")


def mandate_granted(town: Town) -> Ask:
    role, for_ = town.some(
        [
            ("auditor", "mra"),
            ("clerk", "mra-av"),
            ("confirmer", "mra-bestuur"),
            ("representative", town.some(town.members())),
        ]
    )
    mandate = str(uuid5(CHARTER.id, town.fresh("mandate")))
    return _governance(
        town,
        "mandate.granted",
        mandate=mandate,
        role=role,
        for_=for_,
        from_=town.day(),
        **town.maybe(holder={"text": "Griffier"}),
    )


def mandate_ended(town: Town) -> Ask:
    in_use = {key for keys in town.told.mandates.values() for key in keys}
    held = [
        key for key, mandate in town.governance.mandates.items() if mandate.period.last is None and key not in in_use
    ]
    return _governance(town, "mandate.ended", mandate=town.some(held), until="2026-12")


def rule_adopted(town: Town) -> Ask:
    bands: dict[str, Any] = {"kind": "weighted", "bands": [{"least": 0, "votes": 1}], "reference": "01-01"}
    kind = town.some([{"kind": "consensus"}, {"kind": "majority", "quorum": "0.5"}, bands])
    return _governance(
        town,
        "rule.adopted",
        body=town.some(_own_bodies(town)),
        from_=town.day(),
        **town.maybe(subjects=[town.fresh("onderwerp")]),
        **kind,
    )


def theme_named(town: Town) -> Ask:
    return _governance(town, "theme.named", code=town.fresh("thema"), name="Wonen")


def governance_corrected(town: Town) -> Ask:
    """An entry that random hands recorded is annulled, or says something else."""
    entries = [
        entry
        for entry in town.governance.history
        if entry.fact.TYPE in {"theme.named", "member.renamed", "body.renamed", "succession.planned"}
    ]
    entry = town.some(entries)
    corrected = {"corrects": entry.seq, "kind": "clerical", "grounds": "Vergissing."}
    if isinstance(entry.fact, ThemeNamed):
        instead = {"code": town.some([entry.fact.code, town.fresh("thema")]), "name": "Wonen"}
        corrected["instead"] = {"type": "theme.named", "data": instead}
    return _governance(town, "governance.corrected", **corrected)


def _meeting(town: Town, name: str, /, *, held: bool = False, **fields: Any) -> Ask:  # noqa: ANN401  # any JSON
    stream, _ = _open(town) if not held else town.some(town.meetings())
    return Ask(town.some([CLERK, CLERK, "import"]), stream, fact(name, **fields))


def _open(town: Town) -> tuple[UUID, Meeting]:
    return town.some([(key, state) for key, state in town.meetings() if not state.held and not state.cancelled])


def meeting_planned(town: Town) -> Ask:
    when = town.some(["2022-09-16", "2023-03", "2027-03-18"])
    return Ask(
        CLERK,
        town.new_stream(),
        fact(
            "meeting.planned",
            body="mra-av",
            plannedOn=when,
            **town.maybe(startsAt="13:30", title="Algemene Vergadering"),
        ),
    )


def meeting_rescheduled(town: Town) -> Ask:
    return _meeting(town, "meeting.rescheduled", plannedOn="2027-09-21", **town.maybe(on=town.day()))


def meeting_held(town: Town) -> Ask:
    there = town.members()
    town.rng.shuffle(there)
    absent = [{"member": code, **town.maybe(notice=True)} for code in there[:2]]
    return _meeting(town, "meeting.held", present=there[2:], absent=absent, **town.maybe(on=town.day()))


def meeting_cancelled(town: Town) -> Ask:
    return _meeting(town, "meeting.cancelled", **town.maybe(reason="Te weinig stukken."))


def agenda_item_placed(town: Town) -> Ask:
    return _meeting(
        town,
        "agenda-item.placed",
        held=True,
        item=str(town.rng.randint(1, 40)),
        title="Meerjarenbegroting",
        **town.maybe(0.3, letter=town.some("abc")),
    )


def agenda_item_withdrawn(town: Town) -> Ask:
    stream, state = town.some([(key, state) for key, state in town.meetings() if state.items])
    item, letter = town.some(sorted(state.items, key=str))
    return Ask(CLERK, stream, fact("agenda-item.withdrawn", item=item, **({"letter": letter} if letter else {})))


def document_published(town: Town) -> Ask:
    state: dict[str, Any] = town.some(
        [{"state": "missing"}, {"state": "on-request"}, {"state": "public", "at": "https://example.org/verslag.pdf"}]
    )
    return _meeting(town, "document.published", held=True, kind=town.some(["minutes", "annex"]), **state)


def meeting_corrected(town: Town) -> Ask:
    found = [
        (key, entry)
        for key, state in town.meetings()
        for entry in state.history
        if entry.fact.TYPE in {"document.published", "meeting.held", "agenda-item.placed"}
    ]
    stream, entry = town.some(found)
    corrected: dict[str, Any] = {"corrects": entry.seq, "kind": "clerical", "grounds": "Vergissing."}
    if entry.fact.TYPE == "meeting.held" and town.rng.random() < 0.7:
        corrected["instead"] = {
            "type": "meeting.held",
            "data": {"on": town.day(date(2023, 1, 1)), "present": town.members()[:3]},
        }
    return Ask(CLERK, stream, fact("meeting.corrected", **corrected))


GOVERNING: tuple[Asking, ...] = (
    body_established, body_renamed, body_dissolved, member_admitted, member_admitted, member_renamed, departure_announced,
    member_departed, succession_planned, member_merged, party_named, subregion_established, subregion_joined, subregion_joined, subregion_left,
    subregion_left, subregion_left, subregion_left, body_renamed, departure_announced, succession_planned, body_renamed, body_renamed, body_dissolved, member_merged, seat_vacated,
    seat_assigned, seat_vacated, mandate_granted, mandate_ended, rule_adopted, theme_named, governance_corrected,
)  # fmt: skip
MEETING: tuple[Asking, ...] = (
    meeting_planned, meeting_planned, agenda_item_withdrawn, agenda_item_withdrawn, agenda_item_placed, meeting_corrected, meeting_rescheduled, meeting_held, meeting_cancelled, agenda_item_placed,
    agenda_item_withdrawn, agenda_item_withdrawn, agenda_item_withdrawn, document_published, meeting_corrected,
    meeting_corrected, meeting_rescheduled,
)  # fmt: skip
