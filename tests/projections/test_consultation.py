"""How others were heard and what was promised, as it is answered."""

from __future__ import annotations

from collections.abc import Mapping

from projections.at import At
from projections.book import text as in_row
from projections.decisions import query as decisions
from projections.decisions.consultation import query
from projections.decisions.consultation.inviting import Became, Invitation
from projections.decisions.consultation.viewing import Consultation
from projections.decisions.row import Filter
from projections.reading import Connection
from register.decisions import consultation as c
from register.decisions import facts as f
from register.governance import facts as g
from register.values import Layer, Voice
from tests.projections.deciding import D, corrected, instead, on, part, proposed, tell_members
from tests.projections.telling import GOVERNANCE, TODAY, Teller, shown, stream, text

LETTER = stream("the letter of a council")
TITLE = in_row(text("Begroting"))
COUNCILS = ("gm1-raad", "gm2-raad", "gm3-raad")


def tell_region(teller: Teller) -> None:
    """Three members, each with a council and an executive."""
    tell_members(teller, "gm1", "gm2", "gm3")
    layers: tuple[tuple[str, Layer], ...] = (("raad", "council"), ("college", "executive"))
    for member in ("gm1", "gm2", "gm3"):
        teller.tell(
            GOVERNANCE,
            *(
                g.BodyEstablished(
                    code=f"{member}-{code}", name=code, kind=("council" if layer == "council" else "executive"), force="binding", seats="not-recorded", of=member,
                    layer="council" if layer == "council" else "executive", from_="2017",
                )
                for code, layer in layers
            ),
        )  # fmt: skip


def invited(*parties: str, until: str | None = "2021-07-12") -> c.ViewsInvited:
    return c.ViewsInvited(parties=parties, from_="2021-05-17", until=until, separately=True)


def view(*members: str, layer: Layer = "council", day: str | None = "2021-07-01", **said: object) -> c.ViewReceived:
    voice = Voice(as_="own" if len(members) == 1 else "joint", layer=layer, members=members)
    fields: dict[str, object] = {"voice": voice, "text": text("meer groen"), "kind": "view", "on": day} | said
    return c.ViewReceived(**fields)  # type: ignore[arg-type]  # fields of the fact


async def heard(conn: Connection, at: At = TODAY) -> Consultation:
    found = await decisions.decision(conn, D, at)
    assert found is not None
    assert found.consultation is not None
    return found.consultation


async def became(conn: Connection, at: At = TODAY) -> dict[str, Became]:
    (invitation,) = (await heard(conn, at)).invitations
    return {each.party: each.became for each in invitation.parties}


def sums(invitation: Invitation) -> dict[str, tuple[int, int]]:
    return {each.asked_as: (each.heard, each.n) for each in invitation.layers}


async def test_each_party_that_was_asked_has_a_word_of_its_own(teller: Teller) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller, on="2021-05-01"), invited(*COUNCILS, "gm1-college", "gm2-college"))
    teller.tell(D, view("gm1"), view("gm2", day="2021-07-20"))
    teller.tell(D, c.ViewDeclined(party="gm1-college", on="2021-06-15", reason=text("geen bezwaar")))
    async with shown(teller) as conn:
        asked, declined, late, ended = [
            await became(conn, on(day)) for day in ("2021-06-01", "2021-06-15", "2021-07-20", "2021-07-13")
        ]
        (invitation,) = (await heard(conn)).invitations
    assert set(asked.values()) == {"open"}
    assert declined["gm1-college"] == "declined"
    assert ended == {
        "gm1-raad": "in-time", "gm2-raad": "missed", "gm3-raad": "missed", "gm1-college": "declined", "gm2-college": "missed",
    }  # fmt: skip
    assert late["gm2-raad"] == "late"
    assert sums(invitation) == {"council": (2, 3), "executive": (0, 2)}
    assert [str(each.reason) for each in invitation.parties if each.became == "declined"] == ["geen bezwaar"]
    assert [each.position for each in invitation.parties if each.became == "missed"] == [None, None]


async def test_a_joint_view_of_executives_does_not_answer_for_councils_that_were_asked_separately(
    teller: Teller,
) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller, on="2020-05-01"), invited(*COUNCILS, until=None))
    teller.tell(D, view("gm1", "gm2", "gm3", layer="executive"))
    async with shown(teller) as conn:
        (invitation,) = (await heard(conn)).invitations
        (one,) = await query.views(conn, D, TITLE, TODAY)
    assert sums(invitation) == {"council": (0, 3)}
    assert {each.became for each in invitation.parties} == {"not-recorded"}
    assert (one.counted, one.answers_for) == (("gm1", "gm2", "gm3"), ())


async def test_a_view_for_a_subregion_without_names_is_one_view_and_answers_for_nobody(teller: Teller) -> None:
    tell_region(teller)
    voice = Voice(as_="joint", layer="executive", subregion="zaanstreek-waterland")
    teller.tell(D, proposed(teller), invited(*COUNCILS, until=None), view("gm1", voice=voice))
    async with shown(teller) as conn:
        (one,) = await query.views(conn, D, TITLE, TODAY)
    assert (one.counted, one.spoken_for, one.answers_for) == ((), (), ())


async def test_who_was_spoken_for_gave_no_view_of_its_own(teller: Teller) -> None:
    tell_region(teller)
    voice = Voice(as_="namens", layer="council", members=("gm1", "gm2"))
    teller.tell(D, proposed(teller), invited("gm1-raad", "gm2-raad"), view("gm1", voice=voice), view("gm2"))
    async with shown(teller) as conn:
        found = await became(conn)
    assert found == {"gm1-raad": "spoken-for", "gm2-raad": "in-time"}


async def test_whether_a_view_was_in_time_is_not_said_when_its_day_does_not_tell(teller: Teller) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller), invited("gm1-raad", "gm2-raad", "gm3-raad"))
    teller.tell(D, view("gm1", day="2021-07"), view("gm2", day=None), view("gm3", day="2021-08"))
    async with shown(teller) as conn:
        assert await became(conn) == {"gm1-raad": "received", "gm2-raad": "received", "gm3-raad": "late"}


async def test_each_invitation_counts_its_own_answers(teller: Teller) -> None:
    tell_region(teller)
    again = c.ViewsInvited(parties=("gm1-raad",), from_="2022-01-01", until="2022-03-01")
    teller.tell(D, proposed(teller), invited("gm1-raad"), again, view("gm1", day="2022-02-01"))
    async with shown(teller) as conn:
        found = [each.parties[0].became for each in (await heard(conn)).invitations]
    assert found == ["missed", "in-time"]


async def test_who_declines_a_second_time_had_still_missed_the_first(teller: Teller) -> None:
    tell_region(teller)
    again = c.ViewsInvited(parties=("gm1-raad", "gm2-raad"), from_="2022-01-01", until="2022-03-01")
    teller.tell(D, proposed(teller), invited("gm1-raad", "gm2-raad"), c.ViewDeclined(party="gm2-raad", on="2021-06-01"))
    teller.tell(D, again, *(c.ViewDeclined(party=each, on="2022-02-01") for each in ("gm1-raad", "gm2-raad")))
    async with shown(teller) as conn:
        found = [[each.became for each in one.parties] for one in (await heard(conn)).invitations]
    assert found == [["missed", "declined"], ["declined", "declined"]]


async def test_letters_that_came_without_a_name_leave_unknown_who_missed_the_term(teller: Teller) -> None:
    tell_region(teller)
    note = c.ReplyNotePublished(letters=23, items=212, on="2021-11-03")
    teller.tell(D, proposed(teller), invited(*COUNCILS), view("gm1"), note)
    async with shown(teller) as conn:
        before, after = await became(conn, on("2021-11-02")), await became(conn, on("2021-11-03"))
        (told,) = (await heard(conn)).reply_notes
    assert before == {"gm1-raad": "in-time", "gm2-raad": "missed", "gm3-raad": "missed"}
    assert after == {"gm1-raad": "in-time", "gm2-raad": "not-recorded", "gm3-raad": "not-recorded"}
    assert [(each.of, each.stated, each.counted) for each in told.differences] == [
        ("letters", 23, 1),
        ("items", 212, 0),
    ]


async def test_a_note_that_does_not_say_how_many_letters_came_leaves_it_unknown_too(teller: Teller) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller), invited("gm1-raad"), c.ReplyNotePublished(on="2021-11-03"))
    async with shown(teller) as conn:
        assert await became(conn) == {"gm1-raad": "not-recorded"}


async def test_a_note_of_which_every_letter_is_here_leaves_no_doubt(teller: Teller) -> None:
    tell_region(teller)
    note = c.ReplyNotePublished(letters=1, on="2021-11-03")
    teller.tell(D, proposed(teller), invited("gm1-raad", "gm2-raad"), view("gm1"), note)
    async with shown(teller) as conn:
        assert await became(conn) == {"gm1-raad": "in-time", "gm2-raad": "missed"}


async def test_a_recorded_silence_names_its_entry_and_a_derived_one_none(teller: Teller) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller, on="2021-05-01"), invited("gm1-raad", "gm2-raad"))
    seq = teller.tell(D, c.ViewMissed(party="gm1-raad", invitation=2))
    async with shown(teller) as conn:
        (invitation,) = (await heard(conn)).invitations
        early = await became(conn, on("2021-07-12"))
    assert [(each.became, each.position) for each in invitation.parties] == [
        ("missed", teller.position(D, seq)),
        ("missed", None),
    ]
    assert set(early.values()) == {"open"}


async def test_each_point_has_its_answers_and_where_it_landed(teller: Teller) -> None:
    points = tuple(c.ViewItem(item=n, gist=text(gist)) for n, gist in ((1, "meer groen"), (2, "meer wonen")))
    landed = f.PartVersion(part="p1", n=1)
    teller.tell(D, proposed(teller), part(teller, "p1"), view("gm1", items=points))
    teller.tell(
        D,
        c.ViewAnswered(view=3, item=1, outcome="noted", reason=text("gelezen"), by="mra-db", on="2021-09-01"),
        c.ViewAnswered(view=3, item=1, outcome="adopted", reason=text("terecht"), by="mra-av", landed=landed, on="2021-10-01"),
        c.ViewAnswered(view=3, item=7, gist=text("geen tol"), outcome="not-adopted", reason_missing="not-given", on="2021-10-01"),
    )  # fmt: skip
    async with shown(teller) as conn:
        (one,) = await query.views(conn, D, TITLE, TODAY)
        (early,) = await query.views(conn, D, TITLE, on("2021-08-01"))
        figures = (await heard(conn)).figures
    assert [(each.item, str(each.gist), [a.outcome for a in each.answers]) for each in one.items] == [
        (1, "meer groen", ["noted", "adopted"]),
        (2, "meer wonen", []),
        (7, "geen tol", ["not-adopted"]),
    ]
    assert one.items[0].answers[1].landed == landed
    assert (one.state, one.unanswered, early.state, early.unanswered) == ("partly-answered", 1, "open", 2)
    assert (figures.views, figures.n, figures.answered) == (1, 3, 2)
    assert dict(figures.by_outcome) == {"adopted": 1, "not-adopted": 1}


async def test_what_one_of_them_adds_stands_with_the_joint_view(teller: Teller) -> None:
    teller.tell(D, proposed(teller), view("gm1", "gm2"), view("gm1", adds_to=2))
    async with shown(teller) as conn:
        joint, own = await query.views(conn, D, TITLE, TODAY)
    assert (joint.additions, joint.counted, own.received.adds_to) == ((own.id,), ("gm1", "gm2"), 2)


async def test_what_a_council_decided_about_its_view_stands_beside_it_with_versions_and_inner_vote(
    teller: Teller,
) -> None:
    teller.tell(D, proposed(teller), view("gm1"))
    links = (f.Link(rel="answers", to=f"{D}.2"),)
    body = f.DecidedBy(body="gm1-raad")
    teller.tell(LETTER, proposed(teller, "Brief", decided_by=body, links=links), part(teller, "brief"))
    teller.tell(LETTER, f.PartAmended(part="brief", n=2, title=teller.text("Brief, gewijzigd"), on="2021-06-28"))
    teller.tell(
        LETTER,
        f.VoteHeld(ballot=1, how="hands", unit="group", names="some", on="2021-06-28"),
        f.VotesRecorded(ballot=1, votes=(f.Vote(voter="gm1-raad-g1", choice="divided"),)),
        f.OutcomeRecorded(verb="agreed", on="2021-06-28"),
    )
    other = stream("another decision about it")
    teller.tell(other, proposed(teller, "Anders", links=(f.Link(rel="about", to=f"{D}.2"),)))
    async with shown(teller) as conn:
        (one,) = await query.views(conn, D, TITLE, TODAY)
        (before,) = await query.views(conn, D, TITLE, on("2021-07-01"))
    (own,) = one.decided
    assert (own.decision, own.body, str(own.title), own.outcome) == (LETTER, "gm1-raad", "Brief", "agreed")
    assert [(each.n, str(each.title)) for each in own.versions] == [(1, "Onderdeel brief"), (2, "Brief, gewijzigd")]
    assert [(vote.voter, vote.choice) for each in own.ballots for vote in each.votes] == [("gm1-raad-g1", "divided")]
    assert before.decided == one.decided


async def test_a_struck_decision_stands_beside_no_view(teller: Teller) -> None:
    teller.tell(D, proposed(teller), view("gm1"))
    teller.tell(LETTER, proposed(teller, "Brief", links=(f.Link(rel="answers", to=f"{D}.2"),)))
    teller.tell(LETTER, f.DecisionStruck(because="duplicate", grounds=text("dubbel")))
    async with shown(teller) as conn:
        (one,) = await query.views(conn, D, TITLE, TODAY)
    assert one.decided == ()


async def test_advice_is_waited_for_given_and_answered(teller: Teller) -> None:
    borne = Voice(as_="joint", layer="council", members=("gm1", "gm2"), body="mra-raadtafel")
    asked = c.AdviceRequested(body="mra-raadtafel", until="2023-03-14", on="2023-02-01")
    teller.tell(D, proposed(teller), asked)
    teller.tell(D, c.AdviceGiven(voice=borne, text=text("een maand erbij"), request=2, on="2023-03-20"))
    teller.tell(D, c.AdviceGiven(voice=Voice(as_="own", body="mra-rac"), text=text("ongevraagd"), on="2023-04-01"))
    teller.tell(D, c.AdviceAnswered(advice=3, outcome="adopted", by="mra-db", reason=text("terecht"), on="2023-05-01"))
    async with shown(teller) as conn:
        days = ("2023-03-14", "2023-03-15", "2023-03-20", "2023-05-01")
        states = [[each.state for each in await query.advice(conn, D, TITLE, on(day))] for day in days]
        answered, unasked = await query.advice(conn, D, TITLE, TODAY)
    assert states == [["waiting"], ["overdue"], ["given"], ["answered", "given"]]
    assert (answered.asked, answered.borne_by, [each.by_body for each in answered.answers]) == (
        True,
        ("gm1", "gm2"),
        ["mra-db"],
    )
    assert (unasked.asked, unasked.request, unasked.borne_by) == (False, None, ("mra-rac",))


def promise(teller: Teller, **said: object) -> c.UndertakingGiven:
    voice = Voice(as_="own", layer="executive", members=("pv27",))
    fields: dict[str, object] = {"text": teller.text("een nieuwe weging"), "voice": voice, "to": "pv27-ps"} | said
    return c.UndertakingGiven(**fields)  # type: ignore[arg-type]  # fields of the fact


async def test_an_undertaking_is_open_until_it_is_closed_and_overdue_after_its_term(teller: Teller) -> None:
    given = promise(
        teller, number="2499", on="2022-06-20/2022-07-04", due="2023", condition=teller.text("als het doorgaat")
    )
    teller.tell(D, proposed(teller), given)
    teller.tell(D, c.UndertakingProgressed(undertaking=2, text=text("loopt"), on="2023-03-01"))
    teller.tell(D, c.UndertakingClosed(undertaking=2, how="fulfilled", on="2024-06-24"))
    async with shown(teller) as conn:
        days = ("2022-07-03", "2022-07-04", "2023-12-31", "2024-01-01", "2024-06-23", "2024-06-24")
        found = [(await query.undertakings(conn, on(day))).items for day in days]
        overdue = await query.undertakings(conn, on("2024-06-23"), status="overdue")
        closed = await query.undertakings(conn, TODAY, status="closed", body="pv27-ps", member="pv27")
        nobody = await query.undertakings(conn, TODAY, member="pv25")
    states = [[(each.status, each.overdue) for each in items] for items in found]
    assert states == [
        [],
        [("open", False)],
        [("open", False)],
        [("open", True)],
        [("open", True)],
        [("closed", False)],
    ]
    assert (overdue.total, closed.total, nobody.total) == (1, 1, 0)
    (one,) = closed.items
    assert (one.given.number, one.given.exact, str(one.given.condition)) == ("2499", False, "als het doorgaat")
    assert ([str(each.text) for each in one.progress], one.closing and one.closing.how) == (["loopt"], "fulfilled")


async def test_overdue_comes_first_and_closed_last(teller: Teller) -> None:
    plain = [
        promise(teller, number=number, due=due, on="2022-01-01")
        for number, due in (("1", None), ("2", "2022-02"), ("3", None))
    ]
    teller.tell(D, proposed(teller), *plain)
    teller.tell(D, c.UndertakingClosed(undertaking=2, on="2022-05-01"))
    async with shown(teller) as conn:
        found = await query.undertakings(conn, TODAY)
        second = await query.undertakings(conn, TODAY, page=2, page_size=2)
    assert [each.given.number for each in found.items] == ["2", "3", "1"]
    assert ([each.given.number for each in second.items], second.total) == (["1"], 3)


async def test_polls_and_resolutions_stand_with_the_decision_and_decide_nothing(teller: Teller) -> None:
    options = (f.Option(option=1, title=text("ja"), votes=20), f.Option(option=2, title=text("nee"), votes=11))
    spoken = Voice(as_="own", layer="council", body="mra-raadtafel")
    teller.tell(
        D,
        proposed(teller),
        c.PollHeld(question=text("Wat vindt u?"), among="mra-raadtafel", options=options, asked=40, answered=31, on="2022-01-01"),
        c.ResolutionGiven(voice=spoken, text=text("Meer tijd."), to=("mra-av",), on="2022-01-02"),
    )  # fmt: skip
    async with shown(teller) as conn:
        found = await heard(conn)
    (poll,), (resolution,) = found.polls, found.resolutions
    assert (poll.asked_n, poll.answered, [each.votes for each in poll.options]) == (40, 31, [20, 11])
    assert (str(resolution.text), resolution.to, found.figures.views) == ("Meer tijd.", ("mra-av",), 0)


async def test_a_corrected_view_is_told_as_it_should_have_been(teller: Teller) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller), invited("gm1-raad", "gm2-raad"), view("gm1"))
    said: Mapping[str, object] = {
        "voice": {"as": "own", "layer": "council", "members": ["gm2"]},
        "text": {"_sd": list(text("meer groen").sd), "lang": "nl", "words": "summary"},
        "kind": "view",
        "on": "2021-07-01",
    }
    teller.tell(D, corrected(teller, 3, instead("view.received", said)))
    async with shown(teller) as conn:
        found = await became(conn)
        earlier = await became(conn, At(TODAY.valid_on, teller.known(D, 3)))
    assert found == {"gm1-raad": "missed", "gm2-raad": "in-time"}
    assert earlier == {"gm1-raad": "in-time", "gm2-raad": "missed"}


async def test_a_council_sees_what_it_was_asked_what_it_said_and_what_was_said_for_it(teller: Teller) -> None:
    tell_region(teller)
    namens = Voice(as_="namens", layer="executive", members=("gm1",), backing="not-asked")
    teller.tell(D, proposed(teller), invited(*COUNCILS), view("gm1"), view("gm1", voice=namens), view("gm2"))
    teller.tell(D, promise(teller, to="gm1-raad", on="2022-01-01"), promise(teller, to="gm2-raad", on="2022-01-01"))
    async with shown(teller) as conn:
        found = await query.of_council(conn, "gm1", "gm1-raad", TODAY)
    assert ([each.id for each in found.asked], [each.id for each in found.said]) == ([f"{D}.2"], [f"{D}.3"])
    assert [(each.id, each.received.voice.backing) for each in found.said_for_it] == [(f"{D}.4", "not-asked")]
    assert [each.id for each in found.undertakings] == [f"{D}.6"]


async def test_what_was_asked_of_the_member_or_promised_to_it_is_not_its_councils(teller: Teller) -> None:
    tell_region(teller)
    teller.tell(D, proposed(teller), invited("gm1", "gm2-raad"), invited("gm1-raad"))
    teller.tell(D, promise(teller, to="gm1", on="2022-01-01"), promise(teller, to="gm1-raad", on="2022-01-01"))
    async with shown(teller) as conn:
        found = await query.of_council(conn, "gm1", "gm1-raad", TODAY)
        alone = await query.of_council(conn, "gm1", None, TODAY)
    assert ([each.id for each in found.asked], [each.id for each in found.undertakings]) == ([f"{D}.3"], [f"{D}.5"])
    assert ([each.id for each in alone.asked], [each.id for each in alone.undertakings]) == ([f"{D}.2"], [f"{D}.4"])


async def test_who_dissents_from_a_view_neither_gave_it_nor_was_spoken_for(teller: Teller) -> None:
    tell_region(teller)
    joint = Voice(as_="joint", layer="council", members=("gm1", "gm2"), dissent=("gm2",))
    namens = Voice(as_="namens", layer="council", members=("gm2", "gm3"), dissent=("gm2",))
    teller.tell(D, proposed(teller), invited(*COUNCILS), view("gm1", voice=joint), view("gm3", voice=namens))
    async with shown(teller) as conn:
        found = await became(conn)
        said = await query.views(conn, D, TITLE, TODAY)
    assert found == {"gm1-raad": "in-time", "gm2-raad": "missed", "gm3-raad": "spoken-for"}
    assert [(each.counted, each.spoken_for) for each in said] == [(("gm1",), ()), ((), ("gm3",))]


async def test_a_decision_is_found_by_whoever_was_asked_gave_a_view_or_was_promised_something(teller: Teller) -> None:
    teller.tell(D, proposed(teller), invited("gm9-raad"), view("gm1"), promise(teller, to="gm2-raad"))
    async with shown(teller) as conn:
        totals = {
            code: (await decisions.decisions(conn, Filter(member=code), TODAY)).total
            for code in ("gm9-raad", "gm1", "gm2-raad", "pv27", "gm3")
        }
    assert totals == {"gm9-raad": 1, "gm1": 1, "gm2-raad": 1, "pv27": 1, "gm3": 0}
