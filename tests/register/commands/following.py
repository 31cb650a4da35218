"""What a hand may ask of dossiers, of inhabitants and of the register itself so that, most of the time, the register says yes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from register.dossiers.state import Dossier
from register.sealing import seals_in
from tests.register.commands.governing import Asking
from tests.register.commands.town import Ask, Town
from tests.register.lines import ADMIN, CLERK, OPENED
from tests.register.rules.saying import fact
from tests.register.rules.told import CHARTER


def _followed(town: Town, name: str, where: tuple[UUID, Dossier] | None = None, /, **fields: Any) -> Ask:  # noqa: ANN401  # any JSON
    stream, state = where or town.some(town.dossiers()[-3:])
    who = CLERK if state.kept_by == "mra-av" else "import"
    return Ask(town.some([who, who, "import"]), stream, fact(name, **fields))


def dossier_opened(town: Town) -> Ask:
    kind = town.some(["framework", "theme", "task"])
    told = town.maybe(number="2.0")
    return Ask(CLERK, town.new_stream(), fact("dossier.opened", kind=kind, title="MRA Agenda 2024-2028", **told))


def dossier_retitled(town: Town) -> Ask:
    return _followed(town, "dossier.retitled", title="MRA Agenda 2025-2028", **town.maybe(on=town.day()))


def version_published(town: Town) -> Ask:
    where = town.some(town.dossiers()[-3:])
    number = max(where[1].versions, default=0) + town.some([1, 1, 2])
    return _followed(town, "version.published", where, version=number, state=town.some(["note", "concept", "final"]))


def edition_published(town: Town) -> Ask:
    where = town.some(town.dossiers()[-3:])
    number = max(where[1].editions, default=0) + 1
    return _followed(
        town, "edition.published", where, edition=number, title="Termijnagenda", **town.maybe(from_="2024")
    )


def route_planned(town: Town) -> Ask:
    where = town.some(town.dossiers()[-3:])
    numbers = sorted({*where[1].reached, *range(1, town.rng.randint(2, 5))})
    steps = [
        {
            "step": number,
            "plannedOn": town.some(["2023-06-23", "2027-03", "2028"]),
            **town.maybe(stage=town.some(["concept", "views", "assembly"])),
            **town.maybe(by=town.some(["mra-av", "mra-bestuur"])),
            **town.maybe(influence=["gm0362-raad"], until="2023-05-31"),
        }
        for number in numbers
    ]
    return _followed(town, "route.planned", where, steps=steps)


def step_reached(town: Town) -> Ask:
    found = [(key, state) for key, state in town.dossiers() if state.steps - state.reached]
    where = town.some(found)
    return _followed(town, "route-step.reached", where, step=town.some(where[1].steps - where[1].reached))


def participation_step_chosen(town: Town) -> Ask:
    where = town.some(town.dossiers()[-3:])
    rung = town.some([step for step in range(1, 8) if step != where[1].rung])
    return _followed(town, "participation-step.chosen", where, step=rung, **town.maybe(note="Op verzoek."))


def dossier_closed(town: Town) -> Ask:
    """Seldom asked of a dossier in which much was said."""
    found = [(key, state) for key, state in town.dossiers() if len(state.history) < 3]
    return _followed(town, "dossier.closed", town.some(found), **town.maybe(note="Opgevolgd."))


def dossier_struck(town: Town) -> Ask:
    found = [(key, state) for key, state in town.dossiers() if len(state.history) < 3]
    where = town.some(found)
    others = [str(key) for key, _ in town.dossiers() if key != where[0]]
    why = {"because": "duplicate", "see": town.some(others)} if others else {"because": "exercise"}
    return _followed(town, "dossier.struck", where, grounds="Staat er twee keer in.", **why)


def dossier_corrected(town: Town) -> Ask:
    found = [
        ((key, state), entry)
        for key, state in town.dossiers()
        for entry in state.history[1:]
        if entry.fact.TYPE in {"version.published", "edition.published", "route-step.reached", "dossier.retitled"}
    ]
    where, entry = town.some(found)
    corrected: dict[str, Any] = {"corrects": entry.seq, "kind": "clerical", "grounds": "Vergissing."}
    if entry.fact.TYPE == "dossier.retitled":
        corrected["instead"] = {"type": "dossier.retitled", "data": {"title": "MRA Agenda 2025-2029"}}
    return _followed(town, "dossier.corrected", where, **corrected)


def decision_in_dossier(town: Town) -> Ask:
    """A decision that takes a step of a dossier's route."""
    stream, state = town.some(town.dossiers()[-3:])
    link: dict[str, Any] = {"rel": "carries-out", "to": str(stream)}
    if state.steps:
        link |= town.maybe(n=town.some(state.steps))
    told: dict[str, Any] = {
        "title": "Vaststelling",
        "decidedBy": {"body": "mra-av"},
        "kind": "decision",
        "class": "not-stated",
    }
    where: dict[str, Any] = town.some([{"dossier": str(stream)}, {"links": [link]}])
    return Ask(CLERK, town.new_stream(), fact("decision.proposed", **told, **where))


def meeting_struck(town: Town) -> Ask:
    found = [(key, state) for key, state in town.meetings() if len(state.history) < 3]
    stream, _ = town.some(found)
    return Ask(CLERK, stream, fact("meeting.struck", because="wrong-register", grounds="Van een ander."))


def inhabitants_counted(town: Town) -> Ask:
    told = {"member": town.some(town.members()), "inhabitants": town.rng.randint(1, 900_000), "on": town.day()}
    return Ask(ADMIN, CHARTER.governance, fact("inhabitants.counted", **told))


def register_corrected(town: Town) -> Ask:
    instead = {"type": "register.opened", "v": 1, "data": {**OPENED, "contact": town.some(["Griffie", "Secretariaat"])}}
    corrected = {"corrects": 1, "kind": "clerical", "grounds": "Verhuisd.", "instead": instead}
    return Ask(ADMIN, CHARTER.id, fact("register.corrected", **corrected))


def disclosure_withdrawn(town: Town) -> Ask:
    """Any text of what random hands recorded, or one that stood in place of another."""
    begun = [stream for stream, _ in (*town.decisions(), *town.meetings(), *town.dossiers())]
    places = [
        {"id": str(stream), "seq": entry.seq, "field": field}
        for stream in (*begun, CHARTER.id)
        for entry in town.told.history(stream)
        for field, _ in seals_in(entry.fact)
    ]
    told = {
        "of": town.some(places),
        "ground": town.some(["avg-17", "woo-5.1"]),
        "authority": "gm0363",
        "on": town.day(),
    }
    return Ask(
        town.some([ADMIN, "import"]), CHARTER.id, fact("disclosure.withdrawn", **told, **town.maybe(instead="…"))
    )


FOLLOWING: tuple[Asking, ...] = (
    dossier_opened, dossier_retitled, version_published, edition_published, route_planned, route_planned, step_reached,
    participation_step_chosen, dossier_closed, dossier_struck, dossier_corrected, dossier_corrected, dossier_corrected, dossier_corrected, decision_in_dossier, meeting_struck,
    inhabitants_counted, register_corrected, disclosure_withdrawn,
)  # fmt: skip
