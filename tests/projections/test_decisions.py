"""What is told of decisions and meetings, as it is answered."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET

from projections.at import At
from projections.decisions import query
from projections.decisions.row import Decision, Filter, Summary
from projections.history import query as history
from projections.reading import Connection
from projections.row import Page
from projections.search import query as search
from register.decisions import facts as f
from register.decisions import standing as s
from register.governance import facts as g
from register.meetings import facts as m
from register.values import Evidence, Voice
from tests.projections.deciding import D, corrected, instead, on, position, proposed, sets
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream

CLERK = "00000000-0000-4000-8000-0000000000aa"
REPRESENTATIVE = "00000000-0000-4000-8000-0000000000bb"


async def read(conn: Connection, at: At = TODAY, id: str = D) -> Decision:
    found = await query.decision(conn, id, at)
    assert found is not None
    return found


async def test_a_decision_is_answered_with_what_was_proposed_placed_and_linked(teller: Teller) -> None:
    meeting, other = stream("a meeting"), stream("another decision")
    link = f.Link(rel="amends", to=other)
    teller.tell(other, proposed(teller, "Brief"))
    teller.tell(
        D, proposed(teller, question=teller.text("Akkoord?"), number="A56-2022", links=(link,), on="2022-07-04")
    )
    teller.tell(D, f.DecisionThemed(theme="wonen"), f.DecisionPlaced(meeting=meeting, item="5", letter="b"))
    teller.tell(D, f.DecisionLinked(links=(f.Link(rel="about", at=teller.text("https://example.nl")),)))
    teller.tell(meeting, m.MeetingPlanned(body="mra-av", planned_on="2022-09-16"))
    teller.tell(meeting, m.MeetingRescheduled(planned_on="2022-09-21", on="2022-09-01"))
    teller.tell(
        meeting,
        m.AgendaItemPlaced(item="5", letter="b", title=teller.text("Vaststellen")),
        m.MeetingHeld(on="2022-09-21"),
    )
    async with shown(teller) as conn:
        found = await read(conn)
        back = await read(conn, id=other)
    assert (str(found.title), str(found.proposed.question), found.proposed.number) == (
        "Begroting",
        "Akkoord?",
        "A56-2022",
    )
    assert found.valid_from == date(2022, 7, 4)
    assert [(each.link.rel, each.id, str(each.title)) for each in found.links[:1]] == [("amends", other, "Brief")]
    assert str(found.links[1].link.at) == "https://example.nl"
    assert [(each.link.rel, each.id, each.backwards) for each in back.links] == [("amends", D, True)]
    assert [each.theme for each in found.themes] == ["wonen"]
    (placed,) = found.placements
    assert placed.meeting is not None
    assert placed.item is not None
    assert (placed.meeting.planned_on, placed.meeting.rescheduled_from, str(placed.item.title)) == (
        "2022-09-21",
        ("2022-09-16",),
        "Vaststellen",
    )
    assert placed.meeting.held is not None
    assert placed.meeting.held.on == "2022-09-21"


async def test_one_agenda_item_holds_several_decisions_in_their_order(teller: Teller) -> None:
    meeting = stream("a meeting")
    teller.tell(meeting, m.MeetingPlanned(body="mra-av", planned_on="2024-07-03"))
    for letter in ("b", "a"):
        teller.tell(
            stream(letter),
            proposed(teller, f"Besluit {letter}"),
            f.DecisionPlaced(meeting=meeting, item="5", letter=letter),
        )
    teller.tell(stream("ten"), proposed(teller, "Tien"), f.DecisionPlaced(meeting=meeting, item="10"))
    async with shown(teller) as conn:
        found = await query.on_agenda(conn, meeting, TODAY)
        meetings = await query.meetings(conn, TODAY, body="mra-av")
        none = await query.meetings(conn, TODAY, body="mra-db")
    assert [str(each.title) for each in found] == ["Besluit a", "Besluit b", "Tien"]
    assert ([each.id for each in meetings.items], meetings.total, none.total) == ([meeting], 1, 0)


async def test_a_meeting_tells_its_agenda_papers_and_whether_it_was_cancelled(teller: Teller) -> None:
    meeting = stream("a meeting")
    teller.tell(
        meeting,
        m.MeetingPlanned(body="mra-av", planned_on="2022-09-16", title=teller.text("Extra"), starts_at="14:00"),
        m.AgendaItemPlaced(item="2", title=teller.text("Mededelingen"), letter="a"),
        m.AgendaItemWithdrawn(item="2", letter="a", on="2022-09-10"),
        m.DocumentPublished(kind="annex", state="on-request", title=teller.text("Bijlage"), on="2022-09-01"),
        m.MeetingCancelled(on="2022-09-15", reason=teller.text("Ziekte")),
    )
    held = teller.tell(meeting, m.MeetingHeld(on="2022-09-16"))
    teller.tell(meeting, m.MeetingCorrected(corrects=held, kind="clerical", grounds=teller.text("vergist")))
    async with shown(teller) as conn:
        found = await query.meeting(conn, meeting, TODAY)
        early = await query.meeting(conn, meeting, on("2022-08-31"))
    assert found is not None
    assert (str(found.title), found.starts_at, found.held) == ("Extra", "14:00", None)
    assert found.cancelled is not None
    assert str(found.cancelled.reason) == "Ziekte"
    assert [each.withdrawn_on for each in found.items] == [date(2022, 9, 10)]
    assert [(each.kind, each.state) for each in found.documents] == [("annex", "on-request")]
    assert early is not None
    assert (early.documents, early.cancelled) == ((), None)


async def test_a_ballot_shows_the_names_and_what_the_source_says_of_the_others(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    teller.tell(D, f.VoteHeld(ballot=1, how="not-stated", unit="group", names="some", rest="for", on="2022-07-04"))
    split = f.Tally(for_=2, against=1)
    votes = teller.tell(
        D,
        f.VotesRecorded(ballot=1, votes=(f.Vote(voter="g1", choice="against", reason=teller.text("te duur")),)),
        f.VotesRecorded(
            ballot=1, votes=(f.Vote(voter="g6", choice="divided", split=split), f.Vote(voter="g7", choice="absent"))
        ),
    )
    async with shown(teller) as conn:
        (ballot,) = (await read(conn)).ballots
        (before,) = (await read(conn, At(TODAY.valid_on, position=teller.position(D, 3)))).ballots
    assert ballot.held.rest == "for"
    assert [(each.voter, each.choice, each.address) for each in ballot.votes] == [
        ("g1", "against", f"{D}.{votes}.g1"),
        ("g6", "divided", f"{D}.{votes + 1}.g6"),
        ("g7", "absent", f"{D}.{votes + 1}.g7"),
    ]
    assert (str(ballot.votes[0].reason), ballot.votes[1].split) == ("te duur", split)
    assert ballot.computed == {"against": 1, "absent": 1, "divided": 1}
    assert ballot.result is UNSET
    assert before.computed == {"against": 1}


async def test_names_that_do_not_add_up_are_shown_as_a_difference_and_change_nothing(teller: Teller) -> None:
    stated = f.Tally(for_=2, against=1)
    teller.tell(
        D,
        proposed(teller),
        f.VoteHeld(ballot=1, how="hands", unit="member", names="all", stated=stated, on="2022-07-04"),
    )
    teller.tell(D, f.VotesRecorded(ballot=1, votes=tuple(f.Vote(voter=f"gm{n}", choice="for") for n in range(3))))
    teller.tell(D, f.OutcomeRecorded(verb="rejected", on="2022-07-04"))
    async with shown(teller) as conn:
        found = await read(conn)
    (ballot,) = found.ballots
    assert [(each.choice, each.stated, each.counted) for each in ballot.difference] == [
        ("for", 2, 3),
        ("against", 1, 0),
    ]
    assert ballot.held.stated == stated
    assert found.outcome is not None
    assert found.outcome.verb == "rejected"


async def test_a_name_that_is_missing_is_no_difference_where_names_are_not_complete(teller: Teller) -> None:
    stated = f.Tally(for_=8)
    teller.tell(
        D,
        proposed(teller),
        f.VoteHeld(ballot=1, how="hands", unit="group", names="some", stated=stated, on="2022-07-04"),
    )
    teller.tell(D, f.VotesRecorded(ballot=1, votes=(f.Vote(voter="g1", choice="for"),)))
    async with shown(teller) as conn:
        (ballot,) = (await read(conn)).ballots
    assert ballot.difference == ()


async def test_a_result_is_computed_only_by_a_rule_in_force_on_the_day_of_the_ballot(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE, g.RuleAdopted(body="mra-av", kind="majority", from_="2022", until="2022-12-31", quorum="0.5")
    )
    listed = f.PartiesListed(list="voters", basis="stated", members=("a", "b", "c", "d"))
    teller.tell(D, proposed(teller), listed)
    for ballot, day in ((1, "2022-07-04"), (2, "2023-07-04"), (3, "2022-07-05")):
        teller.tell(D, f.VoteHeld(ballot=ballot, how="hands", unit="member", names="all", on=day))
    votes = (f.Vote(voter="a", choice="for"), f.Vote(voter="b", choice="for"), f.Vote(voter="c", choice="against"))
    teller.tell(D, f.VotesRecorded(ballot=1, votes=votes), f.VotesRecorded(ballot=2, votes=votes))
    teller.tell(D, f.VotesRecorded(ballot=3, votes=votes[:1]))
    async with shown(teller) as conn:
        ballots = {each.held.ballot: each for each in (await read(conn)).ballots}
    assert (ballots[1].result, ballots[1].rule) == ("adopted", "majority")
    assert (ballots[2].result, ballots[2].rule) == (UNSET, None)
    assert ballots[3].result == "no-quorum"


async def test_three_lists_and_a_number_without_names_are_each_their_own(teller: Teller) -> None:
    teller.tell(
        D,
        proposed(teller),
        f.PartiesListed(list="voters", basis="seats-in-force", members=("gm1", "gm2")),
        f.PartiesListed(list="consulted", basis="stated", count=17),
        f.PartiesListed(list="course-for", basis="stated", count=16, members=("gm1",)),
    )
    async with shown(teller) as conn:
        lists = (await read(conn)).lists
    assert [(each.list, each.n, each.members) for each in lists] == [
        ("voters", 2, ("gm1", "gm2")),
        ("consulted", 17, ()),
        ("course-for", 16, ("gm1",)),
    ]


async def test_parts_keep_their_versions_and_the_one_that_was_set(teller: Teller) -> None:
    origin = f.PartOf(decision=stream("earlier"), part="p0", n=1)
    teller.tell(
        D, proposed(teller), f.PartAdded(part="p1", n=1, title=teller.text("Eerst"), number="4.1", continues=(origin,))
    )
    teller.tell(D, sets("p1", day="2022-01-01"))
    teller.tell(D, f.PartAmended(part="p1", n=2, text=teller.text("Nieuwe tekst"), on="2022-02-01"))
    async with shown(teller) as conn:
        (now,) = (await read(conn)).parts
        (then,) = (await read(conn, on("2022-01-31"))).parts
    assert (now.n, str(now.title), now.set_n, now.versions[1].number) == (2, "Eerst", 1, "4.1")
    assert (then.n, then.versions[0].continues) == (1, (origin,))


async def test_outcomes_of_one_member_and_a_total_stand_beside_the_outcome_of_the_whole(teller: Teller) -> None:
    teller.tell(D, proposed(teller, decided_by=f.DecidedBy(each="member")))
    teller.tell(D, f.OutcomeRecorded(verb="agreed", on="2021-10-26", decides="pv27", note=teller.text("bij besluit")))
    teller.tell(
        D,
        f.OutcomeRecorded(verb="adopted", on="2021-12", count=35),
        f.OutcomeRecorded(verb="rejected", on="2022-06-01", decides="gm1"),
    )
    async with shown(teller) as conn:
        found = await read(conn)
        early = await read(conn, on("2021-11-01"))
    assert found.outcome is not None
    assert (found.outcome.verb, found.outcome.count, found.outcome.exact) == ("adopted", 35, False)
    assert [each.decides for each in found.outcomes] == ["pv27", None, "gm1"]
    assert early.outcome is None


async def test_without_a_vote_who_was_present_and_said_nothing_has_no_objection(teller: Teller) -> None:
    meeting = stream("a meeting")
    absent = (m.Absence(member="gm3", notice=True), m.Absence(member="gm4"))
    teller.tell(meeting, m.MeetingPlanned(body="mra-av", planned_on="2022-09-21"))
    held = teller.tell(meeting, m.MeetingHeld(on="2022-09-21", present=("gm1", "gm2"), absent=absent))
    teller.tell(D, proposed(teller), f.DecisionPlaced(meeting=meeting, item="5"))
    teller.tell(D, f.OutcomeRecorded(verb="agreed", how="without-vote", on="2022-09-21"), position("gm2", "departs"))
    async with shown(teller) as conn:
        found = (await read(conn)).attendance
    assert {(each.member, each.kind) for each in found} == {
        ("gm1", "no-objection"),
        ("gm3", "absent-with-notice"),
        ("gm4", "absent"),
    }
    assert {each.position for each in found} == {teller.position(meeting, held)}


async def test_reasons_and_remarks_hold_from_their_day_and_better_evidence_is_added(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2022-01-01"))
    outcome = teller.tell(D, f.OutcomeRecorded(verb="agreed", on="2022-06-15", evidence=(Evidence(grade="press"),)))
    teller.tell(D, f.JustificationGiven(text=teller.text("omdat"), of=outcome, on="2022-06-15"))
    teller.tell(
        D,
        f.RemarkRecorded(
            voice=Voice(as_="own", layer="group", members=("gm0362",)),
            text=teller.text("vaag"),
            on="2022-06-15",
            part="p1",
        ),
    )
    added = teller.tell(D, f.EvidenceAdded(of=outcome, evidence=(Evidence(grade="minutes", page="3"),)))
    async with shown(teller) as conn:
        found = await read(conn)
        early = await read(conn, on("2022-06-14"))
    assert [(str(each.text), each.of) for each in found.justifications] == [("omdat", outcome)]
    assert [(str(each.text), each.part, each.voice.members) for each in found.remarks] == [("vaag", "p1", ("gm0362",))]
    assert (early.justifications, early.remarks, early.outcomes) == ((), (), ())
    assert found.outcome is not None
    assert [(each.grade, each.position) for each in found.outcome.evidence] == [
        ("press", teller.position(D, outcome)),
        ("minutes", teller.position(D, added)),
    ]
    assert found.without_evidence == (1, 3, 4)


async def test_what_a_clerk_or_an_import_made_waits_for_a_second_account(teller: Teller) -> None:
    teller.tell(
        GOVERNANCE,
        g.MandateGranted(mandate=CLERK, role="clerk", for_="mra-av", from_="2020"),
        g.MandateGranted(mandate=REPRESENTATIVE, role="representative", for_="gm1", from_="2020"),
    )
    teller.tell(D, proposed(teller), by=CLERK)
    teller.tell(D, f.OutcomeRecorded(verb="agreed", on="2022-06-15"), by="import")
    teller.tell(D, f.DecisionConfirmed(up_to=2), by=REPRESENTATIVE)
    teller.tell(D, position("gm1", "joins"), by=REPRESENTATIVE)
    teller.tell(D, f.OutcomeRecorded(verb="noted", on="2022-06-16"), by=CLERK)
    async with shown(teller) as conn:
        found = await read(conn)
        before = await read(conn, At(TODAY.valid_on, teller.known(D, 2)))
    assert (found.confirmed_up_to, found.unconfirmed) == (2, (5,))
    assert (before.confirmed_up_to, before.unconfirmed) == (0, (1, 2))


async def test_a_correction_changes_what_is_known_from_then_on_and_says_so(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    wrong = teller.tell(D, f.OutcomeRecorded(verb="adopted", on="2022-06-15"))
    said = {"verb": "rejected", "on": "2022-06-16"}
    mended = teller.tell(D, corrected(teller, wrong, instead("outcome.recorded", said)))
    async with shown(teller) as conn:
        now = await read(conn)
        then = await read(conn, At(TODAY.valid_on, teller.known(D, wrong)))
    assert now.outcome is not None
    assert (now.outcome.verb, now.outcome.seq, now.outcome.corrected_by) == (
        "rejected",
        wrong,
        teller.position(D, mended),
    )
    assert now.acted_on == date(2022, 6, 16)
    assert [(each.corrects, each.annulled, str(each.grounds)) for each in now.corrections] == [
        (wrong, False, "vergist")
    ]
    assert then.outcome is not None
    assert (then.outcome.verb, then.corrections) == ("adopted", ())


async def test_an_annulled_outcome_is_gone_and_the_last_correction_wins(teller: Teller) -> None:
    teller.tell(D, proposed(teller, on="2022-01-01"))
    wrong = teller.tell(D, f.OutcomeRecorded(verb="adopted", on="2022-06-15"))
    teller.tell(D, corrected(teller, wrong))
    async with shown(teller) as conn:
        annulled = await read(conn)
    teller.tell(D, corrected(teller, wrong, instead("outcome.recorded", {"verb": "noted", "on": "2022-06-15"})))
    async with shown(teller) as conn:
        again = await read(conn)
    assert (annulled.outcome, annulled.acted_on) == (None, date(2022, 1, 1))
    assert again.outcome is not None
    assert again.outcome.verb == "noted"


async def test_a_struck_decision_leaves_the_lists_and_keeps_its_address(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    struck = teller.tell(D, f.DecisionStruck(because="duplicate", grounds=teller.text("dubbel"), see=stream("other")))
    async with shown(teller) as conn:
        found = await read(conn)
        listed = await query.decisions(conn, Filter(), TODAY)
        before = await query.decisions(conn, Filter(), At(TODAY.valid_on, teller.known(D, 1)))
    assert found.struck is not None
    assert (found.struck.because, found.struck.seq, str(found.struck.grounds)) == ("duplicate", struck, "dubbel")
    assert (listed.total, before.total) == (0, 1)


async def test_a_decision_holds_from_its_earliest_dated_fact_and_not_before(teller: Teller) -> None:
    teller.tell(D, proposed(teller))
    async with shown(teller) as conn:
        assert (await read(conn)).valid_from == date(2026, 11, 1)
    teller.tell(D, f.OutcomeRecorded(verb="adopted", on="2022-06-15"), position("gm1", "joins", day="2021-02"))
    async with shown(teller) as conn:
        assert (await read(conn)).valid_from == date(2021, 2, 28)
        assert (await read(conn, on("2021-02-28"))).outcome is None
        assert await query.decision(conn, D, on("2021-02-27")) is None
        assert await query.decision(conn, stream("nothing"), TODAY) is None


def titles(page: Page[Summary]) -> list[str]:
    return [str(each.title) for each in page.items]


async def test_a_list_is_narrowed_by_everything_that_it_can_be_asked_by(teller: Teller) -> None:
    a, b, c = stream("a"), stream("b"), stream("c")
    teller.tell(a, proposed(teller, "Meerjarenbegroting", number="VD-43", on="2022-03-25"), position("gm1", "departs"))
    teller.tell(a, s.PositionWithdrawn(position=2, on="2022-05-01"))
    teller.tell(b, proposed(teller, "Woondeal", class_="political-administrative", on="2023-01-01"))
    teller.tell(b, f.OutcomeRecorded(verb="signed", on="2023-03-15"), position("gm1", "joins"))
    teller.tell(
        c,
        proposed(
            teller,
            "Motie",
            decided_by=f.DecidedBy(body="gm2-raad"),
            on="2021-06-16",
            question=teller.text("Over woningen?"),
        ),
    )
    votes = f.VotesRecorded(ballot=1, votes=(f.Vote(voter="g1", choice="for"),))
    teller.tell(c, f.VoteHeld(ballot=1, how="hands", unit="group", names="all", on="2021-06-16"), votes)
    async with shown(teller) as conn:

        async def asked(at: At = TODAY, **where: object) -> list[str]:
            return titles(await query.decisions(conn, Filter(**where), at))  # type: ignore[arg-type]  # fields of the filter

        assert await asked() == ["Woondeal", "Meerjarenbegroting", "Motie"]
        assert await asked(body="gm2-raad") == ["Motie"]
        assert await asked(outcome="signed") == ["Woondeal"]
        assert await asked(on("2023-03-14"), outcome="signed") == []
        assert await asked(subject_class="political-administrative") == ["Woondeal"]
        assert await asked(from_=date(2022, 3, 25), to=date(2022, 12, 31)) == ["Meerjarenbegroting"]
        assert await asked(member="g1") == ["Motie"]
        assert await asked(member="gm1") == ["Woondeal", "Meerjarenbegroting"]
        assert await asked(stance="departs") == []
        assert await asked(on("2022-04-30"), stance="departs") == ["Meerjarenbegroting"]
        assert await asked(stance="joins", member="gm1") == ["Woondeal"]
        assert await asked(stance="joins", member="gm2") == []
        assert await asked(q="woning") == ["Motie"]
        assert await asked(q="meerjarenbegr") == ["Meerjarenbegroting"]
        assert await asked(q="vd-43") == ["Meerjarenbegroting"]
        assert await asked(q="'; DROP TABLE :* & | (") == []
        assert await asked(q="de het") == []


async def test_a_list_comes_in_pages_in_the_order_that_is_asked_for(teller: Teller) -> None:
    for n in range(1, 6):
        teller.tell(stream(f"d{n}"), proposed(teller, f"Besluit {n}", number=f"B{n}", on=f"2022-01-0{6 - n}"))
    async with shown(teller) as conn:
        pages = [await query.decisions(conn, Filter(), TODAY, page=page, page_size=2) for page in (1, 2, 3, 4)]
        by_number = await query.decisions(conn, Filter(), TODAY, sort="-number")
        oldest = await query.decisions(conn, Filter(), TODAY, sort="actedOn", page_size=1)
    assert [titles(page) for page in pages] == [
        ["Besluit 1", "Besluit 2"],
        ["Besluit 3", "Besluit 4"],
        ["Besluit 5"],
        [],
    ]
    assert {page.total for page in pages} == {5}
    assert titles(by_number) == ["Besluit 5", "Besluit 4", "Besluit 3", "Besluit 2", "Besluit 1"]
    assert titles(oldest) == ["Besluit 5"]


async def test_a_struck_meeting_leaves_every_list_and_what_was_known_before_stays_known_then(teller: Teller) -> None:
    meeting = stream("a meeting that was none")
    teller.tell(meeting, m.MeetingPlanned(body="mra-av", planned_on="2022-09-16", title=teller.text("Oefenavond")))
    teller.tell(meeting, m.AgendaItemPlaced(item="1", title=teller.text("Proef")))
    teller.tell(meeting, m.MeetingStruck(because="exercise", grounds=teller.text("Geen vergadering")))
    before = At(TODAY.valid_on, teller.known(meeting, 2))
    async with shown(teller) as conn:
        assert await query.meeting(conn, meeting, TODAY) is None
        assert (await query.meetings(conn, TODAY)).total == 0
        assert await query.bodies_that_meet(conn, TODAY) == ()
        assert (await search.search(conn, search.Where(q="Oefenavond"), TODAY)).total == 0
        gone = await query.struck_meeting(conn, meeting, TODAY)
        steps = await history.events(conn, meeting, TODAY)
        assert await query.struck_meeting(conn, meeting, before) is None
        then = await query.meeting(conn, meeting, before)
    assert gone is not None
    assert (gone.because, str(gone.grounds)) == ("exercise", "Geen vergadering")
    assert [each.event.type for each in steps] == ["meeting.planned", "agenda-item.placed", "meeting.struck"]
    assert then is not None
    assert [str(each.title) for each in then.items] == ["Proef"]
