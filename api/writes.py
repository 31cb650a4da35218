"""What can be written and where: one row for each fact that the register accepts over HTTP."""

from __future__ import annotations

from typing import Literal

import msgspec

from register.decisions import facts as decisions
from register.decisions import standing
from register.fact import Fact
from register.governance import facts as governance
from register.meetings import facts as meetings

Place = Literal["governance", "new", "stream", "entry"]
"""Where the stream comes from: the one of governance, a new one, the id in the address, or the `{id}.{seq}` in the address."""


class Write(msgspec.Struct, frozen=True):
    """One kind of write: its address below the version, the fact in its body, and what its address fills in.

    `names` is the field that the last parameter of the address fills; a body that gives it as well must agree with it.
    """

    path: str
    fact: type[Fact]
    place: Place
    names: str | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters in the address."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    @property
    def addressed(self) -> frozenset[str]:
        """The fields that the address fills: what they name and the register does not know is 404, not 400."""
        return frozenset({self.names} if self.names else ())

    @property
    def filled(self) -> frozenset[str]:
        """The fields that a body leaves out: the address gives them, or the register makes them."""
        return self.addressed | ({"mandate"} if self.fact is governance.MandateGranted else frozenset())


def _governance(path: str, fact: type[Fact], names: str | None = None) -> Write:
    return Write(path, fact, "governance", names)


def _meeting(below: str, fact: type[Fact]) -> Write:
    return Write(f"/meetings/{{id}}/{below}", fact, "stream")


def _decision(below: str, fact: type[Fact]) -> Write:
    return Write(f"/decisions/{{id}}/{below}", fact, "stream")


def _position(below: str, fact: type[Fact]) -> Write:
    return Write(f"/positions/{{address}}/{below}", fact, "entry", "position")


def _standpoint(below: str, fact: type[Fact]) -> Write:
    return Write(f"/minority-standpoints/{{address}}/{below}", fact, "entry", "standpoint")


WRITES: tuple[Write, ...] = (
    _governance("/bodies", governance.BodyEstablished),
    _governance("/bodies/{code}/renamings", governance.BodyRenamed, "body"),
    _governance("/bodies/{code}/dissolution", governance.BodyDissolved, "body"),
    _governance("/members", governance.MemberAdmitted),
    _governance("/members/{code}/renamings", governance.MemberRenamed, "member"),
    _governance("/members/{code}/departure-announcements", governance.DepartureAnnounced, "member"),
    _governance("/members/{code}/departure", governance.MemberDeparted, "member"),
    _governance("/members/{code}/succession-plans", governance.SuccessionPlanned, "member"),
    _governance("/members/{code}/merger", governance.MemberMerged, "member"),
    _governance("/parties", governance.PartyNamed),
    _governance("/subregions", governance.SubregionEstablished),
    _governance("/subregions/{code}/members", governance.SubregionJoined, "subregion"),
    _governance("/subregions/{code}/departures", governance.SubregionLeft, "subregion"),
    _governance("/seats", governance.SeatAssigned),
    _governance("/seats/{seq}/vacation", governance.SeatVacated, "seat"),
    _governance("/mandates", governance.MandateGranted),
    _governance("/mandates/{id}/end", governance.MandateEnded, "mandate"),
    _governance("/rules", governance.RuleAdopted),
    _governance("/themes", governance.ThemeNamed),
    _governance("/governance/corrections", governance.GovernanceCorrected),
    Write("/meetings", meetings.MeetingPlanned, "new"),
    _meeting("reschedulings", meetings.MeetingRescheduled),
    _meeting("holding", meetings.MeetingHeld),
    _meeting("cancellation", meetings.MeetingCancelled),
    _meeting("agenda-items", meetings.AgendaItemPlaced),
    _meeting("agenda-item-withdrawals", meetings.AgendaItemWithdrawn),
    _meeting("documents", meetings.DocumentPublished),
    _meeting("corrections", meetings.MeetingCorrected),
    Write("/decisions", decisions.DecisionProposed, "new"),
    _decision("links", decisions.DecisionLinked),
    _decision("themes", decisions.DecisionThemed),
    _decision("placements", decisions.DecisionPlaced),
    _decision("parts", decisions.PartAdded),
    _decision("part-versions", decisions.PartAmended),
    _decision("party-lists", decisions.PartiesListed),
    _decision("ballots", decisions.VoteHeld),
    _decision("votes", decisions.VotesRecorded),
    _decision("outcome", decisions.OutcomeRecorded),
    _decision("justifications", decisions.JustificationGiven),
    _decision("remarks", decisions.RemarkRecorded),
    _decision("evidence", decisions.EvidenceAdded),
    _decision("confirmations", decisions.DecisionConfirmed),
    _decision("corrections", decisions.DecisionCorrected),
    _decision("striking", decisions.DecisionStruck),
    _decision("positions", standing.PositionRecorded),
    _decision("minority-standpoints", standing.MinorityStandpointRecorded),
    _position("explanation", standing.PositionExplained),
    _position("revisions", standing.PositionRevised),
    _position("withdrawal", standing.PositionWithdrawn),
    _standpoint("amendments", standing.MinorityStandpointAmended),
    _standpoint("withdrawal", standing.MinorityStandpointWithdrawn),
    _standpoint("supporters", standing.MinorityStandpointJoined),
    _standpoint("departures", standing.MinorityStandpointLeft),
    _standpoint("answers", standing.MinorityStandpointAnswered),
    _standpoint("weighing", standing.MinorityStandpointWeighed),
)

WRITE_OF: dict[type[Fact], Write] = {write.fact: write for write in WRITES}
"""The write of each fact, for a page that records one."""
