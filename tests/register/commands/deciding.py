"""What a hand may ask of a decision so that, most of the time, the register says yes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from register.decisions import facts as d
from register.decisions import standing as s
from register.decisions.state import Decision
from register.fact import Fact
from register.history import Recorded, effective
from tests.register.commands.governing import Asking
from tests.register.commands.town import Ask, Town
from tests.register.lines import CLERK, COLLEAGUE, REGISTRAR
from tests.register.rules.saying import fact

Here = tuple[UUID, Decision]
DISSENT = ("departs", "joins-with-reservation", "does-not-take-part")
REPRESENTED = ("gm0363", "gm0402")


def keeper(town: Town, state: Decision) -> str:
    """Who keeps a decision, or an import, which may record anywhere."""
    keeper = {"mra-av": CLERK, "gm0362-raad": REGISTRAR}.get(state.kept_by or "", "import")
    return town.some([keeper, keeper, keeper, "import"])


def kept(town: Town, here: Here, name: str, /, **fields: Any) -> Ask:  # noqa: ANN401  # any JSON
    return Ask(keeper(town, here[1]), here[0], fact(name, **fields))


def somewhere(town: Town) -> Here:
    """One of the newest decisions, so that much comes to be said of each."""
    return town.some(town.decisions()[-3:])


def sourced(town: Town) -> dict[str, Any]:
    acts = town.some(["vote", "decision", "letter", "deed", "none-stated"])
    return town.maybe(
        0.4,
        evidence=[
            {"act": acts, "grade": town.some(["minutes", "letter", "press"]), **town.maybe(at="https://example.org")}
        ],
    )


def decision_proposed(town: Town) -> Ask:
    decided_by = town.some([{"body": "mra-av"}, {"body": "mra-av"}, {"each": "member"}, {"body": "gm0362-raad"}])
    who = REGISTRAR if decided_by == {"body": "gm0362-raad"} else CLERK
    links = [{"rel": "about", "to": str(stream)} for stream, _ in town.decisions()[:1]]
    told = {
        "title": "Meerjarenbegroting",
        "decidedBy": decided_by,
        "kind": town.some(["decision", "motion", "agreement"]),
        "class": "not-stated",
    }
    return Ask(
        who,
        town.new_stream(),
        fact("decision.proposed", **told, **(town.maybe(links=links) if links else {}), **town.maybe(on=town.day())),
    )


def decision_linked(town: Town) -> Ask:
    stream, state = somewhere(town)
    others = [str(key) for key, _ in (*town.decisions(), *town.meetings()) if key != stream]
    link = {"rel": "answers", "to": town.some(others)} if others else {"rel": "about", "at": "https://example.org"}
    return kept(town, (stream, state), "decision.linked", links=[link])


def decision_themed(town: Town) -> Ask:
    stream, state = somewhere(town)
    return kept(town, (stream, state), "decision.themed", theme=town.some(town.governance.themes - state.themes))


def decision_placed(town: Town) -> Ask:
    meeting, agenda = town.some([(key, state) for key, state in town.meetings() if state.items])
    item, letter = town.some(sorted(agenda.items, key=str))
    return kept(
        town,
        somewhere(town),
        "decision.placed",
        meeting=str(meeting),
        item=item,
        letter=letter or town.some("abcdefgh"),
    )


def part_added(town: Town) -> Ask:
    stream, state = somewhere(town)
    earlier = [
        (key, part, versions[1])
        for key, other in town.decisions()
        if key != stream
        for part, versions in other.parts.items()
    ]
    origin = town.some(earlier) if earlier else None
    continues = (
        town.maybe(0.3, continues=[{"decision": str(origin[0]), "part": origin[1], "n": origin[2]}]) if origin else {}
    )
    return kept(
        town,
        (stream, state),
        "part.added",
        part=f"p{len(state.parts) + 1}",
        n=town.some([1, 1, 2]),
        title="Onderdeel",
        **continues,
    )


def _with_parts(town: Town) -> Here:
    return town.some([(key, state) for key, state in town.decisions() if state.parts])


def part_amended(town: Town) -> Ask:
    stream, state = _with_parts(town)
    part = town.some(state.parts)
    return kept(
        town,
        (stream, state),
        "part.amended",
        part=part,
        n=state.parts[part][1] + 1,
        **town.some([{"text": "Minimaal."}, {"title": "Anders"}]),
    )


def parties_listed(town: Town) -> Ask:
    stream, state = somewhere(town)
    free = [name for name in ("voters", "consulted", "course-for", "signatories") if name not in state.lists]
    said: dict[str, Any] = town.some(
        [{"count": 35}, {"members": town.members()}, {"members": town.members(), "count": 60}]
    )
    return kept(town, (stream, state), "parties.listed", list=town.some(free), basis="stated", **said)


def vote_held(town: Town) -> Ask:
    stream, state = somewhere(town)
    names = town.some(["all", "some", "some", "none"])
    how = town.some(["hands", "roll-call", "not-stated"])
    told = {
        "ballot": max(state.ballots, default=0) + 1,
        "how": how,
        "unit": "member",
        "names": names,
        "on": f"{town.today}",
    }
    options = [{"option": 1, "title": "Haarlem"}, {"option": 2, "title": "Hilversum"}]
    return kept(
        town,
        (stream, state),
        "vote.held",
        **told,
        **town.maybe(0.2, options=options),
        **town.maybe(0.3, stated={"for": 12, "against": 3}),
    )


def votes_recorded(town: Town) -> Ask:
    """Some of those who were asked, and have not voted in this ballot."""
    open_ = [
        ((key, state), number, asked)
        for key, state in town.decisions()
        for number, ballot in state.ballots.items()
        if ballot.named and (asked := sorted(_asked(town, state, ballot.day) - ballot.voted))
    ]
    here, number, asked = town.some(open_)
    town.rng.shuffle(asked)
    return kept(
        town,
        here,
        "votes.recorded",
        ballot=number,
        votes=[_vote(town, voter) for voter in asked[: town.rng.randint(1, 3)]],
    )


def _vote(town: Town, voter: str) -> dict[str, Any]:
    choice = town.some(["for", "against", "abstained", "absent", "divided"])
    return {
        "voter": voter,
        "choice": choice,
        **({"split": {"for": 2, "against": 1}} if choice == "divided" else {}),
        **town.maybe(0.2, reason="Te duur."),
    }


def _asked(town: Town, state: Decision, day: date) -> frozenset[str]:
    assert state.proposed is not None
    body = state.proposed.decided_by.body
    seats = town.governance.voters_of(body, day) if body else town.governance.members_on(day)
    listed = state.lists.get("voters", frozenset(seats))
    return listed if listed is not None else frozenset(town.members())


def outcome_recorded(town: Town) -> Ask:
    stream, state = somewhere(town)
    assert state.proposed is not None
    by: dict[str, Any] = {}
    if state.proposed.decided_by.each:
        listed = state.lists.get("course-for") or frozenset(town.members())
        by = town.some([{"decides": town.some(sorted(set(town.members()) & listed))}, {"count": 30}])
    sets = [{"part": part, "n": versions[1]} for part, versions in state.parts.items()]
    verb = town.some(["adopted", "agreed", "noted", "discussed", "held-over", "rejected"])
    told = town.maybe(0.6, sets=sets) if sets and verb in {"adopted", "agreed"} else {}
    return kept(town, (stream, state), "outcome.recorded", verb=verb, on=f"{town.today}", **by, **told, **sourced(town))


def _entry(town: Town, here: Here) -> int:
    """An entry that holds: nothing is said of what was annulled."""
    return town.some([entry.seq for entry in effective(here[1].history)])


def justification_given(town: Town) -> Ask:
    here = somewhere(town)
    return kept(
        town, here, "justification.given", text="De afspraak is doorbroken.", **town.maybe(of=_entry(town, here))
    )


def remark_recorded(town: Town) -> Ask:
    stream, state = somewhere(town)
    part = town.maybe(part=town.some(state.parts)) if state.parts else {}
    return kept(town, (stream, state), "remark.recorded", voice=speaking(town), text="Vaag.", **part)


def speaking(town: Town) -> dict[str, Any]:
    members = town.members()
    town.rng.shuffle(members)
    return town.some(
        [
            {"as": "own", "layer": "executive", "members": members[:1]},
            {"as": "joint", "layer": "council", "members": members[:3]},
            {"as": "namens", "subregion": "ijmond", "dissent": members[:1]},
            {"as": "vanuit", "members": members[:1], "subregion": "ijmond"},
            {"as": "outside", "parties": ["pv27-ps-g1"]},
        ]
    )


def evidence_added(town: Town) -> Ask:
    here = somewhere(town)
    return kept(
        town,
        here,
        "evidence.added",
        of=_entry(town, here),
        evidence=[{"act": "letter", "grade": "letter", "page": "39", "sha256": "ab"}],
    )


def decision_confirmed(town: Town) -> Ask:
    waiting = [
        (key, state)
        for key, state in town.decisions()
        if state.kept_by == "mra-av" and state.confirmed < len(state.history)
    ]
    stream, state = town.some(waiting)
    return Ask(COLLEAGUE, stream, fact("decision.confirmed", upTo=len(state.history)))


def decision_corrected(town: Town) -> Ask:
    """An entry that is not a member's own word is annulled or says something else, by who keeps the decision."""
    stream, state = somewhere(town)
    entry = town.some(
        [
            entry
            for entry in state.history[1:]
            if entry.for_ not in town.governance.members and entry.fact.TYPE in CORRECTABLE
        ]
    )
    instead = _instead(town, entry)
    corrected: dict[str, Any] = {
        "corrects": entry.seq,
        "kind": town.some(["clerical", "mistaken-vote", "ruling", "not-ours"]),
        "grounds": "Verschrijving.",
    }
    if instead is not None:
        corrected["instead"] = {"type": entry.fact.TYPE, "v": 1, "data": msgspec.to_builtins(instead)}
    return kept(town, (stream, state), "decision.corrected", **corrected)


CORRECTABLE = {
    "justification.given",
    "remark.recorded",
    "evidence.added",
    "outcome.recorded",
    "votes.recorded",
    "position.recorded",
    "vote.held",
    "part.amended",
    "decision.linked",
    "decision.themed",
}


def _instead(town: Town, entry: Recorded) -> Fact | None:
    match entry.fact:
        case d.OutcomeRecorded(sets=None) as outcome:
            return msgspec.structs.replace(outcome, verb=town.some(["adopted", "agreed", "rejected"]))
        case d.VotesRecorded(votes=votes) as recorded:
            return msgspec.structs.replace(
                recorded, votes=tuple(msgspec.structs.replace(vote, choice="against", split=None) for vote in votes)
            )
        case s.PositionRecorded() as position:
            return msgspec.structs.replace(position, stance=town.some(["joins", "undecided"]))
        case d.VoteHeld() as vote:
            return msgspec.structs.replace(vote, how="electronic")
        case _:
            return None


def decision_struck(town: Town) -> Ask:
    """Seldom asked of a decision in which much was said."""
    stream, state = town.some([(key, state) for key, state in town.decisions() if len(state.history) < 4])
    others = [str(key) for key, _ in town.decisions() if key != stream]
    why = {"because": "duplicate", "see": town.some(others)} if others else {"because": "exercise"}
    return kept(town, (stream, state), "decision.struck", grounds="Staat er twee keer in.", **why)


DECIDING: tuple[Asking, ...] = (
    decision_proposed, decision_linked, decision_themed, decision_placed, part_added, part_amended, parties_listed,
    vote_held, votes_recorded, outcome_recorded, justification_given, remark_recorded, evidence_added,
    decision_confirmed, decision_corrected, decision_corrected, decision_struck, part_amended, part_amended,
    decision_themed, decision_placed, part_amended, part_amended,
)  # fmt: skip
