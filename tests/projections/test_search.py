"""Search: words are found in texts and names, the best first, at both clocks; what is withheld or struck is not."""

from __future__ import annotations

# ruff: noqa: RUF001  # the quotation marks of a text are meant as they are
from datetime import timedelta
from pathlib import Path

import pytest

from projections.at import At
from projections.models import every
from projections.reading import Connection
from projections.search.matching import START, STOP, snippet, stems
from projections.search.query import Where, search
from projections.search.row import Hit
from register.charter.facts import DisclosureWithdrawn, WithdrawnText
from register.decisions import consultation as c
from register.decisions import facts as f
from register.decisions import standing as s
from register.governance import facts as g
from register.meetings import facts as m
from register.values import Voice
from tests.projections.deciding import D, corrected, instead, on, part, position, proposed
from tests.projections.telling import GOVERNANCE, REGISTER, TODAY, Teller, shown, stream, text

M = stream("a meeting")


async def found(conn: Connection, q: str, at: At = TODAY, **narrowed: str) -> list[tuple[str, str]]:
    """What is found, as kind and snippet with its marks in brackets."""
    page = await search(conn, Where(q=q, **narrowed), at)  # type: ignore[arg-type]  # places are written out in the tests
    assert page.total == len(page.items)
    return [(hit.what, marked(hit)) for hit in page.items]


def marked(hit: Hit) -> str:
    return "".join(f"[{piece.text}]" if piece.mark else piece.text for piece in hit.snippet)


def admitted(code: str, name: str, begins: str = "2017-01-01") -> g.MemberAdmitted:
    return g.MemberAdmitted(member=code, name=name, kind="municipality", from_=begins)


async def test_every_kind_of_text_is_found_on_its_card(teller: Teller) -> None:
    teller.tell(
        D,
        proposed(teller, "Polderbestuur", question=teller.text("Welke polder?"), on="2020-01-01"),
        f.PartAdded(part="p1", n=1, title=teller.text("De eerste polder"), text=teller.text("Polders blijven polders")),
        f.JustificationGiven(text=teller.text("Omdat de polder laag ligt"), on="2020-02-01"),
        position("gm1", "departs", day="2020-03-01", reason=teller.text("De polder is van ons")),
        s.PositionExplained(position=4, reason=teller.text("Een tweede reden over polders"), on="2020-04-01"),
    )
    teller.tell(
        M,
        m.MeetingPlanned(body="mra-av", planned_on="2020-05-01"),
        m.AgendaItemPlaced(item="1", title=teller.text("De polder")),
    )
    async with shown(teller) as conn:
        hits = (await search(conn, Where(q="polders"), TODAY)).items
        assert {(hit.what, hit.of) for hit in hits} == {
            ("title", 1), ("question", 1), ("part-title", 2), ("part", 2), ("justification", 3), ("reason", 4), ("agenda-item", 2),
        }  # fmt: skip
        (agenda,) = (hit for hit in hits if hit.place == "meeting")
        assert (agenda.id, agenda.meeting_on, agenda.code) == (M, "2020-05-01", "mra-av")
        (reason,) = (hit for hit in hits if "van ons" in marked(hit))
        assert (reason.id, str(reason.title), marked(reason)) == (D, "Polderbestuur", "De [polder] is van ons")


async def test_what_others_said_and_what_was_promised_is_found_on_its_card(teller: Teller) -> None:
    voice = Voice(as_="own", layer="council", members=("gm1",))
    point = c.ViewItem(item=1, gist=teller.text("Polder open"))
    teller.tell(
        D,
        proposed(teller, "Kustplan", on="2020-01-01"),
        c.ViewReceived(voice=voice, text=teller.text("Spaar de polder"), kind="view", items=(point,), on="2020-02-01"),
        c.ViewAnswered(view=2, item=1, outcome="adopted", reason=teller.text("De polder blijft"), on="2020-03-01"),
        c.AdviceGiven(voice=voice, text=teller.text("Vraag de polder"), on="2020-02-01"),
        c.AdviceAnswered(
            advice=4, outcome="noted", by="mra-av", reason=teller.text("Polders gehoord"), on="2020-03-01"
        ),
        c.PollHeld(question=teller.text("Welke polder eerst?"), among="gm1", on="2020-02-01"),
        c.ResolutionGiven(voice=voice, text=teller.text("Polders eerst"), on="2020-02-01"),
        c.UndertakingGiven(voice=voice, text=teller.text("Een polderplan voor de polder"), on="2020-02-01"),
        c.UndertakingClosed(undertaking=8, note=teller.text("De polder is beplant"), on="2020-03-01"),
    )
    async with shown(teller) as conn:
        hits = (await search(conn, Where(q="polder"), TODAY)).items
        mine = (await search(conn, Where(q="polder", member="gm1"), TODAY)).items
    assert {(hit.what, hit.of) for hit in hits} == {
        ("view", 2), ("view-point", 2), ("view-answer", 2), ("advice", 4), ("advice-answer", 4), ("poll", 6),
        ("resolution", 7), ("undertaking", 8),
    }  # fmt: skip
    assert {hit.what for hit in mine} == {"view", "view-point", "advice", "poll", "resolution", "undertaking"}


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("2024-2028", "MRA Agenda [2024]-[2028]"),
        ("2028", "MRA Agenda 2024-[2028]"),
        ("agenda 2024", "MRA [Agenda] [2024]-2028"),
        ("agen", "MRA [Agenda] 2024-2028"),
    ],
)
async def test_years_and_beginnings_of_words_are_found(teller: Teller, q: str, words: str) -> None:
    teller.tell(D, proposed(teller, "MRA Agenda 2024-2028"))
    async with shown(teller) as conn:
        assert await found(conn, q) == [("title", words)]


@pytest.mark.parametrize("q", ["coördinatie", "coordinatie", "COÖRDINATIE", "‘coördinatie’"])
async def test_accents_and_quotation_marks_do_not_matter(teller: Teller, q: str) -> None:
    teller.tell(D, proposed(teller, "Over ‘coördinatie’ en crème"))
    async with shown(teller) as conn:
        assert await found(conn, q) == [("title", "Over ‘[coördinatie]’ en crème")]
        assert await found(conn, "creme") == [("title", "Over ‘coördinatie’ en [crème]")]


async def test_a_member_is_found_first_by_its_name_its_code_and_a_former_name(teller: Teller) -> None:
    teller.tell(D, proposed(teller, "Amsterdam Amsterdam Amsterdam", on="2010"))
    teller.tell(
        GOVERNANCE,
        g.BodyEstablished(
            code="gm0363-raad", name="Raad van Amsterdam", kind="council", force="binding", from_="2017-01-01",
            seats="not-recorded", of="gm0363", layer="council",
        ),
        admitted("gm0363", "Amsterdam"),
        admitted("gm0439", "Gemeente Purmerend"),
        g.MemberRenamed(member="gm0439", name="Purmerend", from_="2022-01-01"),
    )  # fmt: skip
    async with shown(teller) as conn:
        hits = (await search(conn, Where(q="amsterdam"), TODAY)).items
        assert [(hit.place, hit.code) for hit in hits] == [
            ("member", "gm0363"), ("body", "gm0363-raad"), ("decision", None),
        ]  # fmt: skip
        assert [hit.code for hit in (await search(conn, Where(q="gm0439"), TODAY)).items] == ["gm0439", "gm0439"]
        assert {hit.name for hit in (await search(conn, Where(q="gemeente purmerend"), TODAY)).items} == {"Purmerend"}
        assert await found(conn, "amsterdam", on("2016-12-31")) == [("title", "[Amsterdam] [Amsterdam] [Amsterdam]")]


async def test_it_can_be_narrowed_and_turned(teller: Teller) -> None:
    teller.tell(
        D, proposed(teller, "Haven", on="2020-01-01"), position("gm1", "departs", reason=text("De haven is vol"))
    )
    teller.tell(stream("another"), proposed(teller, "Haven elders", decided_by=f.DecidedBy(body="pv27-ps")))
    async with shown(teller) as conn:
        assert await found(conn, "haven", member="gm1") == [("reason", "De [haven] is vol")]
        assert await found(conn, "haven", body="pv27-ps") == [("title", "[Haven] elders")]
        assert len(await found(conn, "haven", place="decision")) == 3
        assert await found(conn, "haven", place="meeting") == []
        second = await search(conn, Where(q="haven"), TODAY, page=2, page_size=2)
        assert (second.total, len(second.items)) == (3, 1)
        assert await found(conn, "de") == []
        assert await found(conn, "'\"&|!:*") == []


async def test_it_keeps_both_clocks(teller: Teller) -> None:
    teller.tell(D, proposed(teller, "Begroting", on="2022-01-01"), part(teller, "p1"))
    teller.tell(
        D, f.JustificationGiven(text=teller.text("Er is geld genoeg"), on="2022-03-01"), after=timedelta(days=2)
    )
    said = {
        "text": {"_sd": list(text("Er is te weinig over").sd), "lang": "nl", "words": "summary"},
        "on": "2022-03-01",
    }
    teller.tell(D, corrected(teller, 3, instead("justification.given", said)), after=timedelta(days=2))
    teller.tell(stream("openings"), f.JustificationGiven(text=teller.text("Er is te weinig over")))
    async with shown(teller) as conn:
        before = At(TODAY.valid_on, teller.known(D, 3))
        assert await found(conn, "geld", before) == [("justification", "Er is [geld] genoeg")]
        assert await found(conn, "geld") == []
        assert await found(conn, "weinig") == [("justification", "Er is te [weinig] over")]
        assert await found(conn, "geld", At(TODAY.valid_on, teller.known(D, 2))) == []
        assert await found(conn, "begroting", on("2021-12-31")) == []
        assert await found(conn, "weinig", on("2022-02-28")) == []


async def test_what_is_withheld_is_found_at_no_known_time_and_by_what_took_its_place_only(teller: Teller) -> None:
    teller.tell(D, proposed(teller, "Begroting van Jansen"))
    known = teller.known(D, 1)
    of = WithdrawnText(id=D, seq=1, field="title")
    withdrawn = DisclosureWithdrawn(
        of=of, ground="avg-17", authority="mra", on="2026-11-01", instead=teller.text("Begroting van wethouder")
    )
    teller.tell(str(REGISTER), withdrawn)
    async with shown(teller) as conn:
        for at in (TODAY, At(TODAY.valid_on, known)):
            assert await found(conn, "jansen", at) == []
            assert await found(conn, "wethouder", at) == [("title", "Begroting van [wethouder]")]


async def test_a_text_of_which_one_opening_was_withdrawn_is_not_found_by_the_other(teller: Teller) -> None:
    teller.tell(D, proposed(teller, "Begroting van Jansen", question=teller.text("Begroting van Jansen")))
    of = WithdrawnText(id=D, seq=1, field="title")
    teller.tell(str(REGISTER), DisclosureWithdrawn(of=of, ground="avg-17", authority="mra", on="2026-11-01"))
    async with shown(teller) as conn:
        assert await found(conn, "jansen") == []


async def test_a_struck_decision_is_not_found(teller: Teller) -> None:
    teller.tell(D, proposed(teller, "Begroting"))
    struck = f.DecisionStruck(because="exercise", grounds=teller.text("Oefening"))
    teller.tell(D, struck)
    async with shown(teller) as conn:
        assert await found(conn, "begroting", At(TODAY.valid_on, teller.known(D, 1))) == [("title", "[Begroting]")]
        assert await found(conn, "begroting") == []


async def test_who_holds_a_mandate_is_never_found(teller: Teller) -> None:
    granted = g.MandateGranted(
        mandate=stream("mandate"), role="clerk", for_="mra", from_="2020-01-01", holder=teller.text("Janneke Jansen")
    )
    teller.tell(GOVERNANCE, granted)
    async with shown(teller) as conn:
        assert await found(conn, "jansen") == []


def test_a_snippet_shows_the_words_around_its_first_mark() -> None:
    long = "woord " * 100
    pieces = snippet(f"{long}haven {long}", f"{long}{START}haven{STOP} {long}")
    assert [piece.text for piece in pieces if piece.mark] == ["haven"]
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert 200 < sum(len(piece.text) for piece in pieces) < 300


def test_a_text_whose_folded_form_does_not_fit_is_shown_without_marks() -> None:
    assert [piece.text for piece in snippet("abc", f"{START}ab{STOP}")] == ["abc"]


def test_there_is_an_index_on_what_is_compared() -> None:
    schema = Path("projections/texts/schema.sql").read_text("utf-8")
    assert "USING gin (" + stems("coalesce(text, '')") + ")" in schema
    assert "search" in {model.name for model in every()}
