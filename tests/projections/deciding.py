"""Facts of decisions, with only what a test has to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from projections.at import At
from register.decisions import facts as f
from register.decisions import standing as s
from register.fact import Instead
from register.governance import facts as g
from register.values import Layer, Stance, Voice
from tests.projections.telling import GOVERNANCE, Teller, stream

D = stream("a decision")


def on(day: str) -> At:
    """As the register knows it now, on a day."""
    return At(date.fromisoformat(day))


def proposed(teller: Teller, title: str = "Begroting", **said: Any) -> f.DecisionProposed:  # noqa: ANN401  # fields of the fact
    """A question for the assembly, unless it says otherwise."""
    fields: dict[str, Any] = {
        "decided_by": f.DecidedBy(body="mra-av"),
        "kind": "decision",
        "class_": "not-stated",
    } | said
    return f.DecisionProposed(title=teller.text(title), **fields)


def part(teller: Teller, code: str, n: int = 1) -> f.PartAdded:
    """A part with a title of its own."""
    return f.PartAdded(part=code, n=n, title=teller.text(f"Onderdeel {code}"))


def sets(*parts: str, verb: f.Verb = "adopted", day: str = "2022-01-01", n: int = 1, **said: Any) -> f.OutcomeRecorded:  # noqa: ANN401  # as above
    """An outcome that sets parts."""
    versions = tuple(f.PartVersion(part=each, n=n) for each in parts)
    return f.OutcomeRecorded(verb=verb, on=day, sets=versions or None, **said)


def position(
    member: str | None,
    stance: Stance,
    *,
    layer: Layer = "executive",
    day: str = "2021-06-01",
    **said: Any,  # noqa: ANN401  # as above
) -> s.PositionRecorded:
    """A member's own position; a dissenting one for which no reason was found, unless one is given."""
    fields: dict[str, Any] = {"voice": Voice(as_="own", layer=layer), "on": day} | said
    if stance not in {"joins", "undecided"} and "reason" not in fields:
        fields["reason_missing"] = "not-found"
    return s.PositionRecorded(member=member, stance=stance, **fields)


def instead(type_: str, data: Mapping[str, object]) -> Instead:
    """The payload of a correction."""
    return msgspec.convert({"type": type_, "v": 1, "data": data}, Instead)


def corrected(teller: Teller, seq: int, put: Instead | None = None) -> f.DecisionCorrected:
    """A correction of an entry; annulled without a payload."""
    return f.DecisionCorrected(corrects=seq, kind="clerical", grounds=teller.text("vergist"), instead=put)


def tell_members(teller: Teller, *codes: str, since: str = "2017") -> None:
    """Members, each called after its code."""
    teller.tell(
        GOVERNANCE,
        *(g.MemberAdmitted(member=code, name=f"Lid {code}", kind="municipality", from_=since) for code in codes),
    )


def tell_subregion(teller: Teller, subregion: str, *members: str, since: str = "2017") -> None:
    """A sub-region with members."""
    teller.tell(
        GOVERNANCE,
        g.SubregionEstablished(subregion=subregion, name=subregion.title(), from_="2017"),
        *(g.SubregionJoined(member=code, subregion=subregion, from_=since) for code in members),
    )
