"""The page that says what is published of the log, what that proves and what not, and how anybody checks it without us."""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec
from litestar import Response

from api.pages import days, views
from api.pages.frame import Frame
from api.pages.reading import Page
from api.pages.site import Asking, Site, frame_of, shown
from api.pages.speech import Speech
from register.publishing.files import Files
from register.publishing.ledger import Kept, latest
from register.publishing.stamp_rows import newest
from register.publishing.timestamps import Stamp
from register.publishing.witnessed import Witnessed, WitnessTold, witnessed
from register.store.reading import Reader
from register.tlog.notes import COSIGNED_ML_DSA_44, ED25519, Key, NotANoteError

MOST = 10
"""Checkpoints on the page; all of them lie beside the log."""
KINDS = {ED25519: "Ed25519", COSIGNED_ML_DSA_44: "ML-DSA-44"}
MINUTE, HOUR = 60, 3600


class KeyLine(views.View, frozen=True, kw_only=True):
    """One public key of the log."""

    kind: str
    id: str
    vkey: str


class CheckpointLine(views.View, frozen=True, kw_only=True):
    """One checkpoint."""

    size: int
    when: str
    root: str
    href: str


class WitnessLine(views.View, frozen=True, kw_only=True):
    """One witness: when it signed, and why it did not."""

    name: str
    when: str
    last: str


class StampLine(views.View, frozen=True, kw_only=True):
    """One time stamp of others."""

    size: int
    when: str
    who: str
    href: str
    name: str


class VerificationPage(views.View, frozen=True, kw_only=True):
    """What templates/verification.html shows."""

    answer: str
    more: str
    refused: str
    waiting: str
    stale: str
    """Why the age of the last checkpoint is not as it should be."""
    keys: tuple[KeyLine, ...]
    checkpoints: tuple[CheckpointLine, ...]
    witnesses: tuple[WitnessLine, ...]
    seen: Literal["by nobody", "by too few", "by enough"]
    stamps: tuple[StampLine, ...]
    silent: tuple[tuple[str, str], ...]
    """Authorities that gave no stamp when they were asked last, and why."""
    address: str


class Published(msgspec.Struct, frozen=True):
    """What is published, and how much there is."""

    entries: int
    checkpoints: list[Kept]
    policy: str = ""
    refused: str = ""
    waiting: int = 0
    """The size of a checkpoint that waits for witnesses; then `refused` says no more than that."""
    witnessed: Witnessed = Witnessed()
    stamps: list[Stamp] = []
    silent: tuple[tuple[str, str], ...] = ()


def verifying(site: Site) -> Page:
    """The page `/verificatie`."""

    async def show(asking: Asking) -> Response[Any]:
        publisher = site.parts.publisher
        entries = (await Reader(asking.conn).head()).size
        found = Published(entries, await latest(asking.conn, MOST), stamps=await newest(asking.conn, MOST))
        if publisher is not None:
            policy = await asyncio.to_thread(_policy, publisher.home.log)
            note = found.checkpoints[0].note if found.checkpoints else None
            seen = witnessed(note, publisher.witnesses)
            found = msgspec.structs.replace(
                found,
                policy=policy,
                refused=publisher.refused,
                waiting=publisher.waiting,
                witnessed=seen,
                silent=tuple(publisher.stamping.reasons.items()),
            )
        # What is published comes a moment after what the position says, so this page is asked anew each time.
        frame = msgspec.structs.replace(frame_of(asking, "verificatie"), position=None)
        address = str(asking.request.base_url).rstrip("/")
        return shown("verification.html", page(found, frame, asking.now, address), frame)

    return show


def page(found: Published, frame: Frame, now: datetime, address: str) -> VerificationPage:
    """Tell it."""
    last = found.checkpoints[0] if found.checkpoints else None
    return VerificationPage(
        answer=_answer(last, frame.says),
        more=_more(last, found.entries, now, frame.says),
        refused="" if found.waiting else found.refused,
        waiting=_waiting(found.waiting, frame.says),
        stale=_stale(frame),
        keys=tuple(_keys(found.policy)),
        checkpoints=tuple(_checkpoint(each, frame) for each in found.checkpoints),
        witnesses=tuple(_witness(each, frame) for each in found.witnessed.witnesses),
        seen=_seen(found.witnessed),
        stamps=tuple(_stamped(each, frame) for each in found.stamps),
        silent=tuple((who, why(reason, frame.says)) for who, reason in found.silent),
        address=address,
    )


def _answer(last: Kept | None, says: Speech) -> str:
    if last is None:
        return says.say("Er is nog niets gepubliceerd, dus er is nog niets te controleren.")
    return says.count(
        "%(num)s regel is ondertekend en gepubliceerd. Wie een controlepunt bewaart, kan later zien of daarvóór iets is veranderd.",
        "%(num)s regels zijn ondertekend en gepubliceerd. Wie een controlepunt bewaart, kan later zien of daarvóór iets is veranderd.",
        last.size,
    )


def _more(last: Kept | None, entries: int, now: datetime, says: Speech) -> str:
    """How old the last checkpoint is, and what came after it."""
    if last is None:
        return ""
    age = says.say("Het laatste controlepunt is van %(ago)s.", ago=ago(now - last.at, says))
    waiting = entries - last.size
    if waiting <= 0:
        return age + " " + says.say("Sindsdien is er niets vastgelegd.")
    return (
        age
        + " "
        + says.count("%(num)s regel wacht nog op publicatie.", "%(num)s regels wachten nog op publicatie.", waiting)
    )


def _stale(frame: Frame) -> str:
    """What readers are told when the last checkpoint is too old."""
    if not frame.stale:
        return ""
    return frame.says.say(
        "Er hoort minstens elk uur een nieuw controlepunt te zijn. Wat is vastgelegd, gaat niet verloren, maar is nu niet met een nieuw controlepunt te bewijzen."
    )


def ago(age: timedelta, says: Speech) -> str:
    """An age in words, in the largest unit of which there is one."""
    seconds = int(age.total_seconds())
    if seconds < MINUTE:
        return says.say("minder dan een minuut geleden")
    if seconds < HOUR:
        return says.count("%(num)s minuut geleden", "%(num)s minuten geleden", seconds // MINUTE)
    if age.days < 1:
        return says.count("%(num)s uur geleden", "%(num)s uur geleden", seconds // HOUR)
    return says.count("%(num)s dag geleden", "%(num)s dagen geleden", age.days)


def _waiting(size: int, says: Speech) -> str:
    if not size:
        return ""
    return says.count(
        "Het controlepunt van %(num)s regel is ondertekend, en wacht op meer getuigen.",
        "Het controlepunt van %(num)s regels is ondertekend, en wacht op meer getuigen.",
        size,
    )


def _seen(found: Witnessed) -> Literal["by nobody", "by too few", "by enough"]:
    """Whether anybody outside vouches for the last checkpoint; a policy that wants nobody is not met by nobody."""
    if not found.witnesses:
        return "by nobody"
    signed = any(each.cosigned_at for each in found.witnesses)
    return "by enough" if signed and found.quorum else "by too few"


def _witness(told: WitnessTold, frame: Frame) -> WitnessLine:
    when = days.clock(told.cosigned_at, frame.lang, frame.zone) if told.cosigned_at else ""
    return WitnessLine(name=told.name, when=when, last=lately(told, frame.says))


def lately(told: WitnessTold, says: Speech) -> str:
    """How it went when a witness was asked last, in the language of the page; another process may know more."""
    reason = told.not_because
    if not reason:
        return says.say("tekende mee") if told.signed_last or told.cosigned_at else says.say("nog niet gevraagd")
    return why(reason, says)


def why(reason: str, says: Speech) -> str:
    """What kept somebody outside from signing or stamping, in the language of the page; what it wrote itself stays away."""
    for begins, sentence in (
        ("it does not know", says.say("kent dit logboek niet")),
        ("it does not take the signature", says.say("aanvaardt de handtekening van het register niet")),
        ("it does not take it that", says.say("vindt dat het logboek niet aansluit op wat het eerder zag")),
        ("it saw", says.say("zag een andere lengte van het logboek")),
        ("it contradicts", says.say("spreekt zichzelf tegen over de lengte van het logboek")),
        ("it is asked too often", says.say("wil minder vaak gevraagd worden")),
        ("it cannot be reached", says.say("is niet bereikbaar")),
        ("it did not answer", says.say("antwoordde niet op tijd")),
        (("its clock", "it says that it is"), says.say("heeft een klok die niet gelijk loopt")),
        ("it did not sign", says.say("ondertekende met een andere sleutel")),
        ("its signature", says.say("gaf een handtekening die niet klopt")),
    ):
        if reason.startswith(begins):
            return sentence
    return says.say("gaf een antwoord waar het register niets mee kan")


def _checkpoint(kept: Kept, frame: Frame) -> CheckpointLine:
    return CheckpointLine(
        size=kept.size,
        when=days.clock(kept.at, frame.lang, frame.zone),
        root=base64.b64encode(kept.root).decode(),
        href=f"/log/checkpoints/{kept.size}",
    )


def _stamped(stamp: Stamp, frame: Frame) -> StampLine:
    return StampLine(
        size=stamp.size,
        when=days.clock(stamp.at, frame.lang, frame.zone),
        who=stamp.authority,
        href=f"/log/{stamp.name}",
        name=stamp.name.rpartition("/")[2],
    )


def _policy(directory: Path) -> str:
    return (Files(directory).read("policy") or b"").decode("ascii", "replace")


def _keys(policy: str) -> list[KeyLine]:
    """The keys of a log that sign now; a line that cannot be read is no key."""
    found: list[KeyLine] = []
    for line in policy.splitlines():
        if line.startswith("log "):
            try:
                key = Key.read(line.removeprefix("log "))
            except NotANoteError:
                continue
            found.append(KeyLine(kind=KINDS.get(key.type, "?"), id=key.id.hex(), vkey=key.vkey))
    return found
