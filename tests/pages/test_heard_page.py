"""Views, advice and undertakings on the page of a decision, in every state in which they can be: each has its words."""

from __future__ import annotations

# ruff: noqa: ANN401  # a sample takes whatever fields a test is about
from collections.abc import Mapping
from typing import Any, get_args

import pytest

from api.pages import heard
from projections.decisions.consultation import row as r
from projections.decisions.consultation.beside import OwnDecision, View
from projections.decisions.consultation.inviting import Asked, Became, Invitation, OfLayer
from projections.decisions.consultation.promised import Advice, Undertaking
from projections.decisions.consultation.viewing import Consultation, Difference, Figures, Note, ViewPoint
from projections.decisions.row import PartText
from projections.row import Voice
from register.decisions.facts import PartVersion
from tests.pages import samples
from tests.pages.samples import ID, frame, loaded, row, step, text
from tests.pages.test_decision_page import told, words

OWN = Voice(as_="own", layer="council", members=("gm1",))


def asked(became: Became, position: int | None = 3) -> Consultation:
    """Two councils asked, of one of which this became."""
    said = r.Invited(**row(3), parties=("gm1", "gm2"), until="2021-07-12")
    parties = (Asked(party="gm1", asked_as="council", became=became, position=position),)
    layer = OfLayer(asked_as="council", n=1, heard=0, became={became: 1})
    invitation = Invitation(
        id=f"{ID}.3", decision=ID, decision_title=text("x"), invited=said, ended=True, parties=parties, layers=(layer,)
    )
    return Consultation(figures=Figures(views=0, n=0, answered=0, by_outcome={}), invitations=(invitation,))


def view(voice: Voice = OWN, **more: Any) -> View:
    """One view, by default with two points of which one was answered."""
    done = r.ViewAnswer(
        **row(5),
        view=4,
        outcome="adopted",
        item=1,
        reason=text("Terecht."),
        by_body="av",
        landed=PartVersion(part="p1", n=1),
    )
    points = (ViewPoint(item=1, gist=text("Meer groen"), answers=(done,)), ViewPoint(item=2, gist=text("Minder tol")))
    made: dict[str, Any] = {"items": points, "state": "partly-answered", "counted": voice.counted()}
    received = r.Received(**row(4), voice=voice, text=text("Spaar het groen."), kind="view")
    return View(id=f"{ID}.4", decision=ID, decision_title=text("x"), received=received, **{**made, **more})


def of_views(*views: View, **more: Any) -> heard.Loaded:
    figures = Figures(views=len(views), n=2, answered=1, by_outcome={"adopted": 1})
    return heard.Loaded(consultation=Consultation(figures=figures, **more), views=views)


def section(found: heard.Loaded, name: str) -> str:
    return words(told(loaded(heard=found)), f"section[aria-labelledby={name}]")


def test_what_became_of_who_was_asked_has_a_word_of_its_own_each() -> None:
    said = {each: section(heard.Loaded(consultation=asked(each)), "zienswijzen") for each in get_args(Became)}
    assert len(set(said.values())) == len(said)
    assert "Termijn: tot en met 12 juli 2021." in said["open"]
    assert "Raden en Staten 0 van 1 gehoord Te laat ontvangen (1): Aan de Dijk" in said["late"]


def test_a_silence_that_nobody_recorded_is_told_apart() -> None:
    recorded, derived = [section(heard.Loaded(consultation=asked("missed", at)), "zienswijzen") for at in (3, None)]
    assert "Niet ontvangen; de termijn is voorbij (1): Aan de Dijk" in recorded
    assert "Niets vastgelegd; de termijn is voorbij (1): Aan de Dijk" in derived


def test_each_point_stands_with_its_answer_and_where_it_landed() -> None:
    said = section(of_views(view()), "zienswijzen")
    assert "1 zienswijze. 2 punten, waarvan 1 met een antwoord. Overgenomen 1." in said
    assert "1. Meer groen overgenomen Vergadering Terecht." in said
    assert "Voorzitter" in said
    assert "2. Minder tol nog geen antwoord vastgelegd niet vermeld" in said


def test_a_joint_view_is_one_and_one_without_names_counts_for_nobody() -> None:
    joint = Voice(as_="joint", layer="executive", members=("gm1", "gm2"), subregion="west")
    assert "Eén zienswijze, van 2 leden samen." in section(of_views(view(joint)), "zienswijzen")
    nameless = Voice(as_="joint", layer="executive", subregion="west")
    assert "De bron noemt geen leden" in section(of_views(view(nameless)), "zienswijzen")
    namens = Voice(as_="namens", subregion="west")
    assert "Gesproken namens anderen; het telt voor niemand" in section(of_views(view(namens)), "zienswijzen")


def test_a_view_without_an_answer_says_so() -> None:
    said = section(of_views(view(items=(), state="open")), "zienswijzen")
    assert "Wat is ermee gedaan? nog geen antwoord vastgelegd" in said


def test_what_the_council_decided_about_its_view_stands_beside_it() -> None:
    versions = tuple(PartText(**row(n), part="brief", n=n, title=text(f"Brief {n}")) for n in (1, 2))
    own = OwnDecision(
        decision=ID, title=text("Over de brief"), position=90, body="gm1-raad", outcome="agreed",
        versions=versions, ballots=(samples.ballot(),),
    )  # fmt: skip
    said = section(of_views(view(decided=(own,))), "zienswijzen")
    assert "Eigen besluit over deze zienswijze: Over de brief , gm1-raad: ingestemd" in said
    assert "Brief 1 , versie 1" in said
    assert "Brief 2 , versie 2" in said
    assert "verdeeld: Groep Twee" in said
    assert "wie niet genoemd is: voor" in said


def test_the_totals_of_a_note_stand_beside_what_is_counted_here() -> None:
    letters = Difference(of="letters", stated=23, counted=1)
    note = Note(note=r.ReplyNote(**row(8), by_body="av", letters=23), letters=1, items=2, differences=(letters,))
    said = section(of_views(view(), reply_notes=(note,)), "zienswijzen")
    assert "Nota van Beantwoording · Vergadering De nota telt 23 brieven." in said
    assert "Verschil Brieven: volgens de nota 23, in het register 1." in said


def promise(**more: Any) -> Undertaking:
    voice = Voice(as_="own", layer="executive", members=("gm1",))
    given = r.Promise(**row(6), text=text("Wij komen erop terug."), voice=voice, to="av", due="2022", number="2499")
    made: dict[str, Any] = {"status": "open", **more}
    return Undertaking(id=f"{ID}.6", decision=ID, decision_title=text("x"), given=given, **made)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "Open · termijn: 2022"),
        ({"overdue": True}, "Open en over de termijn · termijn: 2022"),
        ({"status": "closed", "closing": r.Closing(**row(7), undertaking=6, how="lapsed")}, "Afgedaan: vervallen"),
        ({"status": "closed", "closing": r.Closing(**row(7), undertaking=6)}, "Afgedaan: hoe, is niet vermeld"),
    ],
)
def test_an_undertaking_says_in_words_how_it_stands(more: Mapping[str, Any], says: str) -> None:
    said = section(heard.Loaded(undertakings=(promise(**more),)), "toezeggingen")
    assert says in said
    assert "Toezegging 2499 · Aan de Dijk · dagelijks bestuur van het lid · aan Vergadering" in said


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("waiting", "Nog niet gegeven."),
        ("overdue", "Niet gegeven; de termijn is voorbij."),
        ("given", "Nog geen antwoord vastgelegd."),
    ],
)
def test_advice_says_what_is_waited_for(state: Any, says: str) -> None:
    request = r.AdviceRequest(**row(2), body="av", question=text("Past het?"), until="2022-03-14")
    given = r.AdviceText(**row(3), voice=OWN, text=text("Ja."), request=2) if state == "given" else None
    advice = Advice(
        id=f"{ID}.2", decision=ID, decision_title=text("x"), asked=True, state=state, request=request, given=given
    )
    said = section(heard.Loaded(advice=(advice,)), "advies")
    assert says in said
    assert "Advies, gevraagd aan Vergadering, uiterlijk 14 maart 2022" in said
    assert "Gevraagd is: Past het?" in said


def test_unasked_advice_is_answered_by_a_body_with_a_reason() -> None:
    answer = r.AdviceAnswer(**row(4), advice=3, outcome="noted", by_body="av", reason_missing="not-given")
    given = r.AdviceText(**row(3), voice=OWN, text=text("Wacht."))
    advice = Advice(
        id=f"{ID}.3",
        decision=ID,
        decision_title=text("x"),
        asked=False,
        state="answered",
        given=given,
        answers=(answer,),
    )
    said = section(heard.Loaded(advice=(advice,)), "advies")
    assert "Advies, ongevraagd · Aan de Dijk" in said
    assert "ter kennisgeving Vergadering Geen reden gegeven." in said


def test_nobody_heard_and_nothing_promised_gives_no_section() -> None:
    read = told()
    for name in ("zienswijzen", "advies", "toezeggingen"):
        assert not read.query(f"section[aria-labelledby={name}]")


@pytest.mark.parametrize(
    ("type_", "data", "says"),
    [
        ("views.invited", {"parties": ["gm1", "gm2"]}, "Aantal partijen dat om een zienswijze is gevraagd: 2."),
        ("view.received", {"voice": {"as": "own", "members": ["gm1"]}}, "Zienswijze ontvangen: Aan de Dijk."),
        ("view.declined", {"party": "gm2"}, "Liet weten geen zienswijze te geven: Bovenveen."),
        ("view.missed", {"party": "gm2", "invitation": 3}, "binnen de termijn van stap 3: Bovenveen."),
        ("view.answered", {"view": 4, "outcome": "noted"}, "Antwoord op de zienswijze van stap 4: ter kennisgeving."),
        ("advice.requested", {"body": "av"}, "Advies gevraagd: Vergadering."),
        ("advice.answered", {"advice": 5, "by": "av", "outcome": "adopted"}, "Advies van stap 5 beantwoord door Vergadering: overgenomen."),
        ("poll.held", {"among": "av"}, "Peiling gehouden: Vergadering."),
        ("undertaking.closed", {"undertaking": 6}, "Toezegging van stap 6 afgedaan."),
    ],
)  # fmt: skip
def test_the_timeline_tells_each_of_them_in_a_sentence(type_: str, data: dict[str, Any], says: str) -> None:
    read = told(loaded(steps=(step(1, type_, data),)), frame())
    assert says in words(read, "section[aria-labelledby=tijdlijn]")
