"""Who signed the checkpoint that is shown, when, and why others did not: for people, and for who watches over the register."""

from __future__ import annotations

from datetime import datetime

import msgspec

from register.publishing.witnesses import Witnesses
from register.tlog.notes import NotANoteError, Note
from register.tlog.witnessing import cosigners


class WitnessTold(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """One witness."""

    name: str
    cosigned_at: datetime | None = None
    not_because: str = ""
    """Why it did not sign when it was asked last; known in the process that publishes."""
    signed_last: bool = False
    """Whether it did; not the same as a signature that is shown, which may be an older one, or wait for others."""


class Witnessed(msgspec.Struct, frozen=True):
    """All of them, and whether those that signed are a quorum; no witnesses and no quorum when none are named."""

    witnesses: tuple[WitnessTold, ...] = ()
    quorum: bool = True


def witnessed(note: bytes | None, witnesses: Witnesses) -> Witnessed:
    """What stands under a checkpoint; a witness without an address that did not sign is one that left."""
    policy = witnesses.policy
    try:
        found = cosigners(Note.read(note or b""), policy.witnesses)
    except NotANoteError:
        found = {}
    told = (
        WitnessTold(each.name, found.get(each.name), witnesses.reason(each.name), witnesses.signed_last(each.name))
        for each in policy.witnesses
        if each.url or each.name in found
    )
    return Witnessed(tuple(told), policy.met(found))
