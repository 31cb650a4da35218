"""After a meeting was recorded: what was, line by line, and a second account that confirms it, decision by decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar import Response
from litestar.response import Redirect

from api.accounts import Account
from api.pages import views
from api.pages.forms import Typed, one
from api.pages.frame import address
from api.pages.record import KEY, TOKEN, signed_in
from api.pages.record_meeting_loading import Loaded, Standing, load, meeting_of, must_keep, part_of
from api.pages.record_meeting_screen import Told
from api.pages.record_meeting_told import held_told, told
from api.pages.site import Asking, Site, frame_of, shown
from api.posting import idempotency_key
from api.problems import Problem
from api.recording import Recording
from api.sign_in import own_form
from api.writes import WRITE_OF
from projections.decisions.row import Decision
from register.decisions.facts import DecisionConfirmed
from register.faults import BodyRefused
from register.refusals import Refused


class Block(views.View, frozen=True, kw_only=True):
    """A decision with entries of it; `up_to` is the last of its entries when the page was made."""

    id: str
    link: views.Link
    lines: tuple[Told, ...]
    up_to: int
    ticked: bool = False
    fault: str = ""


class DonePage(views.View, frozen=True, kw_only=True):
    """What templates/recorded_meeting.html shows; `confirm` where a second account confirms it."""

    about: views.Link
    held: tuple[Told, ...]
    blocks: tuple[Block, ...]
    confirm: str
    again: str
    waiting: int


class ConfirmPage(views.View, frozen=True, kw_only=True):
    """What templates/confirm_meeting.html shows."""

    about: views.Link
    blocks: tuple[Block, ...]
    action: str
    key: str
    wrong: int = 0
    nothing: bool = False


async def done(site: Site, asking: Asking, id: str) -> Response[Any]:
    """What one form recorded."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    loaded = await load(asking, id, idempotency_key(asking.query.get("sleutel")))
    blocks = tuple(
        _block(loaded, each, [step.event.seq for step in each.steps if step.event.cause in loaded.mine])
        for each in loaded.standing
        if any(step.event.cause in loaded.mine for step in each.steps)
    )
    if not blocks and not loaded.held_mine:
        raise Problem(404, "not-found")
    frame = frame_of(asking, "vastleggen", {"sleutel": asking.query.get("sleutel", "")})
    page = DonePage(
        about=_about(loaded),
        held=held_told(loaded) if loaded.held_mine else (),
        blocks=blocks,
        confirm=frame.to(f"/vastleggen/vergadering/{id}/bevestigen"),
        again=frame.to(f"/vastleggen/vergadering/{id}"),
        waiting=sum(line.unconfirmed for each in blocks for line in each.lines),
    )
    return shown("recorded_meeting.html", page, frame)


async def ask(site: Site, asking: Asking, id: str) -> Response[Any]:
    """What of the meeting waits for a second account."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    await must_keep(asking, who[1], await meeting_of(asking, id), "confirmer")
    key = uuid4()
    return _asked(asking, await load(asking, id, key), key, {}, {})


async def send(site: Site, recording: Recording, asking: Asking, id: str, typed: Typed) -> Response[Any]:
    """Confirm the decisions that were ticked, each up to the last entry that the page showed."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    session, account = who
    if not own_form(session, next(iter(typed.get(TOKEN, ())), None)):
        raise Problem(403, "form-token")
    await must_keep(asking, account, await meeting_of(asking, id), "confirmer")
    key = idempotency_key(next(iter(typed.get(KEY, ())), None))
    loaded = await load(asking, id, key)
    ticked = set(typed.get("besluit", ()))
    chosen = [each for each in loaded.standing if each.decision.id in ticked]
    if not chosen:
        none = loaded.tell.says.say("Kruis aan wat klopt, of ga terug.")
        return _asked(asking, loaded, key, typed, {"": none})
    refused = await _confirmed(recording, account, chosen, loaded, typed, key)
    if refused:
        async with site.asking(asking.request) as anew:
            return _asked(anew, await load(anew, id, key), key, typed, refused)
    there = address(asking.lang, f"/vastleggen/vergadering/{id}/gedaan", {"sleutel": str(key)})
    return Redirect(there, status_code=303)


async def _confirmed(  # noqa: PLR0913, PLR0917  # what confirming takes
    recording: Recording, account: Account, chosen: Sequence[Standing], loaded: Loaded, typed: Typed, key: UUID
) -> dict[str, str]:
    """Confirm each decision; the sentence for each that is refused. If we die in between, sending again goes on."""
    says, found = loaded.tell.says, dict[str, str]()
    write = WRITE_OF[DecisionConfirmed]
    for each in chosen:
        id = each.decision.id
        raw = msgspec.json.encode({"upTo": _up_to(each.decision, typed)})
        try:
            await recording.record(account, write, {"id": id}, raw, part_of(key, id), lang=says.lang)
        except Refused as fault:
            found[id] = " ".join(refusal.sentence(says.lang) for refusal in fault.refusals)
        except BodyRefused as fault:
            found[id] = " ".join(wrong.sentence(says.lang) for wrong in fault.faults)
    return found


def _up_to(decision: Decision, typed: Typed) -> int:
    """The last entry that was shown when the box was ticked."""
    shown_then = one(typed, f"tot-{decision.id}")
    return int(shown_then) if shown_then.isascii() and shown_then.isdigit() and len(shown_then) < 9 else decision.steps  # noqa: PLR2004  # no stream is so long


def _asked(asking: Asking, loaded: Loaded, key: UUID, typed: Typed, faults: dict[str, str]) -> Response[Any]:
    frame = frame_of(asking, "vastleggen")
    ticked = set(typed.get("besluit", ()))
    blocks = tuple(
        msgspec.structs.replace(
            _block(loaded, each, each.decision.unconfirmed),
            ticked=each.decision.id in ticked,
            fault=faults.get(each.decision.id, ""),
        )
        for each in loaded.standing
        if each.decision.unconfirmed
    )
    page = ConfirmPage(
        about=_about(loaded),
        blocks=blocks,
        action=address(asking.lang, asking.path),
        key=str(key),
        wrong=len(faults),
        nothing="" in faults,
    )
    return shown("confirm_meeting.html", page, frame, 422 if faults else 200)


def _block(loaded: Loaded, standing: Standing, seqs: Sequence[int]) -> Block:
    steps = tuple(step for step in standing.steps if step.event.seq in set(seqs))
    decision = standing.decision
    return Block(
        id=decision.id,
        link=loaded.tell.decision(decision.id, decision.title),
        lines=told(steps, decision, loaded.tell),
        up_to=decision.steps,
    )


def _about(loaded: Loaded) -> views.Link:
    href = loaded.tell.frame.to(f"/vergaderingen/{loaded.meeting.id}")
    return views.Link(href=href, title=loaded.tell.text(loaded.tell.meeting(loaded.meeting.body, loaded.day)))
