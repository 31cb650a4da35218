"""What is wrong on the screen of a meeting, all of it before anything is recorded; and where names and numbers differ."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from api.pages.forms import Choice, Field, Typed, faulty, one, placed
from api.pages.record_meeting_asking import HOW, REMARK, VOTE
from api.pages.record_meeting_loading import Loaded, part_of
from api.pages.record_meeting_saying import (
    Answers,
    Saying,
    Together,
    attendance,
    ballot_held,
    number,
    of_decision,
    of_meeting,
    votes,
    what,
)
from api.pages.record_meeting_screen import Screen, changed, named
from api.rehearsing import Stage
from projections.decisions.ballots import ballot
from projections.decisions.judging import ByRule
from projections.decisions.row import BallotHeld, PartyList, Votes
from register.decisions.facts import VoteHeld
from register.faults import BodyRefused
from register.intake import Intake, read_fields
from register.refusals import Refused


class Sheet(msgspec.Struct, frozen=True):
    """What goes into one stream: as it was asked, and as the register read it."""

    together: Together
    read: tuple[Intake, ...]


class Found(msgspec.Struct):
    """What is wrong so far: by the name of the question, and with the whole."""

    at: dict[str, list[str]] = {}
    whole: list[str] = []

    def add(self, name: str, sentence: str) -> None:
        """Something is wrong at a question."""
        self.at.setdefault(name, []).append(sentence)

    def shown(self, screen: Screen) -> Screen:
        """The screen with all that is wrong."""
        marked = changed(screen, lambda field: faulty(field, (*field.faults, *self.at.get(field.name, ()))))
        return msgspec.structs.replace(marked, faults=tuple(dict.fromkeys(self.whole)))


def answers(screen: Screen, typed: Typed, stages: Sequence[Stage], key: UUID) -> tuple[Answers, ...]:
    """The answers about each decision; a new ballot has the number after those of others."""
    found: list[Answers] = []
    for asked in screen.decisions:
        stage = next(each for each in stages if str(each.stream) == asked.id)
        cause = str(part_of(key, asked.id))
        held = [
            entry.fact.ballot for entry in stage.history if isinstance(entry.fact, VoteHeld) and entry.cause != cause
        ]
        found.append(Answers(screen, asked, typed, 1 + max(held, default=0)))
    return tuple(found)


def sheets(
    loaded: Loaded, screen: Screen, typed: Typed, stages: Sequence[Stage], key: UUID
) -> tuple[tuple[Sheet, ...], Found]:
    """What would be recorded, in the order of the page: the meeting, then each decision; with all that is wrong."""
    found = Found()
    given = answers(screen, typed, stages, key)
    wanted = (of_meeting(screen, typed), *(of_decision(each) for each in given))
    for each in given:
        _unfinished(each, loaded, found)
    made: list[Sheet] = []
    for together in wanted:
        if together is not None:
            stage = next(each for each in stages if each.stream == together.stream)
            tried = not stage.wrote(part_of(key, str(together.stream)))
            made.append(_sheet(together, stage if tried else None, loaded, found))
    if not made and not found.at:
        found.whole.append(loaded.tell.says.say("Er is nog niets ingevuld."))
    return tuple(made), found


def _unfinished(given: Answers, loaded: Loaded, found: Found) -> None:
    """Lines without a member or without what it said, and votes where none was held."""
    say = loaded.tell.says.say
    for line in given.lines:
        for ending in ("lid", "wat"):
            field = named(line.fields, ending)
            if field is not None and not one(given.typed, field.name):
                found.add(field.name, say("Kies een antwoord: %(label)s.", label=field.label))
        missing = named(line.fields, "ontbreekt")
        if (
            missing is not None
            and one(given.typed, missing.name)
            and what(line, given.typed).startswith((REMARK, VOTE))
        ):
            found.add(missing.name, say("Alleen bij een positie kan een reden ontbreken."))
    how = named(given.asked.outcome, "hoe")
    if how is not None and given.voted and HOW.get(one(given.typed, how.name), ("", ""))[1] is None:
        found.add(how.name, say("Hierbij staan stemmen: zeg hoe er is gestemd."))


def _sheet(together: Together, stage: Stage | None, loaded: Loaded, found: Found) -> Sheet:
    """One stream: each fact read, and tried on the register as it is; all that is wrong is noted."""
    tell = loaded.tell
    read: list[tuple[Saying, Intake]] = []
    for saying in together.said:
        try:
            read.append((saying, read_fields(saying.body, saying.fact, {}, tell.frame.lang)))
        except BodyRefused as fault:
            _note(fault, saying, together, loaded, found)
    intakes = tuple(intake for _, intake in read)
    if stage is not None:
        tried = stage.tried([intake.fact for intake in intakes])
        for (saying, _), refused in zip(read, tried, strict=True):
            if refused is not None:
                _note(refused, saying, together, loaded, found)
    return Sheet(together, intakes)


def _note(fault: Refused | BodyRefused, saying: Saying, together: Together, loaded: Loaded, found: Found) -> None:
    tell = loaded.tell
    at, whole = placed(saying.fields, fault, tell.says, tell.names)
    for name, sentences in at.items():
        for sentence in sentences:
            found.add(name, sentence)
    found.whole.extend(f"{together.title}: {sentence}" for sentence in whole)


def differences(loaded: Loaded, screen: Screen, typed: Typed, given: Sequence[Answers]) -> tuple[str, ...]:
    """Where the names do not add up to what the source counts, in sentences; what differs is recorded as it is."""
    return (*_of_attendance(loaded, screen, typed), *(said for each in given for said in _of_votes(loaded, each)))


def _of_attendance(loaded: Loaded, screen: Screen, typed: Typed) -> tuple[str, ...]:
    if "dag" not in typed or one(typed, "genoemd") != "ja":
        return ()
    say = loaded.tell.says.say
    present, absent = attendance(screen, typed)
    said: list[str] = []
    for name, counted, sentence in (
        ("telt-aanwezig", len(present), say("De bron telt %(stated)s aanwezig, hier staan er %(counted)s.")),
        ("telt-afwezig", len(absent), say("De bron telt %(stated)s afwezig, hier staan er %(counted)s.")),
    ):
        stated = number(one(typed, name))
        if stated is not None and stated != counted:
            said.append(sentence % {"stated": stated, "counted": counted})
    return tuple(said)


def _of_votes(loaded: Loaded, given: Answers) -> tuple[str, ...]:
    """As the page of the decision will say it, from the same count."""
    if not given.voted:
        return ()
    row = {"stream": given.asked.id, "seq": 1, "position": 0, "by": ""}
    held = msgspec.convert({**row, "fact": "ballot", **ballot_held(given)}, BallotHeld)
    named_votes = msgspec.convert({**row, "fact": "votes", "ballot": given.ballot, "votes": votes(given)}, Votes)
    asked = [code for code, _ in given.screen.people]
    listed = msgspec.convert(
        {**row, "fact": "list", "list": "voters", "basis": "seats-in-force", "members": asked}, PartyList
    )
    tell = loaded.tell
    return tuple(
        tell.says.say(
            "%(title)s: de bron telt %(stated)s keer %(choice)s, de namen tellen op tot %(counted)s.",
            title=given.asked.link.title.text or "",
            stated=each.stated,
            choice=tell.word["CHOICE"][each.choice],
            counted=each.counted,
        )
        for each in ballot(held, (named_votes,), listed, ByRule()).difference
    )


def confirmed(screen: Screen, said: Sequence[str], typed: Typed, loaded: Loaded) -> Screen | None:
    """The screen with each difference to be confirmed; None when all of them were."""
    if set(said) <= set(typed.get("verschil", ())):
        return None
    say = loaded.tell.says.say
    field = Field(
        name="verschil",
        label=say("De bron en wat hier staat verschillen. Klopt dat?"),
        kind="checks",
        body="",
        hint=say(
            "Verbeter wat niet klopt, of kruis het verschil aan. Beide getallen worden vastgelegd; het verschil blijft te zien."
        ),
        choices=tuple(Choice(value=each, label=each) for each in said),
        values=tuple(typed.get("verschil", ())),
        faults=(say("Bevestig het verschil, of verbeter het."),),
    )
    return msgspec.structs.replace(screen, differences=(field,))
