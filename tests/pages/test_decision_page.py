"""The page of a decision in every state in which a decision can be: each has its words, and no two states have the same."""

from __future__ import annotations

# ruff: noqa: ANN401  # a sample takes whatever fields a test is about
from datetime import date
from typing import Any

import msgspec
import pytest
from justhtml import JustHTML

from api.pages import decision as page_of
from api.pages.decision_standing import ended
from api.pages.frame import Frame
from api.pages.speech import rendered
from api.pages.telling import Teller
from projections.decisions.row import Attendance, Remark
from projections.decisions.rules import Weighing as Weighed
from projections.decisions.rules import Weight
from projections.governance.row import Body
from projections.row import Evidence, Voice
from projections.standpoints.row import Answer, Weighing
from register.decisions.facts import DecidedBy, PartVersion, Tally
from tests.pages import samples
from tests.pages.samples import decision, frame, loaded, position, row, standpoint, text


def told(found: Any = None, at: Frame | None = None) -> JustHTML:
    """The page as a reader gets it; it must be well formed."""
    around = at or frame()
    page = page_of.page(found or loaded(), around)
    html = rendered("decision.html", around.lang, {"frame": around, "page": page})
    read = JustHTML(html, sanitize=False, collect_errors=True)
    assert [str(error) for error in read.errors] == []
    return read


def words(read: JustHTML, selector: str = "main") -> str:
    """What stands there, with single spaces."""
    return " ".join(" ".join(node.to_text() for node in read.query(selector)).split())


@pytest.mark.parametrize(
    ("stance", "chip", "word"),
    [
        ("joins", "chip-joins", "sluit aan"),
        ("joins-with-reservation", "chip-reserves", "met voorbehoud"),
        ("departs", "chip-departs", "wijkt af"),
        ("does-not-take-part", "chip-apart", "doet niet mee"),
        ("undecided", "chip-undecided", "nog geen besluit"),
    ],
)
def test_every_stance_has_its_look_and_its_word(stance: str, chip: str, word: str) -> None:
    read = told(loaded(positions=(position(6, "gm1", stance, part="p1", n=1, reason=text("Daarom.")),)))
    assert words(read, f"#positie-6 .{chip}") == word
    assert "Aan de Dijk" in words(read, "#positie-6")
    assert "Daarom." in words(read, "#positie-6")


@pytest.mark.parametrize(
    ("on", "when"),
    [
        ("2022-07-04", "op 4 juli 2022"),
        ("2022-07", "in juli 2022"),
        ("2020-01-01/2021-12-31", "in 2020–2021"),  # noqa: RUF001  # the dash of a period
        ("2023-03-14/2023-05-17", "in de periode 14 maart – 17 mei 2023"),  # noqa: RUF001  # as above
        (None, "op een dag die niet vermeld is"),
    ],
)
def test_a_day_in_a_sentence_keeps_its_precision(on: str | None, when: str) -> None:
    assert Teller(frame(), {}).when(on) == when


def test_a_withdrawal_of_which_only_the_month_is_known_gets_no_day() -> None:
    withdrawn = msgspec.structs.replace(
        position(6, "gm1", "joins"), withdrawn_on=date(2020, 6, 30), withdrawn_by=9, overruled=True
    )
    tell = Teller(frame(), {})
    tell.days = {9: "2020-06"}
    assert ended(withdrawn, tell).ended == "Ingetrokken in juni 2020: de eigen raad of Staten beslisten anders."


def test_a_region_without_subregions_groups_nobody() -> None:
    read = told(loaded(subregions=()))
    assert words(read, "#posities") == "Posities van leden"
    assert "Alle leden" in words(read, "section[aria-labelledby=posities] tbody")
    assert "Deelregio" not in words(read, "section[aria-labelledby=posities]")


def test_who_says_nothing_is_not_recorded_and_never_joins() -> None:
    read = told()
    assert "Van geen van de 4 leden is een positie vastgelegd; dat is geen instemming." in words(read, ".answer")
    assert "nog niet bekend Aan de Dijk , Bovenveen en Cadzand" in words(read, "section[aria-labelledby=posities]")
    assert not read.query(".chip-joins")


def test_a_statement_for_others_is_shown_and_counts_for_nobody() -> None:
    said = standpoint(voice=Voice(as_="namens", layer="executive", subregion="west"))
    read = told(loaded(standpoints=(said,)))
    group = words(read, "section[aria-labelledby=posities] tbody:first-of-type")
    assert "namens West" in group
    assert "De bron noemt geen leden; het telt voor niemand." in group
    assert "nog niet bekend Aan de Dijk" in group
    assert "namens 3 · nog niet bekend 1 van 4" in words(read, ".panel .facts")


def test_a_withheld_text_says_so_with_its_ground() -> None:
    read = told(loaded(positions=(position(6, "gm1", "departs", part="p1", reason=text(None, withheld="avg-17")),)))
    assert "afgeschermd (recht op vergetelheid, AVG artikel 17, 15 jan 2026; door wie" in words(read, "#positie-6")


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("nl", "Afspraak van 1 januari 2022 (titel afgeschermd)"),
        ("en", "Agreement of 1 January 2022 (title withheld)"),
    ],
)
def test_a_withheld_title_leaves_a_heading_that_says_what_it_is_of(lang: Any, heading: str) -> None:
    base = decision()
    hidden = msgspec.structs.replace(base.proposed, title=text(None, withheld="avg-17"))
    read = told(loaded(decision(proposed=hidden)), frame(lang))
    assert words(read, "h1") == heading
    assert words(read, "title").startswith(heading)
    assert words(read, ".trail [aria-current]") == heading
    assert not read.query("h1 .mark")
    gone = msgspec.structs.replace(base.proposed, title=text(None))
    assert "titel weggelaten" in words(told(loaded(decision(proposed=gone))), "h1")


def test_a_text_stands_in_its_own_language_and_in_quotation_marks_when_it_is_quoted() -> None:
    reasons = (text("So be it.", quoted=True, lang="en"), text("Zo is het."))
    rows = tuple(position(6 + n, f"gm{n + 1}", "departs", part="p1", reason=each) for n, each in enumerate(reasons))
    read = told(loaded(positions=rows), frame("en"))
    quoted, told_ = read.query("#positie-6 q[lang=en]"), read.query("#positie-7 span[lang=nl]")
    assert [node.to_text() for node in quoted] == ["So be it."]
    assert "Zo is het." in [node.to_text() for node in told_]


def test_dissent_without_a_reason_says_which_kind_of_silence_it_is() -> None:
    for missing, sentence in (("not-given", "Geen reden gegeven."), ("not-found", "De reden is niet gevonden.")):
        read = told(loaded(positions=(position(6, "gm1", "departs", part="p1", reason_missing=missing),)))
        assert sentence in words(read, "#positie-6 .mark")


def test_what_nobody_confirmed_is_marked_so() -> None:
    marked = told(loaded(decision(unconfirmed=(5, 6)), positions=(position(6, "gm1", "joins"),)))
    assert "nog niet bevestigd" in words(marked, ".labels")
    assert "nog niet bevestigd" in words(marked, "#positie-6")
    assert "nog niet bevestigd" not in words(told())


def test_without_an_outcome_the_page_says_so_and_fills_nothing_in() -> None:
    read = told(loaded(decision(outcome=None, outcomes=())))
    assert words(read, ".labels .outcome-none") == "uitkomst niet gevonden"
    assert "Van dit voorstel is nog geen uitkomst gevonden." in words(read, ".answer")
    assert "de uitkomst" in words(read, "section[aria-labelledby=bewijs]")


def test_a_total_makes_no_position() -> None:
    base = decision()
    assert base.outcome is not None
    total = msgspec.structs.replace(base.outcome, count=4)
    read = told(loaded(decision(outcome=total, outcomes=(total,))))
    assert "4 leden, zonder namen. Een totaal maakt van niemand een positie." in words(read, ".panel")
    assert "Het geheel eigen besluit* 4 van 4" in words(read, ".panel")
    assert not read.query("section[aria-labelledby=posities] .chip-joins")


def test_the_outcome_keeps_its_verb_whatever_it_is() -> None:
    verbs = {
        "held-over": "aangehouden",
        "rejected": "verworpen",
        "noted": "kennisgenomen",
        "not-stated": "uitkomst niet vermeld",
    }
    for verb, word in verbs.items():
        base = decision().outcome
        assert base is not None
        outcome = msgspec.structs.replace(base, verb=verb)
        assert words(told(loaded(decision(outcome=outcome, outcomes=(outcome,)))), ".labels .outcome") == word


def test_an_amendment_is_carried_and_a_decision_is_adopted() -> None:
    proposed = msgspec.structs.replace(decision().proposed, kind="amendment", decided_by=DecidedBy(body="av"))
    body = Body(
        code="av",
        name="Vergadering",
        kind="assembly",
        force="course",
        seats="every-member",
        in_force=True,
        since=samples.DAY,
        position=2,
    )
    read = told(loaded(decision(proposed=proposed), body=body))
    assert words(read, ".labels .outcome") == "aangenomen"
    assert "Dit is op 1 januari 2022 aangenomen door Vergadering." in words(read, ".answer")


def test_a_decision_of_a_member_is_not_one_of_the_region() -> None:
    proposed = msgspec.structs.replace(decision().proposed, decided_by=DecidedBy(body="av"))
    body = Body(
        code="av",
        name="Raad van Duin",
        kind="council",
        force="binding",
        seats="not-recorded",
        in_force=True,
        since=samples.DAY,
        position=2,
        of="gm4",
        layer="council",
    )
    read = told(loaded(decision(proposed=proposed), body=body))
    assert "van een lid, niet van de regio" in words(read, ".over")
    assert not read.query("section[aria-labelledby=posities]")


def test_each_voter_stands_under_what_it_chose_and_the_rest_is_what_the_source_says() -> None:
    read = told(loaded(decision(ballots=(samples.ballot(),))))
    ballots = words(read, "section[aria-labelledby=stemmingen]")
    assert "Tegen Groep Een (1)" in ballots
    assert "Verdeeld Groep Twee (1)" in ballots
    assert "Afwezig afgeschermd (1)" in ballots, "a name that nobody may see is said to be withheld"
    assert "Wie niet genoemd is volgens de bron: voor" in ballots


def test_what_follows_from_the_voting_rule_stands_beside_the_outcome_with_the_weights_it_counted() -> None:
    weights = (
        Weight(voter="gm1", votes=4, inhabitants=170_000, on=date(2021, 1, 1), position=31, stated=3),
        Weight(voter="gm2", votes=1, inhabitants=15_000, on=date(2021, 1, 1), position=32),
    )
    weighing = Weighed(rule=30, reference=date(2022, 1, 1), weights=weights)
    held = samples.ballot(rule="weighted", result="rejected", outcome_differs=True, weighing=weighing)
    shown = words(told(loaded(decision(ballots=(held,)))), "section[aria-labelledby=stemmingen]")
    assert "volgens de stemregel van die dag (gewogen stemmen): verworpen" in shown
    assert "De uitkomst van de bron is een andere dan uit de stemregel volgt. Zij blijft staan" in shown
    assert "Aan de Dijk 4 (volgens de bron 3) 170.000 1 januari 2021" in shown
    assert "Gewichten op 1 januari 2022" in shown


def test_whose_inhabitants_are_missing_is_said_and_no_result_is() -> None:
    weighing = Weighed(rule=30, reference=date(2022, 1, 1), missing=("gm3",))
    held = samples.ballot(rule="double-majority", weighing=weighing)
    shown = words(told(loaded(decision(ballots=(held,)))), "section[aria-labelledby=stemmingen]")
    assert "Stemregel van die dag: dubbele meerderheid. Daar volgt hier geen uitslag uit." in shown
    assert "Geen uitslag: van Cadzand is op de peildag geen inwonertal bekend" in shown
    assert "Onze telling" not in shown


def test_names_that_do_not_add_up_stand_beside_the_stated_number() -> None:
    held = samples.ballot(stated=Tally(for_=20, against=3))
    read = told(loaded(decision(ballots=(held,))))
    table = words(read, "section[aria-labelledby=stemmingen] table")
    assert "voor 20 0 20 zonder naam" in table
    assert "tegen 3 1 2 zonder naam" in table
    assert "niet genoemd" in table
    assert "De uitkomst van de bron blijft staan" in words(read, "section[aria-labelledby=stemmingen]")


def test_a_vote_is_no_position_and_a_remark_is_no_reservation() -> None:
    remark = Remark(**row(9), voice=Voice(as_="own", layer="group", members=("gm1",)), text=text("Vaag."))
    read = told(loaded(decision(ballots=(samples.ballot(),), remarks=(remark,))))
    assert "Vaag." in words(read, "section[aria-labelledby=opmerkingen]")
    assert not read.query("section[aria-labelledby=posities] .chip-reserves")


def test_a_standpoint_is_open_until_it_is_weighed_and_a_reply_is_no_weighing() -> None:
    answer = Answer(
        **row(10), standpoint=7, voice=Voice(as_="own", layer="executive", members=("gm4",)), text=text("Nee.")
    )
    read = told(loaded(standpoints=(standpoint(answers=(answer,)),)))
    assert "Er is een reactie, maar geen weging." in words(read, ".card-open .card-done")
    assert "Reactie van Duin · dagelijks bestuur van het lid: Nee." in words(read, ".card-done")
    assert "1 standpunt nog niet gewogen" in words(read, ".labels")


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        ("adopted", "overgenomen"),
        ("partly-adopted", "deels overgenomen"),
        ("not-adopted", "niet overgenomen"),
        ("noted", "ter kennisgeving"),
    ],
)
def test_a_weighing_says_what_was_done_by_whom_and_why(outcome: Any, word: str) -> None:
    done = Weighing(
        **row(11),
        standpoint=7,
        outcome=outcome,
        by_body="av",
        reason=text("Dat past hier."),
        landed=PartVersion(part="p1", n=1),
    )
    read = told(loaded(standpoints=(standpoint(outcome, weighings=(done,)),)))
    card = words(read, ".card-done")
    assert f"{word} Vergadering" in card
    assert "Reden: Dat past hier." in card
    assert "Waar staat het nu: Voorzitter" in card
    assert not read.query(".card-open")


def test_a_position_that_was_overruled_stands_under_what_held_before() -> None:
    past = position(6, "gm1", "joins", part="p1", withdrawn_on=samples.DAY, overruled=True)
    past = msgspec.structs.replace(past, valid_until=samples.DAY)
    read = told(loaded(positions=(past,)))
    assert "de eigen raad of Staten beslisten anders" in words(
        read, "section[aria-labelledby=posities] table:last-of-type"
    )


def test_who_was_present_without_objection_took_no_position() -> None:
    there = (
        Attendance(member="gm1", kind="no-objection", position=130),
        Attendance(member="gm2", kind="absent", position=130),
    )
    panel = words(told(loaded(decision(attendance=there))), ".panel")
    assert "Geen bezwaar (aanwezig) Aan de Dijk : geen positie" in panel
    assert "Afwezig Bovenveen : geen positie" in panel


def test_a_source_says_how_strong_it_is_before_where_it_is() -> None:
    sources = (
        Evidence(grade="press", position=106, at=text("https://www.krant.nl/a")),
        Evidence(grade="minutes", position=106, at=text("https://www.regio.nl/verslag"), page="3"),
        Evidence(grade="press", position=106, at=text("https://www.krant.nl/b"), bearing="contradicts"),
    )
    row_ = msgspec.structs.replace(position(6, "gm1", "joins"), evidence=sources)
    said = words(told(loaded(positions=(row_,))), "#positie-6 .from")
    assert said.index("verslag regio.nl blz. 3") < said.index("pers krant.nl")
    assert "krant.nl (2) spreekt dit tegen" in said


def test_every_fact_on_the_page_names_its_entry() -> None:
    made = decision(ballots=(samples.ballot(),))
    read = told(
        loaded(
            made, positions=(position(6, "gm1", "departs", part="p1", reason=text("Ja.")),), standpoints=(standpoint(),)
        )
    )
    named = {int(each) for node in read.query("[data-entry]") for each in str((node.attrs or {})["data-entry"]).split()}
    assert {101, 102, 103, 104, 105, 106, 107, 108, 109} <= named


def test_looking_back_says_so_and_links_keep_the_clocks() -> None:
    read = told(None, frame(query={"validOn": "2022-03-01", "knownAt": "2023-05-01"}))
    assert "Dit is de stand op 1 maart 2022, zoals het register die kende op 1 mei 2023, 23.59 uur." in words(
        read, ".band-past"
    )
    hrefs = [str((node.attrs or {})["href"]) for node in read.query("main a[href^='/leden/']")]
    assert hrefs
    assert all(href.endswith("?validOn=2022-03-01&knownAt=2023-05-01") for href in hrefs)


def test_the_same_rows_make_the_same_bytes() -> None:
    around = frame()
    made = [
        rendered(
            "decision.html", "nl", {"frame": around, "page": page_of.page(loaded(standpoints=(standpoint(),)), around)}
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_both_languages_say_everything() -> None:
    found = loaded(
        decision(ballots=(samples.ballot(),)),
        positions=(position(6, "gm1", "departs", part="p1"),),
        standpoints=(standpoint(),),
    )
    dutch, english = told(found), told(found, frame("en"))
    assert len(dutch.query("section")) == len(english.query("section"))
    for word in ("nog niet bekend", "Reden", "Uitkomst", "wijkt af", "regel "):
        assert word not in words(english)
