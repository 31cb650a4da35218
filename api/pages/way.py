"""What is planned, in words: who takes a step, until when who can influence it, and what a rung of the ladder asks."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages import views
from api.pages.telling import Teller
from projections.dossiers.answer import Step
from register.values import last_day

NAMED = 6
"""So many names stand in a sentence."""
OF_EACH = frozenset({"views", "each-member"})
"""What each member does by its nature; of any other step without a body only that is said."""


class Influence(views.View, frozen=True, kw_only=True):
    """Who can influence a step until when, as a sentence; with the names below it when they are many."""

    says: str
    names: str | None = None


def asks(step: int, tell: Teller) -> str:
    """What a rung of the ladder asks, of whom and when, as a sentence."""
    return tell.word["RUNG"][str(step)]


def next_step(step: Step, tell: Teller) -> str:
    """The next step as a sentence: what, when, by whom, until when it can be influenced."""
    say, stage = tell.says.say, called(step.stage, tell)
    if step.status == "under-way":
        return say(
            "Nu: %(stage)s, tot en met %(until)s.", stage=stage, until=tell.day(step.until or last_day(step.planned_on))
        )
    return say(
        "Hierna: %(stage)s, gepland %(day)s, door %(who)s.",
        stage=stage,
        day=tell.day(step.planned_on),
        who=by(step.by, step.stage, tell),
    )


def called(stage: str | None, tell: Teller) -> str:
    """What a step is; of one that the source does not name only that it is a step."""
    return tell.word["STAGE"][stage] if stage else tell.says.say("stap")


def numbered(number: str | None, tell: Teller) -> str:
    """What a dossier is called when its title is not shown."""
    return tell.says.say("Dossier %(number)s", number=number) if number else tell.says.say("Dossier")


def by(code: str | None, stage: str | None, tell: Teller) -> str:
    """Who takes a step."""
    if code:
        return tell.name(code)
    return tell.says.say("elk lid voor zich") if stage in OF_EACH else tell.says.say("geen gremium genoemd")


def influence(codes: Sequence[str], until: str | None, tell: Teller) -> Influence | None:
    """Who can influence it, until when; many are counted, and named below."""
    names, say = [tell.name(code) for code in codes], tell.says.say
    many = len(names) > NAMED
    who = tell.says.count("%(num)s partij", "%(num)s partijen", len(names)) if many else tell.says.join(names)
    if codes and until:
        says = say("Invloed tot en met %(day)s: %(names)s.", day=tell.day(until), names=who)
    elif codes:
        says = say("Invloed: %(names)s; tot wanneer is niet vastgelegd.", names=who)
    elif until:
        says = say("Invloed tot en met %(day)s; van wie is niet vastgelegd.", day=tell.day(until))
    else:
        return None
    return Influence(says=says, names=tell.says.join(names) if many else None)
