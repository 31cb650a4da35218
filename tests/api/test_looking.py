"""The pages by which one looks around: search, what is missing, meetings, bodies; in both languages, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.api.edge import Edge

PATHS = ("/zoeken", "/zoeken?q=Amsterdam", "/wat-ontbreekt", "/vergaderingen", "/gremia", "/gremia/mra-av")


@pytest.fixture
def site(edge: Edge) -> Iterator[httpx.Client]:
    """Whoever reads pages."""
    with httpx.Client(base_url=edge.url, timeout=30) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_there_in_both_languages_and_is_not_sent_again(site: httpx.Client, path: str) -> None:
    for lang, address in (("nl", path), ("en", "/en" + path)):
        first = site.get(address)
        assert (first.status_code, first.headers["Content-Language"]) == (200, lang)
        assert site.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_every_page_has_the_search_box_and_the_clocks_go_along(site: httpx.Client) -> None:
    shown = site.get("/en/leden?validOn=2022-01-01").text
    (form,) = re.findall(r'<form class="seek".*?</form>', shown, re.DOTALL)
    assert 'method="get" action="/en/zoeken"' in form
    assert '<input type="hidden" name="validOn" value="2022-01-01">' in form


def test_what_is_found_is_marked_and_what_was_typed_is_only_text(site: httpx.Client) -> None:
    assert "<mark>Bloemendaal</mark>" in site.get("/zoeken?q=bloemendaal").text
    typed = site.get("/zoeken", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>" not in typed
    assert "&lt;script&gt;" in typed


def test_a_question_of_which_nothing_has_every_word_finds_what_has_some_of_them(site: httpx.Client) -> None:
    shown = site.get("/zoeken", params={"q": "waarom wijkt Bloemendaal af"}).text
    assert "Niets heeft al deze woorden" in shown
    assert shown.index("<mark>Bloemendaal</mark>") < shown.index("Over dit register")
    assert "Niets gevonden" in site.get("/zoeken", params={"q": "xyzzy plugh"}).text


def test_a_hit_leads_to_a_card_that_is_there(edge: Edge, site: httpx.Client) -> None:
    shown = site.get("/zoeken", params={"q": "kustplaatsen"}).text
    stream, _, seq = edge.addresses["bloemendaal-wijkt-af"].partition(".")
    assert f'href="/besluiten/{stream}#positie-{seq}"' in shown
    assert f'id="positie-{seq}"' in site.get(f"/besluiten/{stream}").text


def test_each_number_on_the_first_page_is_the_length_of_its_list(edge: Edge, site: httpx.Client) -> None:
    numbers = re.findall(r'<li><b>([0-9.]+)</b> <span><a href="/wat-ontbreekt\?soort=([a-z-]+)"', site.get("/").text)
    assert numbers
    for number, kind in numbers:
        assert edge.read("/completeness", kind=kind)["total"] == int(number.replace(".", ""))
        assert site.get(f"/wat-ontbreekt?soort={kind}").status_code == 200


def test_a_word_asked_of_the_decisions_is_looked_for_where_everything_is(site: httpx.Client) -> None:
    answer = site.get("/en/besluiten?q=voorzitter&validOn=2022-03-01")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/zoeken?q=voorzitter&waar=decision&validOn=2022-03-01"
    assert site.get(answer.headers["Location"]).status_code == 200


def test_decisions_can_be_those_of_one_body(edge: Edge, site: httpx.Client) -> None:
    shown = site.get("/besluiten?gremium=mra-av").text
    n = edge.read("/decisions", body="mra-av")["total"]
    assert f"{n} besluiten van Algemene Vergadering." in shown
    assert shown.count('<div class="news-when">') == n
    assert '<option value="mra-av" selected>' in shown


def test_a_month_does_not_become_a_day_where_something_is_missing(site: httpx.Client) -> None:
    shown = site.get("/wat-ontbreekt?soort=not-confirmed").text
    assert ">mrt 2023<" in shown
    assert "31 mrt 2023" not in shown


def test_the_answer_of_a_narrowed_course_counts_the_table_that_is_shown(site: httpx.Client) -> None:
    shown = site.get("/koers?deelregio=ijmond").text
    columns = shown.count('data-part="') // 3
    assert f"Op geen van de {3 * columns} plaatsen in deze tabel staat een positie" in shown
    assert "Geen van de 33 leden" in shown


def test_before_there_was_a_course_nobody_is_said_to_depart_or_not(site: httpx.Client) -> None:
    shown = site.get("/koers?validOn=2018-01-01").text
    assert "<p>Op deze dag is nog geen onderdeel als koers vastgesteld.</p>" in shown
    assert "Geen van de" not in shown
    assert 'class="legend"' not in shown
    assert "leden besluiten hier samen." in site.get("/?validOn=2018-01-01").text


def test_a_replay_says_that_one_looks_back_until_its_last_step(edge: Edge, site: httpx.Client) -> None:
    stream = edge.addresses["bloemendaal-wijkt-af"].partition(".")[0]
    replayed = f"/besluiten/{stream}/terugspelen"
    steps = edge.read(f"/decisions/{stream}/events")["total"]
    first = site.get(f"/en{replayed}?step=1").text
    assert f"This is what step 1 of {steps} changed" in first
    assert f'<a href="/en/besluiten/{stream}">Back to today</a>' in first
    assert "band-past" not in site.get(f"{replayed}?step={steps}").text


def test_where_nothing_is_found_the_way_to_what_is_missing_is_shown(site: httpx.Client) -> None:
    assert 'href="/wat-ontbreekt">wat ontbreekt</a>' in site.get("/zoeken?q=xyzzy").text


def test_a_moved_meeting_shows_both_days_and_no_numbers_that_its_agenda_lacks(edge: Edge, site: httpx.Client) -> None:
    shown = site.get(f"/vergaderingen/{edge.made['av-2022-09-21']}").text
    assert "gehouden op 21 september 2022" in shown
    assert "gepland op 16 september 2022" in shown
    assert "z.n." not in shown
    assert 'data-label="Punt"' not in shown


def test_lettered_annexes_stand_in_the_order_of_the_agenda(edge: Edge, site: httpx.Client) -> None:
    shown = site.get(f"/vergaderingen/{edge.made['av-2023-12-20']}").text
    assert re.findall(r'data-label="Punt">([0-9]+[a-z]?)<', shown) == ["2a", "4a", "4b", "4c", "5a", "6a", "6b"]


def test_a_body_shows_what_came_before_and_where_its_name_is_from(site: httpx.Client) -> None:
    shown = site.get("/gremia/mra-av").text
    assert '<a href="/gremia/mra-regiegroep">Regiegroep</a>' in shown or "Voorganger" in shown
    assert "mark-withheld" not in shown


def test_a_body_of_which_only_the_year_is_known_gets_no_day(edge: Edge, site: httpx.Client) -> None:
    assert edge.read("/bodies/mra-raadtafel")["from"] == "2022"
    assert "sinds 2022." in site.get("/gremia/mra-raadtafel").text


@pytest.mark.parametrize(
    "path", ["/gremia/niets", "/gremia/%20", "/vergaderingen/x", "/vergaderingen/00000000-0000-4000-8000-000000000000"]
)
def test_what_is_not_there_is_404(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404
