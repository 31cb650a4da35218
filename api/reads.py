"""What can be read and where: one row for each question that the read models answer."""

from __future__ import annotations

from collections.abc import Sequence

from litestar.handlers import HTTPRouteHandler

from api import decision_reads as decision
from api import dossier_reads as dossier
from api import finding
from api.accountability import reads as accountability
from api.accountability.row import Report
from api.asking import Clock
from api.posting import BASE
from api.problems import Problem
from api.reading import Pool, Read, Reading, read_route
from api.recording import entry_address
from projections.completeness.row import Counted, Gap
from projections.course import query as course
from projections.course.row import Matrix, MemberCourse, Position, Unexplained
from projections.decisions import query as decisions
from projections.decisions.consultation import query as consultation
from projections.decisions.consultation.beside import View
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.row import Ballot, Decision, Meeting, Summary
from projections.dossiers.answer import ComingUp, Dossier, DossierBriefly
from projections.governance import query as governance
from projections.governance.row import Body, Inhabitants, Member, Party, Rule, Seat, Subregion
from projections.history import query as history
from projections.history.row import Between, Step
from projections.row import Page
from projections.search.row import Hit
from projections.standpoints import query as standpoints
from projections.standpoints.row import Standpoint


async def _position(r: Reading) -> Position:
    stream, seq = entry_address(r.address["address"])
    for position in await course.positions(r.conn, str(stream), r.at):
        if position.seq == seq:
            return position
    raise Problem(404, "not-found")


async def _standpoints(r: Reading) -> Page[Standpoint]:
    status = r.given["status"]
    return await standpoints.standpoints(r.conn, r.at, status=status, page=r.page, page_size=r.page_size)


async def _standpoint(r: Reading) -> Standpoint:
    stream, seq = entry_address(r.address["address"])
    found = await standpoints.standpoint(r.conn, str(stream), seq, r.at)
    if found is None:
        raise Problem(404, "not-found")
    return found


async def _open_standpoints(r: Reading) -> Sequence[Standpoint]:
    return await standpoints.open_ones(r.conn, r.at)


async def _unexplained(r: Reading) -> Sequence[Unexplained]:
    return await course.unexplained(r.conn, r.at)


async def _undertakings(r: Reading) -> Page[Undertaking]:
    given = r.given
    return await consultation.undertakings(
        r.conn,
        r.at,
        status=given["undertakingStatus"],
        body=given["promised"],
        member=given["promising"],
        page=r.page,
        page_size=r.page_size,
    )


async def _members(r: Reading) -> Sequence[Member]:
    return await governance.members(r.conn, r.at)


async def _member(r: Reading) -> Member:
    found = await governance.member(r.conn, r.code(), r.at)
    if found is None:
        raise Problem(404, "no-member", what=r.code())
    return found


async def _member_course(r: Reading) -> MemberCourse:
    await _member(r)
    return await course.member_course(r.conn, r.code(), r.at)


async def _course(r: Reading) -> Matrix:
    departing = r.given["onlyDeparting"] == "true"
    return await course.matrix(
        r.conn, r.at, subregion=r.given["subregion"], only_departing=departing, decision=r.given["decision"]
    )


async def _bodies(r: Reading) -> Sequence[Body]:
    return await governance.bodies(r.conn, r.at)


async def _body(r: Reading) -> Body:
    found = await governance.body(r.conn, r.code(), r.at)
    if found is None:
        raise Problem(404, "no-body", what=r.code())
    return found


async def _inhabitants(r: Reading) -> Sequence[Inhabitants]:
    await _member(r)
    return await governance.inhabitants(r.conn, r.code(), r.at)


async def _seats(r: Reading) -> Sequence[Seat]:
    await _body(r)
    return await governance.seats(r.conn, r.code(), r.at)


async def _rules(r: Reading) -> Sequence[Rule]:
    await _body(r)
    return await governance.rules(r.conn, r.code(), r.at)


async def _parties(r: Reading) -> Sequence[Party]:
    return await governance.parties(r.conn, r.at, r.given["of"])


async def _subregions(r: Reading) -> Sequence[Subregion]:
    return await governance.subregions(r.conn, r.at)


async def _meetings(r: Reading) -> Page[Meeting]:
    return await decisions.meetings(r.conn, r.at, body=r.given["body"], page=r.page, page_size=r.page_size)


async def _meeting(r: Reading) -> Meeting:
    found = await decisions.meeting(r.conn, r.id(), r.at)
    if found is not None:
        return found
    struck = await decisions.struck_meeting(r.conn, r.id(), r.at)
    if struck is None:
        raise Problem(404, "no-stream")
    events = f"{BASE}/meetings/{r.id()}/events"
    raise Problem(410, "struck", what=events, more={"struck": struck, "events": events})


async def _meeting_events(r: Reading) -> Sequence[Step]:
    found = await history.events(r.conn, r.id(), r.at)
    if not any(each.event.type == "meeting.planned" for each in found):
        raise Problem(404, "no-stream")
    return found


OF_DECISIONS = ("q", "body", "member", "stance", "outcome", "subjectClass", "from", "to", "sort")

READS: tuple[Read, ...] = (
    Read(path="/decisions", question=decision.listed, answers=Summary, listed=True, keys=OF_DECISIONS,
         meaning="Decisions, the latest act first; struck ones are left out."),
    Read(path="/decisions/{id}", question=decision.standing, answers=Decision,
         meaning="One decision with parts, lists, ballots, outcome, links and corrections."),
    Read(path="/decisions/{id}/events", question=decision.events, answers=Step, listed=True,
         meaning="Every entry of a decision, with the hand that wrote it."),
    Read(path="/decisions/{id}/votes", question=decision.votes, answers=Ballot, listed=True,
         meaning="Its ballots with names, stated tally and difference."),
    Read(path="/decisions/{id}/positions", question=decision.positions, answers=Position, listed=True,
         meaning="Every position on it, in force or past."),
    Read(path="/decisions/{id}/minority-standpoints", question=decision.minority_standpoints, answers=Standpoint, listed=True,
         meaning="Every minority standpoint on it, with replies and weighings."),
    Read(path="/decisions/{id}/views", question=decision.views, answers=View, listed=True,
         meaning="Every view on it, one a voice, with what was done with each point and what its giver decided itself."),
    Read(path="/decisions/{id}/advice", question=decision.advice, answers=Advice, listed=True,
         meaning="Every advice on it, asked or unasked, given or waited for, with what was done with it."),
    Read(path="/decisions/{id}/undertakings", question=decision.undertakings, answers=Undertaking, listed=True,
         meaning="Every undertaking that was given with it."),
    Read(path="/decisions/{id}/replay", question=decision.replay, answers=decision.Replay, keys=("step",),
         meaning="The decision after one of its entries, and what that entry changed."),
    Read(path="/dossiers", question=dossier.listed, answers=DossierBriefly, listed=True, keys=("q", "dossierKind"),
         meaning="Dossiers by any title that they ever had, what happened last first; struck ones are left out."),
    Read(path="/dossiers/{id}", question=dossier.standing, answers=Dossier,
         meaning="One dossier with titles, versions, editions, and its route as it was planned and as it went."),
    Read(path="/dossiers/{id}/events", question=dossier.events, answers=Step, listed=True,
         meaning="Every entry of a dossier, with the hand that wrote it."),
    Read(path="/forward-agenda", question=dossier.coming, answers=ComingUp, listed=True, keys=dossier.AGENDA_KEYS,
         meaning="What comes when: by whom, until when who can influence it, and what moved since the edition before."),
    Read(path="/undertakings", question=_undertakings, answers=Undertaking, listed=True,
         keys=("undertakingStatus", "promised", "promising"),
         meaning="Undertakings, those that are overdue first and those that are closed last."),
    Read(path="/decisions/{id}/difference", question=decision.difference, answers=Between, keys=("validFrom", "knownFrom"),
         meaning="What differs in a decision from the moment of validFrom and knownFrom to that of validOn and knownAt, with the entries."),
    Read(path="/positions/{address}", question=_position, answers=Position, meaning="One position."),
    Read(path="/minority-standpoints", question=_standpoints, answers=Standpoint, listed=True, keys=("status",),
         meaning="Minority standpoints, the longest waiting first."),
    Read(path="/minority-standpoints/{address}", question=_standpoint, answers=Standpoint, meaning="One minority standpoint."),
    Read(path="/members", question=_members, answers=Member, listed=True, meaning="The members of the day."),
    Read(path="/members/{code}", question=_member, answers=Member, meaning="One member, also when it has ended."),
    Read(path="/members/{code}/course", question=_member_course, answers=MemberCourse,
         meaning="Where a member stands on each part of the course."),
    Read(path="/members/{code}/inhabitants", question=_inhabitants, answers=Inhabitants, listed=True,
         meaning="How many inhabitants a member had, each count from its day on."),
    Read(path="/members/{code}/accountability", question=accountability.of_member, answers=Report, keys=accountability.KEYS,
         meaning="What a member did in a period and what is missing, fact by fact."),
    Read(path="/bodies/{code}/accountability", question=accountability.of_body, answers=Report, keys=accountability.KEYS,
         meaning="What a council or another body did in a period and what is missing, fact by fact."),
    Read(path="/accountability", question=accountability.of_region, answers=Report, keys=accountability.KEYS,
         meaning="What the whole region did in a period and what is missing, fact by fact."),
    Read(path="/course", question=_course, answers=Matrix, keys=("subregion", "decision", "onlyDeparting"),
         meaning="Members by parts of the course, with sums and the list behind each."),
    Read(path="/bodies", question=_bodies, answers=Body, listed=True, meaning="Bodies of the region and of its members."),
    Read(path="/bodies/{code}", question=_body, answers=Body, meaning="One body."),
    Read(path="/bodies/{code}/seats", question=_seats, answers=Seat, listed=True, meaning="Who holds its seats."),
    Read(path="/bodies/{code}/rules", question=_rules, answers=Rule, listed=True, meaning="By which rules it decides."),
    Read(path="/parties", question=_parties, answers=Party, listed=True, keys=("of",),
         meaning="Who votes, signs or is heard without being a member."),
    Read(path="/subregions", question=_subregions, answers=Subregion, listed=True, meaning="Sub-regions with their members of the day."),
    Read(path="/meetings", question=_meetings, answers=Meeting, listed=True, keys=("body",), meaning="Meetings with agenda and papers."),
    Read(path="/meetings/{id}", question=_meeting, answers=Meeting, meaning="One meeting."),
    Read(path="/meetings/{id}/events", question=_meeting_events, answers=Step, listed=True,
         meaning="Every entry of a meeting, with the hand that wrote it."),
    Read(path="/search", question=finding.found, answers=Hit, listed=True, keys=("q", "place", "body", "member"),
         meaning="Names, titles and texts with these words in them, the best first."),
    Read(path="/completeness", question=finding.gaps, answers=Gap, listed=True, keys=("kind", "member", "decision"),
         meaning="What is missing, one gap each, the latest first within each kind."),
    Read(path="/completeness/counts", question=finding.gap_counts, answers=Counted, listed=True,
         meaning="How much is missing of each kind."),
    Read(path="/worklists/unexplained-dissent", question=_unexplained, answers=Unexplained, listed=True,
         meaning="Departures, reservations and non-participation without a reason."),
    Read(path="/worklists/open-standpoints", question=_open_standpoints, answers=Standpoint, listed=True,
         meaning="Minority standpoints that no body has weighed."),
)  # fmt: skip


def read_routes(pool: Pool, clock: Clock) -> Sequence[HTTPRouteHandler]:
    """Every read of the read models."""
    return [read_route(read, pool, clock) for read in READS]
