"""Questions about dossiers: which there are, one as it stands, what happened to it, and what comes when."""

from __future__ import annotations

from collections.abc import Sequence

from api.decision_reads import EVER
from api.posting import BASE
from api.problems import Problem
from api.reading import Reading
from projections.dossiers import query as dossiers
from projections.dossiers.answer import ComingUp, Dossier, DossierBriefly
from projections.history import query as history
from projections.history.row import Step
from projections.row import Page

AGENDA_KEYS = ("takenBy", "concerns", "comesFrom", "comesTo")
"""The keys of the forward agenda, as api/keys.py files them."""


async def listed(r: Reading) -> Page[DossierBriefly]:
    """The dossiers that the keys ask for."""
    kind = r.given["dossierKind"]
    return await dossiers.dossiers(r.conn, r.at, q=r.given["q"], kind=kind, page=r.page, page_size=r.page_size)


async def standing(r: Reading) -> Dossier:
    """The dossier of the address; a 404 Problem when there is none by then, 410 when it was struck."""
    found = await dossiers.dossier(r.conn, r.id(), r.at)
    if found is None:
        raise await missing(r)
    if found.struck is not None:
        events = f"{BASE}/dossiers/{found.id}/events"
        raise Problem(410, "struck", what=events, more={"struck": found.struck, "events": events})
    return found


async def missing(r: Reading) -> Problem:
    """Why a dossier is not shown: there is none, or there was none yet at that moment."""
    return Problem(404, "not-yet" if await dossiers.dossier(r.conn, r.id(), EVER) else "no-dossier")


async def events(r: Reading) -> tuple[Step, ...]:
    """Every entry, also of a dossier that was struck."""
    if await dossiers.dossier(r.conn, r.id(), EVER) is None:
        raise Problem(404, "no-dossier")
    found = await history.events(r.conn, r.id(), r.at)
    if not found:
        raise Problem(404, "not-yet")
    return found


async def coming(r: Reading) -> Sequence[ComingUp]:
    """What comes when, for everybody, a body or a member; a 400 Problem when the period runs back."""
    body, member, from_, to = (r.given[key] for key in AGENDA_KEYS)
    if from_ is not None and to is not None and from_ > to:
        raise Problem(400, "not-a-period", field="from")
    return await dossiers.forward_agenda(r.conn, r.at, body=body, member=member, from_=from_, to=to)
