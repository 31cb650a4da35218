"""The texts of how others were heard and of what was promised, as search finds them."""

from __future__ import annotations

from collections.abc import Iterator

from projections.entry import Entry
from projections.search.said import Said, speakers
from register.decisions import consultation as c


def of_consultation(entry: Entry) -> Iterator[Said]:
    """Each text in an entry about views, with the view on whose card it is shown."""
    match entry.fact:
        case c.ViewReceived() as fact:
            yield Said("text", "view", fact.text, named=speakers(fact.voice))
            for point in fact.items or ():
                yield Said(f"items.{point.item}", "view-point", point.gist, part=point.part, named=speakers(fact.voice))
        case c.ViewAnswered() as fact:
            by = (fact.by,) if fact.by else ()
            yield Said("gist", "view-point", fact.gist, of=fact.view)
            yield Said("reason", "view-answer", fact.reason, of=fact.view, named=by)
        case c.PollHeld() as fact:
            yield Said("question", "poll", fact.question, named=(fact.among,))
            for option in fact.options or ():
                yield Said(f"options.{option.option}", "poll", option.title, named=(fact.among,))
        case c.ResolutionGiven() as fact:
            yield Said("text", "resolution", fact.text, named=(*speakers(fact.voice), *(fact.to or ())))
        case _:
            yield from _of_advice(entry)


def _of_advice(entry: Entry) -> Iterator[Said]:
    match entry.fact:
        case c.AdviceRequested() as fact:
            yield Said("question", "advice", fact.question, named=(fact.body,))
        case c.AdviceGiven() as fact:
            yield Said("text", "advice", fact.text, named=speakers(fact.voice))
        case c.AdviceAnswered() as fact:
            yield Said("reason", "advice-answer", fact.reason, of=fact.advice, named=(fact.by,))
        case c.UndertakingGiven() as fact:
            named = (*speakers(fact.voice), *((fact.to,) if fact.to else ()))
            yield Said("text", "undertaking", fact.text, named=named)
            yield Said("condition", "undertaking", fact.condition, named=named)
        case c.UndertakingProgressed() as fact:
            yield Said("text", "undertaking", fact.text, of=fact.undertaking)
        case c.UndertakingClosed() as fact:
            yield Said("note", "undertaking", fact.note, of=fact.undertaking)
        case _:
            return
