"""Rows say everything that their facts say, and their tables are as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest

from projections.course import row as course
from projections.decisions import row as decisions
from projections.decisions.consultation import row as consultation
from projections.dossiers import row as dossiers
from projections.governance import row as governance
from projections.history import row as history
from projections.models import FOLDS, every
from projections.reading import Connection
from projections.row import Evidence, Row, Voice
from projections.standpoints import row as standpoints
from projections.storing import COLUMNS
from register import values
from register.decisions import consultation as c
from register.decisions import facts as d
from register.decisions import standing as s
from register.dossiers import facts as ds
from register.fact import Fact
from register.governance import facts as g
from register.meetings import facts as m
from register.vocabulary import FACTS
from tests.projections.telling import Teller, shown

TOLD_BY: dict[type[Fact], tuple[type[Row], ...]] = {
    g.BodyEstablished: (governance.BodyRow, governance.Name),
    g.BodyRenamed: (governance.Name,),
    g.BodyDissolved: (governance.BodyRow,),
    g.MemberAdmitted: (governance.Membership, governance.Name),
    g.MemberRenamed: (governance.Name,),
    g.DepartureAnnounced: (governance.DepartureAnnounced,),
    g.MemberDeparted: (governance.Membership,),
    g.SuccessionPlanned: (governance.SuccessionPlanned,),
    g.MemberMerged: (governance.Membership,),
    g.PartyNamed: (governance.Party,),
    g.SubregionEstablished: (governance.SubregionRow, governance.Name),
    g.SubregionJoined: (governance.InSubregion,),
    g.SubregionLeft: (governance.InSubregion,),
    g.SeatAssigned: (governance.Seat,),
    g.SeatVacated: (governance.Seat,),
    g.MandateGranted: (governance.Mandate,),
    g.MandateEnded: (governance.Mandate,),
    g.RuleAdopted: (governance.Rule,),
    g.InhabitantsCounted: (governance.Inhabitants,),
    g.ThemeNamed: (governance.Theme,),
    g.GovernanceCorrected: (governance.Correction,),
    m.MeetingPlanned: (decisions.MeetingPlanned,),
    m.MeetingRescheduled: (decisions.MeetingPlanned,),
    m.MeetingHeld: (decisions.MeetingHeld,),
    m.MeetingCancelled: (decisions.MeetingCancelled,),
    m.AgendaItemPlaced: (decisions.AgendaItem,),
    m.AgendaItemWithdrawn: (decisions.AgendaItem,),
    m.DocumentPublished: (decisions.Document,),
    m.MeetingCorrected: (decisions.MeetingCorrection,),
    m.MeetingStruck: (decisions.MeetingStruck,),
    d.DecisionProposed: (decisions.Proposed, decisions.Link),
    d.DecisionLinked: (decisions.Link,),
    d.DecisionThemed: (decisions.Themed,),
    d.DecisionPlaced: (decisions.Placed,),
    d.PartAdded: (decisions.PartText,),
    d.PartAmended: (decisions.PartText,),
    d.PartiesListed: (decisions.PartyList,),
    d.VoteHeld: (decisions.BallotHeld,),
    d.VotesRecorded: (decisions.Votes,),
    d.OutcomeRecorded: (decisions.Outcome,),
    d.JustificationGiven: (decisions.Justification,),
    d.RemarkRecorded: (decisions.Remark,),
    d.EvidenceAdded: (Row,),
    d.DecisionConfirmed: (decisions.Confirmation,),
    d.DecisionCorrected: (decisions.Correction,),
    d.DecisionStruck: (decisions.Struck,),
    s.PositionRecorded: (course.Position,),
    s.PositionExplained: (course.Position,),
    s.PositionRevised: (course.Position,),
    s.PositionWithdrawn: (course.Position,),
    s.MinorityStandpointRecorded: (standpoints.StandpointText,),
    s.MinorityStandpointAmended: (standpoints.StandpointText,),
    s.MinorityStandpointWithdrawn: (standpoints.StandpointText,),
    s.MinorityStandpointJoined: (standpoints.Holder,),
    s.MinorityStandpointLeft: (standpoints.Holder, standpoints.Left),
    s.MinorityStandpointAnswered: (standpoints.Answer,),
    s.MinorityStandpointWeighed: (standpoints.Weighing,),
    c.ViewsInvited: (consultation.Invited,),
    c.ViewReceived: (consultation.Received,),
    c.ViewDeclined: (consultation.Declined,),
    c.ViewMissed: (consultation.Missed,),
    c.ViewAnswered: (consultation.ViewAnswer,),
    c.ReplyNotePublished: (consultation.ReplyNote,),
    c.AdviceRequested: (consultation.AdviceRequest,),
    c.AdviceGiven: (consultation.AdviceText,),
    c.AdviceAnswered: (consultation.AdviceAnswer,),
    c.PollHeld: (consultation.Poll,),
    c.ResolutionGiven: (consultation.Resolution,),
    c.UndertakingGiven: (consultation.Promise,),
    c.UndertakingProgressed: (consultation.Progress,),
    c.UndertakingClosed: (consultation.Closing,),
    ds.DossierOpened: (dossiers.Opened, dossiers.Titled),
    ds.DossierRetitled: (dossiers.Titled,),
    ds.VersionPublished: (dossiers.Version,),
    ds.RoutePlanned: (dossiers.Route,),
    ds.RouteStepReached: (dossiers.Reached,),
    ds.EditionPublished: (dossiers.Edition,),
    ds.ParticipationStepChosen: (dossiers.Participation,),
    ds.DossierClosed: (dossiers.Closed,),
    ds.DossierCorrected: (dossiers.DossierCorrection,),
    ds.DossierStruck: (dossiers.DossierStruck,),
}
TOLD_OTHERWISE: dict[tuple[type[Fact], str], str] = {
    (g.BodyRenamed, "body"): "the code of the name",
    (g.BodyRenamed, "from_"): "the first day of the name",
    (g.BodyDissolved, "body"): "the code of the body",
    (g.MemberRenamed, "member"): "the code of the name",
    (g.MemberRenamed, "from_"): "the first day of the name",
    (g.SeatVacated, "seat"): "the seat that it closes",
    (g.GovernanceCorrected, "instead"): "the row of the corrected entry",
    (m.MeetingCorrected, "instead"): "the row of the corrected entry",
    (d.DecisionCorrected, "instead"): "the row of the corrected entry",
    (d.DecisionProposed, "links"): "a row each",
    (d.DecisionLinked, "links"): "a row each",
    (d.EvidenceAdded, "of"): "the row that it is evidence for",
    (s.PositionExplained, "position"): "the row that it explains",
    (s.PositionRevised, "position"): "`recorded`",
    (s.PositionWithdrawn, "position"): "the row that it ends",
    (s.PositionWithdrawn, "rel"): "`overruled`",
    (s.MinorityStandpointWeighed, "by"): "`by_body`",
    (c.PollHeld, "asked"): "`asked_n`",
    (ds.DossierCorrected, "instead"): "the row of the corrected entry",
}
NESTED = [
    (d.Link, decisions.Link),
    (d.Option, decisions.Option),
    (d.Vote, decisions.Vote),
    (d.Option, consultation.Choice),
    (c.ViewItem, consultation.Point),
    (ds.Step, dossiers.RouteStep),
    (values.Evidence, Evidence),
    (values.Voice, Voice),
]


@pytest.mark.parametrize("fact", [fact for fact in FACTS.values() if fact.KIND != "register"])
def test_every_field_of_a_fact_has_its_place_in_a_row(fact: type[Fact]) -> None:
    has = {name for row in TOLD_BY[fact] for name in row.__struct_fields__}
    left = {name for name in fact.__struct_fields__ if name not in has and (fact, name) not in TOLD_OTHERWISE}
    assert left == set()


def test_nothing_is_said_to_be_told_otherwise_that_is_not() -> None:
    assert {name for fact, name in TOLD_OTHERWISE if name not in fact.__struct_fields__} == set()


@pytest.mark.parametrize(("said", "row"), NESTED)
def test_every_field_within_a_fact_has_its_place(said: type[msgspec.Struct], row: type[msgspec.Struct]) -> None:
    assert set(said.__struct_fields__) <= set(row.__struct_fields__)


@pytest.mark.parametrize(("said", "row"), NESTED)
def test_what_may_be_left_out_within_a_fact_may_be_absent_in_its_row(
    said: type[msgspec.Struct], row: type[msgspec.Struct]
) -> None:
    needed = {field.name for field in msgspec.structs.fields(row) if field.required}
    assert needed.isdisjoint(field.name for field in msgspec.structs.fields(said) if not field.required)


def kinds(base: type[Row]) -> Iterator[type[Row]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def tables() -> dict[str, type[Row]]:
    assert history.Event.TABLE
    return {kind.TABLE: kind for kind in kinds(Row) if hasattr(kind, "TABLE")}


async def test_the_columns_of_each_table_are_those_that_its_rows_have(teller: Teller) -> None:
    mine = {table for fold in FOLDS for table in fold.tables}
    async with shown(teller) as conn:
        for table, kind in tables().items():
            if table in mine:
                assert await columns(conn, table) == [*COLUMNS, *kind.ASKED]


async def columns(conn: Connection, table: str) -> list[str]:
    cursor = await conn.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
        (f"read.{table}",),
    )
    return [name for (name,) in await cursor.fetchall()]


def test_every_table_of_a_schema_belongs_to_its_read_model() -> None:
    for model in every():
        assert set(re.findall(r"CREATE TABLE read\.(\w+)", model.schema)) == set(model.tables)
