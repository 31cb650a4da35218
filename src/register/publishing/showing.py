"""The last checkpoint as the world sees it: cosigned by witnesses, shown, and signed anew while nothing comes.

What was signed of a size is kept in the database before anybody sees it, each time as a whole note over the same size and root.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files as resources

import msgspec

from register.publishing.files import Files
from register.publishing.keys import Keys
from register.publishing.ledger import Kept, Kind, Ledger, Said
from register.publishing.resuming import CHECKPOINT, CHECKPOINTS
from register.publishing.witnesses import Place, Subject, Witnesses
from register.tlog.checkpoints import Checkpoint
from register.tlog.cosigning import time_of
from register.tlog.hashing import EMPTY
from register.tlog.notes import COSIGNED_ML_DSA_44, Note, Signature
from register.tlog.tiles import TileNodes, TileReader
from register.tlog.tree import consistency
from register.tlog.witnessing import cosigners, of_log, with_lines

FRESH = timedelta(hours=1)
"""How old the last signature of the log becomes while nothing is recorded: then it is made again, over the same root."""


class Showing:
    """What is kept and shown of the newest size; `tiles` reads a tile of it, also one that is not in a file yet."""

    def __init__(  # noqa: PLR0913  # what it joins
        self,
        ledger: Ledger,
        files: Files,
        keys: Callable[[], Keys],
        *,
        witnesses: Witnesses,
        now: Callable[[], datetime],
        tiles: TileReader,
    ) -> None:
        """Nothing is known of the newest size yet."""
        self.ledger, self.files, self._keys = ledger, files, keys
        self._witnesses, self._now, self._tiles = witnesses, now, tiles
        self._kept: Kept | None = None
        self._said: Said | None = None

    @property
    def at(self) -> datetime | None:
        """When the log signed last."""
        if self._kept is None:
            return None
        return self._said.at if self._said is not None else self._kept.at

    @property
    def waits(self) -> bool:
        """Tell whether the newest size is not shown because too few witnesses have signed it."""
        return self._said is not None and self._said.kind == "waiting"

    async def take_up(self, kept: Kept) -> bool:
        """Go on with a checkpoint that an earlier run signed; tell whether it was shown."""
        self._kept, self._said = kept, await self.ledger.said(kept.size)
        await self._adopt()
        if self._said is not None:
            return not self.waits
        # Without a row of its own it was shown as it is, or the run died before witnesses had answered.
        return not self._witnesses.places or self.files.has(f"{CHECKPOINTS}/{kept.size}")

    async def probe(self) -> None:
        """Before anything was signed: PublishingRefused when a witness knows this log already."""
        places = self._witnesses.due()
        if places:
            text = Checkpoint((keys := self._keys()).origin, 0, EMPTY).text
            subject = Subject(text, keys.sign_nothing(text).raw, 0, lambda _: [])
            await self._witnesses.ask(subject, places)

    async def greet(self) -> None:
        """Before anything more is signed: PublishingRefused when a witness saw more than what was published, or something else."""
        await self._add(self._witnesses.due(), guess=self._last().size)

    async def present(self, kept: Kept) -> bool:
        """Have witnesses sign a checkpoint that is kept, for as long as they may take; True when it is to be shown."""
        if kept is not self._kept:
            self._kept, self._said = kept, None
        policy = self._witnesses.policy
        if not policy.witnesses:
            return True
        signed = cosigners(self._note(), policy.witnesses)
        note = with_lines(self._note(), await self._ask(self._witnesses.due(signed)))
        enough = not self._witnesses.wait or policy.met(cosigners(note, policy.witnesses))
        if enough or self._said is None or note.raw != self._said.note:
            # Dying here: the next run asks again. Dying behind it: the next run shows what is kept.
            await self._keep("shown" if enough else "waiting", note)
        return enough

    async def idle(self) -> None:
        """Nothing came: ask those that have not signed yet, and every hour sign again, so that the age of a checkpoint says something."""
        at = self.at
        if at is None or self.waits:
            return
        if self._now() - at < FRESH:
            signed = cosigners(self._note(), self._witnesses.policy.witnesses)
            await self._add(self._witnesses.due(signed))
            return
        lines = await self._ask(self._witnesses.due())
        keys, moment, before = self._keys(), max(self._now(), at), self._note()
        anew = keys.sign(before.text, int(moment.timestamp()))
        others = [line for line in before.signatures if line.name != keys.origin]
        await self._keep("again", with_lines(anew, (*others, *lines)), moment)
        await asyncio.to_thread(self.show)

    def show(self) -> None:
        """Let the world see what is kept; what is there already is not written again."""
        kept = self._last()
        self.files.put(f"{CHECKPOINTS}/{kept.size}", kept.shown)
        self.files.turn("verify.py", resources("register").joinpath("verify.py").read_bytes())
        self.files.turn("policy", self._keys().told(self._witnesses.policy.text).encode())
        self.files.turn(CHECKPOINT, self._note().raw)

    async def _adopt(self) -> None:
        """Keep what is shown and the database does not know: it was put back from a copy of before the log signed again."""
        raw, kept = self.files.read(CHECKPOINT), self._last()
        if raw is None or await self.ledger.has_said(kept.size, raw):
            return
        note = Note.read(raw)
        if note.text == self._note().text:
            own = {(key.name, key.id) for key in self._keys().current if key.type == COSIGNED_ML_DSA_44}
            times = [time_of(line.signature) for line in note.signatures if (line.name, line.id) in own]
            moments = [datetime.fromtimestamp(each, UTC) for each in times]
            await self._keep("again", note, max([self.at or kept.at, *moments]))

    async def _add(self, places: list[Place], guess: int = 0) -> None:
        """Add to what is shown what witnesses sign late; newer signatures of those that have signed wait for the hour."""
        before = self._note()
        known = {(line.name, line.id) for line in before.signatures}
        lines = [line for line in await self._ask(places, guess) if (line.name, line.id) not in known]
        if lines:
            await self._keep("again", with_lines(before, lines))
            await asyncio.to_thread(self.show)

    async def _ask(self, places: list[Place], guess: int = 0) -> list[Signature]:
        if not places:
            return []
        size, note = self._last().size, self._note()
        asked = of_log(note, Checkpoint.read(note.text).origin)
        nodes = TileNodes(self._tiles, size)
        subject = Subject(asked.text, asked.raw, size, lambda old: consistency(old, size, nodes))
        return await self._witnesses.ask(subject, places, guess=guess)

    async def _keep(self, kind: Kind, note: Note, at: datetime | None = None) -> None:
        kept = self._last()
        number = 0 if self._said is None else self._said.number + 1
        said = Said(kept.size, number, kind, note.raw, at or self.at or kept.at)
        await self.ledger.say(said)
        self._said = said
        if kind == "shown":
            self._kept = msgspec.structs.replace(kept, cosigned=note.raw)

    def _last(self) -> Kept:
        assert self._kept is not None, "something was signed before it is shown"  # noqa: S101  # a fault of ours
        return self._kept

    def _note(self) -> Note:
        return Note.read(self._said.note if self._said is not None else self._last().shown)
