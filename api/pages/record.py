"""Recording from a page: choose what, answer its questions, see every fault at once, and then the fact that was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Response
from litestar.response import Redirect

from api.accounts import Account
from api.pages import happened, views
from api.pages.act_asking import Act, Ground
from api.pages.act_positions import ON_POSITION
from api.pages.act_standpoints import ON_STANDPOINT
from api.pages.act_voices import counts
from api.pages.acts import ON_DECISION
from api.pages.decision_facts import titles
from api.pages.forms import Form, Typed, faulty, kept, refused
from api.pages.frame import Frame, address
from api.pages.site import Asking, Site, frame_of, shown
from api.pages.telling import Teller, codes_in
from api.posting import idempotency_key
from api.problems import Problem
from api.recording import Recording, entry_address, matched
from api.sign_in import Session, own_form
from api.writes import WRITE_OF
from projections.course import query as course
from projections.decisions import query as decisions
from projections.governance import query as governance
from projections.history import query as history
from projections.row import Voice
from projections.standpoints import query as standpoints
from register.faults import BodyRefused
from register.refusals import Refused
from register.values import UUID_FORM

KINDS: dict[str, Mapping[str, Act]] = {"besluit": ON_DECISION, "positie": ON_POSITION, "standpunt": ON_STANDPOINT}
COUNTED = frozenset({"position.recorded", "minority-standpoint.recorded"})
"""The facts of which it is said for whom they count."""
TOKEN, KEY = "_csrf_token", "_sleutel"  # the name of a form field


class DonePage(views.View, frozen=True, kw_only=True):
    """What templates/recorded.html shows."""

    sentence: str
    entry: int
    decision: views.Link
    members: tuple[views.Named, ...]
    counts: str
    unconfirmed: bool


def signed_in(site: Site, asking: Asking) -> tuple[Session, Account] | Redirect:
    """Who is signed in, or the way to sign in and come back."""
    session = site.session(asking.request)
    if session is None:
        here = address(asking.lang, asking.path, dict(asking.query))
        return Redirect(address(asking.lang, "/aanmelden", {"naar": here}), status_code=303)
    return session, site.account(session)


class Wanted(msgspec.Struct, frozen=True):
    """What an address says that is to be recorded: on a decision, position or standpoint, which one, and what."""

    kind: str
    target: str
    what: str


async def ask(site: Site, asking: Asking, wanted: Wanted) -> Response[Any]:
    """The form of an act, empty."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    act, ground, frame = await _ground(asking, who[1], wanted)
    return shown("form.html", _form(act, ground, frame, str(uuid4())), frame)


async def record(site: Site, recording: Recording, asking: Asking, wanted: Wanted, typed: Typed) -> Response[Any]:
    """Record what was answered; with anything wrong the form again, as it was typed, with all that is wrong."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    session, account = who
    if not own_form(session, next(iter(typed.get(TOKEN, ())), None)):
        raise Problem(403, "form-token")
    act, ground, frame = await _ground(asking, account, wanted)
    key = idempotency_key(next(iter(typed.get(KEY, ())), None))
    form = _form(act, ground, frame, str(key))
    form = msgspec.structs.replace(form, fields=kept(form.fields, typed))
    if wrong := act.amiss(typed, ground):
        fields = tuple(faulty(each, [wrong[each.name]] if each.name in wrong else ()) for each in form.fields)
        return shown("form.html", msgspec.structs.replace(form, fields=fields), frame, 422)
    write = WRITE_OF[act.fact]
    given = dict.fromkeys(
        write.parameters, wanted.target if wanted.kind != "besluit" and write.place == "entry" else ground.decision.id
    )
    raw = msgspec.json.encode(act.body(typed, ground))
    try:
        done = await recording.record(account, write, given, raw, key, lang=frame.lang)
    except (Refused, BodyRefused) as fault:
        return shown("form.html", refused(form, fault, frame.says, ground.tell.names), frame, 422)
    at = f"{done.asked.id}.{done.asked.seq}"
    return Redirect(address(frame.lang, f"/vastleggen/gedaan/{at}"), status_code=303)


async def _ground(asking: Asking, account: Account, wanted: Wanted) -> tuple[Act, Ground, Frame]:
    """The act of an address with what it stands on; a 404 Problem for anything else."""
    act = KINDS.get(wanted.kind, {}).get(wanted.what)
    if act is None:
        raise Problem(404, "not-found")
    if wanted.kind == "besluit":
        stream, seq = matched(UUID_FORM, wanted.target), None
    else:
        of, seq = entry_address(wanted.target)
        stream = str(of)
    decision = await decisions.decision(asking.conn, stream, asking.at)
    if decision is None or decision.struck is not None:
        raise Problem(404, "no-decision")
    members = await governance.members(asking.conn, asking.at)
    frame = frame_of(asking, "vastleggen")
    codes = {*codes_in(decision), *(grant.for_ for grant in account.grants)}
    names = {each.code: each.name for each in members} | dict(await governance.names(asking.conn, codes, asking.at))
    ground = Ground(account, decision, members, Teller(frame, names, titles(decision)))
    if seq is None:
        return act, ground, frame
    return act, await _about(asking, ground, wanted.kind, stream, seq), frame


async def _about(asking: Asking, ground: Ground, kind: str, stream: str, seq: int) -> Ground:
    """The ground with the position or standpoint of entry `seq`."""
    if kind == "standpunt":
        found = await standpoints.standpoint(asking.conn, stream, seq, asking.at)
        if found is None:
            raise Problem(404, "not-found")
        return msgspec.structs.replace(ground, standpoint=found)
    rows = await course.positions(asking.conn, stream, asking.at)
    position = next((row for row in reversed(rows) if seq in {row.recorded, row.seq}), None)
    if position is None:
        raise Problem(404, "not-found")
    steps = await history.events(asking.conn, stream, asking.at)
    entry = next((step.event for step in steps if step.event.seq == position.seq), None)
    if entry is None:
        return msgspec.structs.replace(ground, position=position)
    said = entry.corrected_to or entry.data
    return msgspec.structs.replace(ground, position=position, entry=said, entry_type=entry.type)


def _form(act: Act, ground: Ground, frame: Frame, key: str) -> Form:
    say = frame.says.say
    decision = ground.decision
    return Form(
        title=say(act.title),
        about=views.Link(href=frame.to(f"/besluiten/{decision.id}"), title=decision.title),
        lead=" ".join(each for each in (_subject(ground, frame), say(act.lead)) if each),
        action=address(frame.lang, frame.path),
        submit=say(act.submit),
        key=key,
        fields=act.fields(ground),
    )


def _subject(ground: Ground, frame: Frame) -> str:
    """What an act on a position or a standpoint is about."""
    say, tell = frame.says.say, ground.tell
    if ground.standpoint is not None:
        text = ground.standpoint.recorded.text.text
        return say(
            "Standpunt van %(who)s: %(text)s",
            who=tell.who(ground.standpoint.recorded.voice),
            text=text or say("afgeschermd"),
        )
    if ground.position is not None:
        stance = tell.word["STANCE"][ground.position.stance]
        who = tell.name(ground.position.member) if ground.position.member else tell.who(ground.position.voice)
        if ground.position.part is not None:
            return say(
                "%(who)s: %(stance)s, op %(part)s.", who=who, stance=stance, part=tell.part(ground.position.part)
            )
        return say("%(who)s: %(stance)s, op het geheel.", who=who, stance=stance)
    return ""


async def done(site: Site, asking: Asking, recorded: str) -> Response[Any]:
    """The fact that was recorded, in words, with the way to where it can be seen."""
    who = signed_in(site, asking)
    if isinstance(who, Redirect):
        return who
    stream, seq = entry_address(recorded)
    decision = await decisions.decision(asking.conn, str(stream), asking.at)
    steps = await history.events(asking.conn, str(stream), asking.at)
    step = next((each for each in steps if each.event.seq == seq), None)
    if decision is None or step is None:
        raise Problem(404, "not-found")
    frame = frame_of(asking, "vastleggen")
    names = await governance.names(asking.conn, set(happened.codes((step,))), asking.at)
    tell = Teller(frame, names, titles(decision))
    voice = msgspec.convert(step.event.data["voice"], Voice) if "voice" in step.event.data else None
    member = step.event.data.get("member")
    page = DonePage(
        sentence=happened.sentence(step.event.type, step.event.data, tell, decision.proposed.kind),
        entry=step.event.position,
        decision=tell.decision(decision.id, decision.title),
        members=tell.members({*((voice.members or ()) if voice else ()), *((member,) if member else ())}),
        counts=counts(voice, member, tell) if voice is not None and step.event.type in COUNTED else "",
        unconfirmed=seq in decision.unconfirmed,
    )
    return shown("recorded.html", page, frame)


def typed_of(pairs: list[tuple[str, str]]) -> Typed:
    """What a form sent, by name, in order."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
