"""What can be written and where: one row for each fact that the register accepts over HTTP."""

from __future__ import annotations

from typing import Literal

import msgspec

from register.charter.facts import DisclosureWithdrawn, RegisterCorrected
from register.decisions import consultation, standing
from register.decisions import facts as decisions
from register.dossiers import facts as dossiers
from register.fact import Fact
from register.governance import facts as governance
from register.meetings import facts as meetings

Place = Literal["register", "governance", "new", "stream", "entry"]
"""Where the stream comes from: the one of the register itself, the one of governance, a new one, the id in the address, or the `{id}.{seq}` in the address."""


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


def _dossier(below: str, fact: type[Fact]) -> Write:
    return Write(f"/dossiers/{{id}}/{below}", fact, "stream")


def _heard(below: str, fact: type[Fact], names: str) -> Write:
    return Write(f"/{below}", fact, "entry", names)


def _position(below: str, fact: type[Fact]) -> Write:
    return Write(f"/positions/{{address}}/{below}", fact, "entry", "position")


def _standpoint(below: str, fact: type[Fact]) -> Write:
    return Write(f"/minority-standpoints/{{address}}/{below}", fact, "entry", "standpoint")


WRITES: tuple[Write, ...] = (
    Write("/register/corrections", RegisterCorrected, "register"),
    Write("/register/withdrawals", DisclosureWithdrawn, "register"),
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
    _governance("/members/{code}/inhabitants", governance.InhabitantsCounted, "member"),
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
    _meeting("striking", meetings.MeetingStruck),
    Write("/dossiers", dossiers.DossierOpened, "new"),
    _dossier("titles", dossiers.DossierRetitled),
    _dossier("versions", dossiers.VersionPublished),
    _dossier("routes", dossiers.RoutePlanned),
    _dossier("steps-reached", dossiers.RouteStepReached),
    _dossier("editions", dossiers.EditionPublished),
    _dossier("participation-steps", dossiers.ParticipationStepChosen),
    _dossier("closing", dossiers.DossierClosed),
    _dossier("corrections", dossiers.DossierCorrected),
    _dossier("striking", dossiers.DossierStruck),
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
    _decision("view-invitations", consultation.ViewsInvited),
    _decision("views", consultation.ViewReceived),
    _decision("views-declined", consultation.ViewDeclined),
    _decision("views-missed", consultation.ViewMissed),
    _decision("reply-notes", consultation.ReplyNotePublished),
    _decision("advice-requests", consultation.AdviceRequested),
    _decision("advice", consultation.AdviceGiven),
    _decision("polls", consultation.PollHeld),
    _decision("resolutions", consultation.ResolutionGiven),
    _decision("undertakings", consultation.UndertakingGiven),
    _heard("views/{address}/answers", consultation.ViewAnswered, "view"),
    _heard("advice/{address}/answers", consultation.AdviceAnswered, "advice"),
    _heard("undertakings/{address}/progress", consultation.UndertakingProgressed, "undertaking"),
    _heard("undertakings/{address}/closing", consultation.UndertakingClosed, "undertaking"),
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
