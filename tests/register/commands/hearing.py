"""What a hand may ask about how others are heard and what is promised so that, most of the time, the register says yes."""

from __future__ import annotations

from typing import Any

from tests.register.commands.deciding import Here, kept, somewhere, speaking
from tests.register.commands.governing import Asking
from tests.register.commands.town import Ask, Town
from tests.register.lines import REGISTRAR
from tests.register.rules.saying import fact

COUNCILS = ("gm0362-raad", "pv27-ps")


def views_invited(town: Town) -> Ask:
    parties = [*COUNCILS, *town.members()[:2]]
    told = town.some([{"until": "2021-07-12"}, {"until": f"{town.today}"}, {}])
    return kept(town, somewhere(town), "views.invited", parties=parties, **told, **town.maybe(separately=True))


def view_received(town: Town) -> Ask:
    stream, state = somewhere(town)
    items = [{"item": number, "gist": "Meer groen."} for number in range(1, town.rng.randint(2, 4))]
    return kept(
        town,
        (stream, state),
        "view.received",
        voice=speaking(town),
        text="Steun, met zorgen.",
        kind=town.some(["view", "bid", "reaction"]),
        **town.maybe(items=items),
        **town.maybe(on=town.day()),
    )


def view_of_a_council(town: Town) -> Ask:
    """A council's clerk records what its council said, in a decision that another body keeps."""
    stream, _ = somewhere(town)
    voice = {"as": "own", "layer": "council", "members": ["gm0362"]}
    return Ask(REGISTRAR, stream, fact("view.received", voice=voice, text="Meer groen.", kind="view"))


def view_added(town: Town) -> Ask:
    found = [
        ((key, state), seq, view)
        for key, state in town.decisions()
        for seq, view in state.views.items()
        if view.members
    ]
    here, seq, view = town.some(found)
    voice = {"as": "own", "members": [town.some(view.members)]}
    return kept(town, here, "view.received", voice=voice, text="En ook dit.", kind="view", addsTo=seq)


def _invited(town: Town) -> tuple[Here, int, str]:
    found = [
        ((key, state), seq, party)
        for key, state in town.decisions()
        for seq, invitation in state.invitations.items()
        for party in sorted(invitation.parties)
        if (party, seq) not in state.missed and (party, seq) not in state.declined
    ]
    return town.some(found)


def view_declined(town: Town) -> Ask:
    here, _, party = _invited(town)
    return kept(town, here, "view.declined", party=party, **town.maybe(reason="Geen tijd."))


def view_missed(town: Town) -> Ask:
    here, seq, party = _invited(town)
    return kept(town, here, "view.missed", party=party, invitation=seq)


def _reasoned(town: Town) -> dict[str, Any]:
    return town.some([{"reason": "Past bij de koers."}, {"reasonMissing": "not-given"}])


def _unanswered(town: Town, what: str) -> tuple[Here, int]:
    found = [
        ((key, state), seq)
        for key, state in town.decisions()
        for seq in getattr(state, what)
        if not any(answer[0] == seq for answer in state.answers)
    ]
    return town.some(found)


def view_answered(town: Town) -> Ask:
    here, seq = _unanswered(town, "views")
    items = here[1].views[seq].items
    item = {"item": town.some(items)} if items else town.maybe(item=7, gist="Wat er ook werd gevraagd.")
    outcome = town.some(["adopted", "partly-adopted", "not-adopted", "noted"])
    return kept(town, here, "view.answered", view=seq, outcome=outcome, by="mra-bestuur", **item, **_reasoned(town))


def reply_note_published(town: Town) -> Ask:
    totals = town.maybe(letters=23, items=212)
    return kept(town, somewhere(town), "reply-note.published", **town.maybe(by="mra-bestuur"), **totals)


def advice_requested(town: Town) -> Ask:
    return kept(town, somewhere(town), "advice.requested", body="mra-bestuur", **town.maybe(question="Hoe verder?"))


def advice_given(town: Town) -> Ask:
    here = somewhere(town)
    asked = [seq for seq, body in here[1].requests.items() if body == "mra-bestuur"]
    request = town.maybe(request=town.some(asked)) if asked else {}
    voice = {"as": "own", "body": "mra-bestuur", "parties": ["mra-bestuur"]} if request else speaking(town)
    return kept(town, here, "advice.given", voice=voice, text="Neem een maand meer.", **request)


def advice_answered(town: Town) -> Ask:
    here, seq = _unanswered(town, "advice")
    return kept(town, here, "advice.answered", advice=seq, outcome="adopted", by="mra-av", **_reasoned(town))


def poll_held(town: Town) -> Ask:
    options = [{"option": 1, "title": "Meer"}, {"option": 2, "title": "Minder"}]
    told = {"question": "Meer of minder?", "among": town.some(COUNCILS), **town.maybe(options=options)}
    return kept(town, somewhere(town), "poll.held", **told, **town.maybe(asked=100, answered=60))


def resolution_given(town: Town) -> Ask:
    told = town.maybe(to=["mra-bestuur"])
    return kept(town, somewhere(town), "resolution.given", voice=speaking(town), text="Doe minder.", **told)


def undertaking_given(town: Town) -> Ask:
    told = {**town.maybe(to="pv27-ps"), **town.maybe(condition="Als het mag."), **town.maybe(due="2027")}
    when = town.maybe(on=town.day())
    return kept(town, somewhere(town), "undertaking.given", text="Een afweging.", voice=speaking(town), **told, **when)


def _undertaking(town: Town) -> tuple[Here, int]:
    found = [
        ((key, state), seq)
        for key, state in town.decisions()
        for seq, each in state.undertakings.items()
        if not each.closed
    ]
    return town.some(found)


def undertaking_progressed(town: Town) -> Ask:
    here, seq = _undertaking(town)
    return kept(
        town, here, "undertaking.progressed", undertaking=seq, text="Nog bezig.", **town.maybe(on=f"{town.today}")
    )


def undertaking_closed(town: Town) -> Ask:
    here, seq = _undertaking(town)
    return kept(town, here, "undertaking.closed", undertaking=seq, **town.maybe(how="fulfilled"))


HEARING: tuple[Asking, ...] = (
    views_invited, view_received, view_received, view_of_a_council, view_added, view_declined, view_missed, view_missed,
    view_answered, view_answered, reply_note_published, advice_requested, advice_given, advice_given, advice_given,
    advice_answered, advice_answered, advice_answered, advice_answered, poll_held, resolution_given, undertaking_given,
    undertaking_given, undertaking_progressed, undertaking_progressed, undertaking_progressed, undertaking_closed,
)  # fmt: skip
