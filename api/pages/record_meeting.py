"""Recording a whole meeting from one screen: who was there, what came of each decision, and only what members said.

Each stream gets one request, in the order of the agenda, with a key made from that of the form. If we die in between,
what was recorded stays: sent again, the form is answered with it and goes on; opened anew, the screen shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar import Response
from litestar.response import Redirect

from api.accounts import Account
from api.pages.forms import Typed, kept
from api.pages.frame import address
from api.pages.record import KEY, TOKEN, signed_in
from api.pages.record_meeting_checking import Found, Sheet, answers, confirmed, differences, sheets
from api.pages.record_meeting_loading import Loaded, load, meeting_of, must_keep, part_of
from api.pages.record_meeting_screen import Screen, changed
from api.pages.record_meeting_telling import screen
from api.pages.site import Asking, Site, frame_of, shown
from api.posting import idempotency_key
from api.problems import Problem, of_fault, told
from api.recording import Recording
from api.rehearsing import stage
from api.sign_in import own_form
from register.refusals import Refused
from register.store.appending import NotStored, SameKeyOtherContent

TEMPLATE = "record_meeting.html"


async def ask(site: Site, asking: Asking, id: str) -> Response[Any]:
    """The screen, with what is on record and everybody without objection."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    await must_keep(asking, who[1], await meeting_of(asking, id), "clerk")
    key = uuid4()
    return _shown(asking, screen(await load(asking, id, key), key, {}))


async def send(site: Site, recording: Recording, asking: Asking, id: str, typed: Typed) -> Response[Any]:
    """Record what was filled in; with anything wrong the screen again, as it was filled in, and nothing recorded."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    session, account = who
    if not own_form(session, next(iter(typed.get(TOKEN, ())), None)):
        raise Problem(403, "form-token")
    await must_keep(asking, account, await meeting_of(asking, id), "clerk")
    key = idempotency_key(next(iter(typed.get(KEY, ())), None))
    loaded = await load(asking, id, key)
    page = _as_typed(screen(loaded, key, typed), typed)
    if "meer" in typed:
        return _shown(asking, page)
    streams = [UUID(id), *(UUID(each.id) for each in page.decisions)]
    stages = await stage(asking.conn, recording.charter, account, asking.today, streams)
    ready, found = sheets(loaded, page, typed, stages, key)
    if found.at or found.whole:
        return _shown(asking, found.shown(page), 422)
    said = differences(loaded, page, typed, answers(page, typed, stages, key))
    if (differing := confirmed(page, said, typed, loaded)) is not None:
        return _shown(asking, differing, 422)
    return await _record(site, recording, asking, account, Form(id, key, typed, ready))


class Form(msgspec.Struct, frozen=True):
    """A form that was sent and in which nothing is wrong."""

    meeting: str
    key: UUID
    typed: Typed
    sheets: Sequence[Sheet]


async def _record(site: Site, recording: Recording, asking: Asking, account: Account, form: Form) -> Response[Any]:
    """Send each request; the first that is not recorded ends it, and the screen says what is on record and what is not."""
    for sheet in form.sheets:
        stream = sheet.together.stream
        raw = msgspec.json.encode([[each.fact.TYPE, each.body] for each in sheet.together.said])
        try:
            await recording.record_together(account, stream, sheet.read, raw, part_of(form.key, str(stream)))
        except (Refused, NotStored) as fault:
            async with site.asking(asking.request) as anew:
                return _stopped(anew, await load(anew, form.meeting, form.key), form, sheet, fault)
    there = address(asking.lang, f"/vastleggen/vergadering/{form.meeting}/gedaan", {"sleutel": str(form.key)})
    return Redirect(there, status_code=303)


def _stopped(asking: Asking, loaded: Loaded, form: Form, sheet: Sheet, fault: Refused | NotStored) -> Response[Any]:
    """Somebody else was first, the form was sent before with other answers, or the register could not be reached."""
    says = loaded.tell.says
    page = _as_typed(screen(loaded, form.key, form.typed), form.typed)
    match fault:
        case Refused():
            sentences = [each.sentence(says.lang) for each in fault.refusals]
            status = 409
        case SameKeyOtherContent():
            sentences = [
                says.say("Dit is met ditzelfde scherm al vastgelegd, met andere antwoorden. Open het scherm opnieuw.")
            ]
            status = 409
        case _:
            problem = of_fault(fault)
            sentences, status = [told(problem, asking.lang).detail], problem.status
    found = Found(whole=[f"{sheet.together.title}: {sentence}" for sentence in sentences])
    notice = says.say(
        "Niet alles is vastgelegd. Wat al vaststaat, ziet u hieronder; verstuur opnieuw en de rest volgt, zonder dat iets dubbel wordt vastgelegd."
    )
    return _shown(asking, msgspec.structs.replace(found.shown(page), notice=notice), status)


def _as_typed(page: Screen, typed: Typed) -> Screen:
    """The screen with what was filled in."""
    return changed(page, lambda field: kept((field,), typed)[0])


def _shown(asking: Asking, page: Screen, status: int = 200) -> Response[Any]:
    return shown(TEMPLATE, page, frame_of(asking, "vastleggen"), status)
