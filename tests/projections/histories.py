"""Random histories: facts of every kind that speak of each other, with corrections among them, in streams that take turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from register.decisions import consultation as c
from register.decisions import facts as d
from register.decisions import standing as s
from register.dossiers import facts as ds
from register.fact import Fact, Instead
from register.governance import facts as g
from register.meetings import facts as m
from register.values import Evidence, Layer, Stance, Voice
from tests.projections.telling import GOVERNANCE, Teller, stream, text

MEMBERS = ("gm1", "gm2", "gm3", "gm4", "pv1")
SUBREGIONS = ("gooi", "ijmond")
PARTS = ("p1", "p2")
BODIES = ("mra-av", "mra-db", "gm1-raad")
LAYERS: tuple[Layer, ...] = ("seat", "executive", "council", "group", "not-stated")
STANCES: tuple[Stance, ...] = ("joins", "joins-with-reservation", "departs", "does-not-take-part", "undecided")
CORRECTION: dict[str, type[Any]] = {
    "governance": g.GovernanceCorrected,
    "decision": d.DecisionCorrected,
    "meeting": m.MeetingCorrected,
    "dossier": ds.DossierCorrected,
}


class History:
    """A history that grows entry by entry; nothing asks whether the rules would have let it."""

    def __init__(self, random: Random, streams: int = 3) -> None:
        self.random = random
        self.decisions = [stream(f"decision {n}") for n in range(streams)]
        self.meetings = [stream(f"meeting {n}") for n in range(2)]
        self.dossiers = [stream(f"dossier {n}") for n in range(2)]
        self.told: dict[str, list[Fact]] = {}

    def tell(self, teller: Teller, entries: int) -> None:
        """Grow by so many entries, one to three a command, from several writers: some at the same moment as the one before, some by a clock that is behind."""
        while entries > 0:
            where = self.random.choice([GOVERNANCE, *self.decisions, *self.decisions, *self.meetings, *self.dossiers])
            facts = [self.next(where) for _ in range(self.random.choice((1, 1, 2, 3)))]
            by = self.random.choice(("import", "00000000-0000-4000-8000-0000000000aa"))
            after = timedelta(seconds=self.random.choice((0, 60, 86_400, -4, -7_200)))
            teller.tell(where, *facts, by=by, after=after)
            entries -= len(facts)

    def next(self, where: str) -> Fact:
        """The next fact of a stream."""
        told = self.told.setdefault(where, [])
        fact = self._first(where) if not told else self._correction(where) or self._any(where)
        told.append(fact)
        return fact

    def _first(self, where: str) -> Fact:
        if where == GOVERNANCE:
            return g.MemberAdmitted(member="gm1", name="Lid", kind="municipality", from_="2017")
        if where in self.meetings:
            return m.MeetingPlanned(body="mra-av", planned_on=self.day())
        if where in self.dossiers:
            return self.opened()
        return self.proposed()

    def _any(self, where: str) -> Fact:
        makers: tuple[Maker, ...] = (*DECIDING, *CONSULTED)
        if where == GOVERNANCE:
            makers = GOVERNING
        elif where in self.meetings:
            makers = MEETING
        elif where in self.dossiers:
            makers = FOLLOWING
        return self.random.choice(makers)(self, where)

    def _correction(self, where: str) -> Fact | None:
        told = self.told[where]
        seq = self.random.randint(1, len(told))
        wrong = told[seq - 1]
        if self.random.random() > 0.12 or wrong.TYPE.endswith("corrected") or wrong.TYPE in {"decision.confirmed", "decision.struck", "dossier.struck", "meeting.struck"}:  # fmt: skip
            return None
        if seq > 1 and self.random.random() < 0.4:
            put = None
        else:
            put = Instead(type=wrong.TYPE, v=1, data=msgspec.to_builtins(self._like(where, wrong)))
        kind = CORRECTION[wrong.KIND]
        made: Fact = kind(corrects=seq, kind="clerical", grounds=self.words(), instead=put)
        return made

    def _like(self, where: str, wrong: Fact) -> Fact:
        """Another fact of the same type."""
        for _ in range(400):
            other = self._first(where) if wrong.TYPE in {"decision.proposed", "dossier.opened"} else self._any(where)
            if type(other) is type(wrong):
                return other
        return wrong

    def day(self) -> str:
        """A day in one of the precisions that a source gives."""
        one = date(2019, 1, 1) + timedelta(days=self.random.randrange(2000))
        span = f"{one}/{one + timedelta(days=30)}"
        return self.random.choice((f"{one}", f"{one}", f"{one:%Y-%m}", f"{one:%Y}", span))

    def maybe(self, value: Any) -> Any:  # noqa: ANN401  # whatever a field takes
        """The value, or nothing."""
        return value if self.random.random() < 0.6 else None

    def words(self) -> Any:  # noqa: ANN401  # a seal
        """A text."""
        return text(f"woord {self.random.randrange(10_000)}")

    def cited(self) -> tuple[Evidence, ...] | None:
        """A source, or none."""
        return (Evidence(grade="minutes", at=self.words()),) if self.random.random() < 0.6 else None  # as maybe

    def member(self) -> str:
        """A member."""
        return self.random.choice(MEMBERS)

    def some(self) -> tuple[str, ...]:
        """A few members."""
        return tuple(self.random.sample(MEMBERS, self.random.randint(1, 3)))

    def seq(self, where: str, *kinds: type[Fact]) -> int:
        """The number of an entry of one of these kinds, or of none such."""
        found = [seq for seq, fact in enumerate(self.told[where], 1) if isinstance(fact, kinds)]
        return self.random.choice(found) if found else 1

    def proposed(self) -> d.DecisionProposed:
        """A question."""
        by = self.random.choice((d.DecidedBy(each="member"), *(d.DecidedBy(body=body) for body in BODIES)))
        link = d.Link(rel="about", to=self.random.choice(self.decisions))
        step = d.Link(rel="about", to=self.random.choice(self.dossiers), n=self.random.randint(1, 4))
        return d.DecisionProposed(
            title=self.words(), question=self.maybe(self.words()), decided_by=by, kind="decision",
            class_="not-stated", on=self.maybe(self.day()), links=self.maybe((link, step)), dossier=self.maybe(self.random.choice(self.dossiers)),
            evidence=self.cited(),
        )  # fmt: skip

    def opened(self) -> ds.DossierOpened:
        """A subject that is followed."""
        return ds.DossierOpened(kind="framework", title=self.words(), on=self.maybe(self.day()), evidence=self.cited())

    def route(self) -> ds.RoutePlanned:
        """A way of a dossier."""
        steps = tuple(
            ds.Step(
                step=n, stage=self.random.choice(("views", "assembly", "each-member")), planned_on=self.day(),
                by=self.maybe("mra-av"), title=self.maybe(self.words()), influence=self.maybe(self.some()),
                until=self.maybe(self.day()),
            )
            for n in sorted(self.random.sample(range(1, 5), self.random.randint(1, 4)))
        )  # fmt: skip
        return ds.RoutePlanned(steps=steps, on=self.maybe(self.day()))

    def voice(self) -> Voice:
        """Somebody who speaks."""
        match self.random.choice(("own", "joint", "namens", "vanuit")):
            case "namens":
                return Voice(
                    as_="namens",
                    layer="executive",
                    subregion=self.random.choice(SUBREGIONS),
                    members=self.maybe(self.some()),
                )
            case "joint":
                return Voice(as_="joint", layer="executive", members=self.some())
            case "vanuit":
                return Voice(as_="vanuit", members=(self.member(),), subregion=self.random.choice(SUBREGIONS))
            case _:
                return Voice(as_="own", layer=self.random.choice(LAYERS), members=(self.member(),))

    def position(self) -> s.PositionRecorded:
        """A position."""
        voice = self.voice()
        part = self.maybe(self.random.choice(PARTS))
        return s.PositionRecorded(
            member=None if voice.as_ == "namens" else self.member(), stance=self.random.choice(STANCES), voice=voice,
            part=part, n=self.random.randint(1, 2) if part else None, reason=self.maybe(self.words()),
            on=self.maybe(self.day()), evidence=self.cited(),
        )  # fmt: skip

    def point(self) -> c.ViewItem:
        """A point of a view."""
        return c.ViewItem(item=self.random.randint(1, 3), gist=self.words(), part=self.maybe(self.random.choice(PARTS)))


Maker = Callable[[History, str], Fact]

GOVERNING: tuple[Maker, ...] = (
    lambda h, _: g.MemberAdmitted(
        member=h.member(), name="Lid", kind="municipality", from_=h.day(), evidence=h.cited()
    ),
    lambda h, _: g.MemberRenamed(member=h.member(), name="Anders", from_=h.day()),
    lambda h, _: g.MemberMerged(member=h.member(), into=h.member(), until=h.day(), evidence=h.cited()),
    lambda h, _: g.MemberDeparted(member=h.member(), until=h.day()),
    lambda h, _: g.DepartureAnnounced(member=h.member(), planned_on=h.day(), on=h.maybe(h.day())),
    lambda h, _: g.SuccessionPlanned(member=h.member(), into=h.member(), planned_on=h.day(), status="bill"),
    lambda h, _: g.SubregionEstablished(subregion=h.random.choice(SUBREGIONS), name="Deelregio", from_=h.day()),
    lambda h, _: g.SubregionJoined(member=h.member(), subregion=h.random.choice(SUBREGIONS), from_=h.day()),
    lambda h, _: g.SubregionLeft(member=h.member(), subregion=h.random.choice(SUBREGIONS), until=h.day()),
    lambda h, _: g.BodyEstablished(
        code=h.random.choice(BODIES),
        name="Gremium",
        kind="board",
        force="course",
        seats="assigned",
        from_=h.day(),
        of=h.maybe("gm1"),
    ),
    lambda h, _: g.BodyRenamed(body=h.random.choice(BODIES), name="Ander gremium", from_=h.day()),
    lambda h, _: g.BodyDissolved(body=h.random.choice(BODIES), until=h.day()),
    lambda h, _: g.SeatAssigned(body=h.random.choice(BODIES), holder=h.member(), capacity="own", from_=h.day()),
    lambda h, w: g.SeatVacated(seat=h.seq(w, g.SeatAssigned), until=h.day()),
    lambda h, _: g.PartyNamed(code="g1", kind="political-group", name=h.words(), of="gm1-raad"),
    lambda h, _: g.MandateGranted(
        mandate=str(UUID(int=h.random.randrange(3))),
        role="clerk",
        for_="mra-av",
        from_=h.day(),
        holder=h.maybe(h.words()),
    ),
    lambda h, _: g.MandateEnded(mandate=str(UUID(int=h.random.randrange(3))), until=h.day()),
    lambda h, _: g.RuleAdopted(body=h.random.choice(BODIES), kind="majority", from_=h.day()),
    lambda h, _: g.RuleAdopted(
        body="mra-av",
        kind=h.random.choice(("weighted", "double-majority")),
        from_=h.day(),
        until=h.maybe(h.day()),
        subjects=h.maybe(("wonen",)),
        quorum=h.maybe("0.5"),
        bands=(g.Band(least=0, most=49_999, votes=1), g.Band(least=50_000, votes=2)),
        reference=h.maybe("01-01"),
    ),
    lambda h, _: g.InhabitantsCounted(member=h.member(), inhabitants=h.random.randrange(200_000), on=h.day()),
    lambda h, _: g.ThemeNamed(code="wonen", name=h.words()),
)
DECIDING: tuple[Maker, ...] = (
    lambda h, _: d.DecisionLinked(
        links=(d.Link(rel="amends", to=h.random.choice(h.decisions)), d.Link(rel="about", at=h.words()))
    ),
    lambda h, _: d.DecisionThemed(theme=h.random.choice(("wonen", "vervoer"))),
    lambda h, _: d.DecisionPlaced(meeting=h.random.choice(h.meetings), item="5"),
    lambda h, _: d.PartAdded(part=h.random.choice(PARTS), n=1, title=h.words()),
    lambda h, _: d.PartAmended(part=h.random.choice(PARTS), n=2, title=h.maybe(h.words()), on=h.maybe(h.day())),
    lambda h, _: d.PartiesListed(
        list=h.random.choice(("voters", "course-for", "signatories")),
        basis="stated",
        members=h.maybe(h.some()),
        count=h.random.randint(1, 5),
    ),
    lambda h, _: d.VoteHeld(
        ballot=h.random.randint(1, 2),
        how="hands",
        unit="member",
        names="all",
        on=h.maybe(h.day()),
        stated=h.maybe(d.Tally(for_=2)),
    ),
    lambda h, _: d.VotesRecorded(
        ballot=h.random.randint(1, 2),
        votes=tuple(d.Vote(voter=code, choice="for", reason=h.maybe(h.words())) for code in h.some()),
    ),
    lambda h, _: d.OutcomeRecorded(
        verb=h.random.choice(("adopted", "rejected", "repealed", "signed")),
        on=h.maybe(h.day()),
        how="without-vote",
        sets=h.maybe((d.PartVersion(part="p1", n=1),)),
        decides=h.maybe(h.member()),
        note=h.maybe(h.words()),
    ),
    lambda h, _: d.JustificationGiven(text=h.words(), on=h.maybe(h.day())),
    lambda h, _: d.RemarkRecorded(voice=h.voice(), text=h.words(), on=h.day()),
    lambda h, _: h.position(),
    lambda h, _: h.position(),
    lambda h, _: h.position(),
    lambda h, w: s.PositionExplained(position=h.seq(w, s.PositionRecorded), reason=h.words(), on=h.maybe(h.day())),
    lambda h, w: s.PositionRevised(
        position=h.seq(w, s.PositionRecorded), stance=h.random.choice(STANCES), on=h.maybe(h.day()), n=h.maybe(2)
    ),
    lambda h, w: s.PositionWithdrawn(position=h.seq(w, s.PositionRecorded), on=h.maybe(h.day())),
    lambda h, _: s.MinorityStandpointRecorded(
        voice=h.voice(),
        text=h.words(),
        on=h.maybe(h.day()),
        from_=h.maybe("2020"),
        until=h.maybe("2022"),
        parts=h.maybe(("p1",)),
    ),
    lambda h, w: s.MinorityStandpointAmended(
        standpoint=h.seq(w, s.MinorityStandpointRecorded), text=h.words(), on=h.maybe(h.day())
    ),
    lambda h, w: s.MinorityStandpointWithdrawn(standpoint=h.seq(w, s.MinorityStandpointRecorded), on=h.maybe(h.day())),
    lambda h, w: s.MinorityStandpointJoined(
        standpoint=h.seq(w, s.MinorityStandpointRecorded), member=h.member(), on=h.day()
    ),
    lambda h, w: s.MinorityStandpointLeft(
        standpoint=h.seq(w, s.MinorityStandpointRecorded), member=h.member(), on=h.day()
    ),
    lambda h, w: s.MinorityStandpointAnswered(
        standpoint=h.seq(w, s.MinorityStandpointRecorded), voice=h.voice(), text=h.words(), on=h.day()
    ),
    lambda h, w: s.MinorityStandpointWeighed(
        standpoint=h.seq(w, s.MinorityStandpointRecorded), outcome="noted", by="mra-av", reason=h.words(), on=h.day()
    ),
    lambda h, w: d.EvidenceAdded(of=h.seq(w, Fact), evidence=(Evidence(grade="press", at=h.words()),)),
    lambda h, w: d.DecisionConfirmed(up_to=len(h.told[w])),
    lambda h, _: d.DecisionStruck(because="duplicate", grounds=h.words()) if h.random.random() < 0.1 else h.position(),
)
CONSULTED: tuple[Maker, ...] = (
    lambda h, _: c.ViewsInvited(
        parties=(*h.some(), h.random.choice(BODIES)), from_=h.maybe(h.day()), until=h.maybe(h.day()), on=h.maybe(h.day())
    ),
    lambda h, w: c.ViewReceived(
        voice=h.voice(), text=h.words(), kind="view", on=h.maybe(h.day()), items=h.maybe((h.point(),)),
        version=h.maybe(2), adds_to=h.maybe(h.seq(w, c.ViewReceived)), evidence=h.cited(),
    ),
    lambda h, _: c.ViewDeclined(party=h.member(), on=h.maybe(h.day()), reason=h.maybe(h.words())),
    lambda h, w: c.ViewMissed(party=h.member(), invitation=h.seq(w, c.ViewsInvited)),
    lambda h, w: c.ViewAnswered(
        view=h.seq(w, c.ViewReceived), outcome="partly-adopted", item=h.maybe(h.random.randint(1, 4)), gist=h.maybe(h.words()),
        reason=h.words(), by=h.maybe("mra-av"), landed=h.maybe(d.PartVersion(part="p1", n=1)), on=h.maybe(h.day()),
    ),
    lambda h, _: c.ReplyNotePublished(by="mra-av", letters=h.maybe(23), items=h.maybe(212), at=h.words(), on=h.maybe(h.day())),
    lambda h, _: c.AdviceRequested(body="mra-db", question=h.maybe(h.words()), until=h.maybe(h.day()), on=h.maybe(h.day())),
    lambda h, w: c.AdviceGiven(
        voice=h.voice(), text=h.words(), request=h.maybe(h.seq(w, c.AdviceRequested)), on=h.maybe(h.day())
    ),
    lambda h, w: c.AdviceAnswered(advice=h.seq(w, c.AdviceGiven), outcome="adopted", by="mra-db", reason=h.words(), on=h.day()),
    lambda h, _: c.PollHeld(
        question=h.words(), among="mra-av", options=h.maybe((d.Option(option=1, title=h.words()),)), asked=9, on=h.day()
    ),
    lambda h, _: c.ResolutionGiven(voice=h.voice(), text=h.words(), to=h.maybe(h.some()), on=h.maybe(h.day())),
    lambda h, _: c.UndertakingGiven(
        text=h.words(), voice=h.voice(), to=h.maybe("gm1-raad"), condition=h.maybe(h.words()), due=h.maybe(h.day()), on=h.maybe(h.day())
    ),
    lambda h, w: c.UndertakingProgressed(undertaking=h.seq(w, c.UndertakingGiven), text=h.words(), on=h.maybe(h.day())),
    lambda h, w: c.UndertakingClosed(undertaking=h.seq(w, c.UndertakingGiven), note=h.maybe(h.words()), on=h.maybe(h.day())),
)  # fmt: skip
MEETING: tuple[Maker, ...] = (
    lambda h, _: m.MeetingPlanned(body="mra-av", planned_on=h.day(), title=h.maybe(h.words())),
    lambda h, _: m.MeetingRescheduled(planned_on=h.day(), on=h.maybe(h.day())),
    lambda h, _: m.MeetingHeld(on=h.maybe(h.day()), present=h.maybe(h.some()), absent=h.maybe((m.Absence(member="gm1", notice=True),))),
    lambda h, _: m.MeetingCancelled(on=h.day(), reason=h.words()),
    lambda h, _: m.AgendaItemPlaced(item="5", title=h.words()),
    lambda h, _: m.AgendaItemWithdrawn(item="5", on=h.day()),
    lambda h, _: m.MeetingStruck(because="exercise", grounds=h.words()) if h.random.random() < 0.1 else m.AgendaItemPlaced(item="6", title=h.words()),
    lambda h, _: m.DocumentPublished(kind="minutes", state="public", at=h.words(), on=h.day()),
)  # fmt: skip
FOLLOWING: tuple[Maker, ...] = (
    lambda h, _: ds.DossierRetitled(title=h.words(), on=h.maybe(h.day()), evidence=h.cited()),
    lambda h, _: ds.VersionPublished(version=h.random.randint(1, 3), state="concept", name=h.maybe(h.words()), on=h.maybe(h.day())),
    lambda h, _: h.route(),
    lambda h, _: h.route(),
    lambda h, _: ds.RouteStepReached(step=h.random.randint(1, 4), on=h.maybe(h.day())),
    lambda h, _: ds.EditionPublished(edition=h.random.randint(1, 3), title=h.words(), on=h.maybe(h.day()), from_=h.maybe("2020")),
    lambda h, _: ds.ParticipationStepChosen(step=h.random.randint(1, 7), on=h.maybe(h.day()), note=h.maybe(h.words())),
    lambda h, _: ds.DossierClosed(on=h.maybe(h.day())) if h.random.random() < 0.2 else h.route(),
    lambda h, _: ds.DossierStruck(because="exercise", grounds=h.words()) if h.random.random() < 0.1 else h.route(),
)  # fmt: skip
