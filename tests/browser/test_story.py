"""The newcomer's story in a real browser: who departs and why, and a position of one's own that is there at once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import keyboard
from tests.browser.chromium import Demo, decisions
from tests.browser.screenshots import signed_in
from tests.browser.stops import CLERK

HEEMSTEDE, ZANDVOORT, LAREN, BLARICUM, HUIZEN = "gm0397", "gm0473", "gm0417", "gm0376", "gm0406"
WRONG, RIGHT = "Dit hoorde bij een ander stuk.", "Alleen als Huizen mee beslist over de kosten."


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def of(demo: Demo, part: str) -> str:
    return next(id_ for title, id_ in decisions(demo).items() if part in title)


def signed(browser: Browser, demo: Demo, account: str) -> Page:
    return signed_in(browser, demo, account, 1280).new_page()


def test_a_newcomer_sees_who_departs_and_why(page: Page, demo: Demo) -> None:
    page.goto(demo.address)
    row = page.locator("section[aria-labelledby=afwijken] tr", has_text="Bloemendaal")
    expect(row).to_contain_text("wijkt af")
    expect(row).to_contain_text("De kustplaatsen moeten van elkaar blijven verschillen")
    row.get_by_role("link", name="Bloemendaal").click()
    expect(page).to_have_url(re.compile(r"/leden/gm0377$"))
    expect(page.locator(".answer")).to_contain_text("Bloemendaal wijkt af op")
    expect(page.locator(".answer")).to_contain_text("Amsterdam Beach")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/leden/gm0377$"))
    expect(page.locator(".answer")).to_contain_text("Bloemendaal departs on")
    page.locator("main a.entry").first.click()
    assert '"type"' in page.content()


def test_weesp_keeps_its_own_past(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/leden/gm0457")
    expect(page.locator(".answer")).to_contain_text("24 maart 2022 op in Amsterdam")
    page.fill("#validOn", "23-3-2022")
    page.click(".asof button")
    expect(page.locator(".band-past")).to_contain_text("Dit is de stand op 23 maart 2022")
    expect(page.locator(".over")).to_contain_text("lid sinds 2017")
    expect(page.locator(".answer")).not_to_contain_text("geen lid meer")
    page.get_by_role("link", name="Terug naar vandaag").click()
    expect(page.locator(".answer")).to_contain_text("geen lid meer")


def test_a_departing_position_needs_a_reason_and_is_everywhere_within_a_second(browser: Browser, demo: Demo) -> None:
    page = signed(browser, demo, HEEMSTEDE)
    decision = of(demo, "Samenwerkingsafspraken Metropoolregio")
    page.goto(f"{demo.address}/vastleggen")
    expect(page.locator(".answer")).to_contain_text("vertegenwoordiger voor Heemstede")
    page.get_by_role("link", name="Positie vastleggen bij Samenwerkingsafspraken").click()
    page.get_by_label("Voorzitter van platforms").check()
    page.get_by_label("wijkt af").check()
    page.get_by_label("Op welke dag?").fill("1-2-2026")
    page.get_by_role("button", name="Leg vast").click()
    summary = page.locator(".notice-fault")
    expect(summary).to_contain_text("Er is 1 ding dat nog niet klopt. Er is niets vastgelegd.")
    expect(summary).to_contain_text("geef een reden")
    summary.get_by_role("link").click()
    expect(page.locator("#reden")).to_be_focused()
    expect(page.get_by_label("wijkt af")).to_be_checked()
    expect(page.get_by_label("Op welke dag?")).to_have_value("1-2-2026")
    page.locator("#reden").fill("Heemstede wil dat platforms zelf hun voorzitter kiezen.")
    page.get_by_role("button", name="Leg vast").click()
    began = time.monotonic()
    expect(page.locator(".notice-good")).to_contain_text("Heemstede: wijkt af. Onderdeel: Voorzitter van platforms.")
    for path in (f"/besluiten/{decision}", f"/leden/{HEEMSTEDE}"):
        assert "Heemstede wil dat platforms zelf hun voorzitter kiezen." in httpx.get(demo.address + path).text
    page.goto(f"{demo.address}/koers")
    cell = page.locator("tr", has=page.get_by_role("link", name="Heemstede")).locator(".cell-departs")
    expect(cell).to_have_count(1)
    assert time.monotonic() - began < 5
    cell.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/besluiten/{decision}#positie-\d+$"))
    page.context.close()


def test_sending_a_form_twice_records_once(browser: Browser, demo: Demo) -> None:
    page = signed(browser, demo, ZANDVOORT)
    decision = of(demo, "Samenwerkingsafspraken Metropoolregio")
    page.goto(f"{demo.address}/vastleggen/besluit/{decision}/positie")
    page.get_by_label("sluit aan").check()
    page.get_by_label("Op welke dag?").fill("2026-02-02")
    form = page.locator("form.form")
    sent = {
        str(each["name"]): str(each["value"])
        for each in form.evaluate("form => Array.from(new FormData(form), ([name, value]) => ({name, value}))")
    }
    cookies = {each.get("name", ""): each.get("value", "") for each in page.context.cookies()}
    address = demo.address + str(form.get_attribute("action"))
    first, second = (httpx.post(address, data=sent, cookies=cookies) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    other = httpx.post(address, data={**sent, "_csrf_token": "another"}, cookies=cookies)
    assert other.status_code == 403
    page.context.close()


def test_a_member_revises_explains_and_withdraws_and_all_of_it_stays_visible(browser: Browser, demo: Demo) -> None:
    page = signed(browser, demo, LAREN)
    decision = of(demo, "Samenwerkingsafspraken Metropoolregio")
    page.goto(f"{demo.address}/vastleggen/besluit/{decision}/positie")
    page.get_by_label("nog geen besluit").check()
    page.get_by_label("Op welke dag?").fill("3-3-2026")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".notice-good")).to_contain_text("Laren: nog geen besluit.")
    page.get_by_role("link", name="Leg nog iets vast").click()
    page.get_by_role("link", name="Herzien bij Samenwerkingsafspraken").click()
    page.get_by_label("met voorbehoud").check()
    page.locator("#reden").fill("Alleen als de kosten gelijk blijven.")
    page.get_by_label("Op welke dag?").fill("4-3-2026")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".notice-good")).to_contain_text("herzien: met voorbehoud")
    page.goto(f"{demo.address}/vastleggen")
    page.get_by_role("link", name="Intrekken bij Samenwerkingsafspraken").click()
    page.get_by_label("Op welke dag?").fill("5-3-2026")
    page.get_by_role("button", name="Trek in").click()
    expect(page.locator(".notice-good")).to_contain_text("ingetrokken")
    page.goto(f"{demo.address}/leden/{LAREN}")
    past = page.locator("table", has=page.locator("th", has_text="Hoe het eindigde"))
    expect(past).to_contain_text("nog geen besluit")
    expect(past).to_contain_text("Ingetrokken op 5 maart 2026.")
    page.context.close()


def test_a_mistake_is_corrected_and_both_texts_stay(browser: Browser, demo: Demo) -> None:
    page = signed(browser, demo, BLARICUM)
    decision = of(demo, "Samenwerkingsafspraken Metropoolregio")
    page.goto(f"{demo.address}/vastleggen/besluit/{decision}/positie")
    page.get_by_label("wijkt af").check()
    page.locator("#reden").fill("Dit had bij een ander besluit gemoeten.")
    page.get_by_label("Op welke dag?").fill("6-3-2026")
    page.get_by_role("button", name="Leg vast").click()
    page.get_by_role("link", name="Leg nog iets vast").click()
    page.get_by_role("link", name="Fout herstellen bij Samenwerkingsafspraken").click()
    page.get_by_label("schrijffout").check()
    page.get_by_label("Wat was er fout, en hoe weet u dat?").fill("Verkeerd aangekruist.")
    page.get_by_label("sluit aan").check()
    page.locator("#reden").fill("Wij doen mee.")
    page.get_by_role("button", name="Herstel").click()
    expect(page.locator(".notice-good")).to_contain_text("Correctie van stap")
    page.goto(f"{demo.address}/besluiten/{decision}")
    expect(page.locator("section[aria-labelledby=correcties]")).to_contain_text("Verkeerd aangekruist.")
    expect(page.locator("section[aria-labelledby=posities]")).to_contain_text("Wij doen mee.")
    expect(page.locator("section[aria-labelledby=posities]")).not_to_contain_text("een ander besluit gemoeten")
    page.context.close()


def test_by_keyboard_a_departing_position_is_taken_and_corrected_and_both_states_can_be_seen(
    browser: Browser, demo: Demo
) -> None:
    page = signed(browser, demo, HUIZEN)
    decision = of(demo, "Samenwerkingsafspraken Metropoolregio")
    page.goto(f"{demo.address}/vastleggen")
    keyboard.follow(page, page.get_by_role("link", name="Positie vastleggen bij Samenwerkingsafspraken"))
    keyboard.choose(page, page.get_by_role("radio", name="sluit aan"), page.get_by_role("radio", name="wijkt af"))
    keyboard.write(page, page.locator("#reden"), WRONG)
    keyboard.write(page, page.get_by_label("Op welke dag?"), "7-3-2026")
    keyboard.follow(page, page.get_by_role("button", name="Leg vast"))
    expect(page.locator(".notice-good")).to_contain_text("Huizen: wijkt af.")
    before = datetime.now(UTC).isoformat()
    keyboard.follow(page, page.get_by_role("link", name="Leg nog iets vast"))
    keyboard.follow(page, page.get_by_role("link", name="Fout herstellen bij Samenwerkingsafspraken"))
    keyboard.press(page, page.get_by_role("radio", name="schrijffout"))
    keyboard.write(page, page.get_by_label("Wat was er fout, en hoe weet u dat?"), "Regels verwisseld.")
    keyboard.choose(page, page.get_by_role("radio", name="wijkt af"), page.get_by_role("radio", name="met voorbehoud"))
    keyboard.write(page, page.locator("#reden"), RIGHT)
    keyboard.follow(page, page.get_by_role("button", name="Herstel"))
    expect(page.locator(".notice-good")).to_contain_text("Correctie van stap")
    _both_states(page, demo, decision, before)
    page.context.close()


def _both_states(page: Page, demo: Demo, decision: str, before: str) -> None:
    """Now the corrected text; as it was known before, and one step back, the text that was wrong; and what the step changed."""
    row = page.locator("section[aria-labelledby=posities]")
    page.goto(f"{demo.address}/besluiten/{decision}")
    expect(row).to_contain_text(RIGHT)
    expect(row).not_to_contain_text(WRONG)
    page.goto(f"{demo.address}/besluiten/{decision}?{urlencode({'knownAt': before})}")
    expect(row).to_contain_text(WRONG)
    expect(row).not_to_contain_text(RIGHT)
    steps = httpx.get(f"{demo.address}/api/v1/decisions/{decision}/events").json()["items"]
    page.goto(f"{demo.address}/besluiten/{decision}/terugspelen?step={len(steps)}")
    changed = page.locator("main")
    for words in ("Correctie van stap", "Huizen", "wijkt af", "met voorbehoud"):
        expect(changed).to_contain_text(words)


def test_a_struck_decision_keeps_its_address_with_its_history_and_its_reason(demo: Demo) -> None:
    with httpx.Client(base_url=demo.address, auth=(CLERK, demo.password)) as clerk:
        made = clerk.post(
            "/api/v1/decisions",
            headers={"Idempotency-Key": str(uuid4())},
            json={"title": "Een oefening", "decidedBy": {"body": "mra-av"}, "kind": "decision", "class": "not-stated"},
        ).json()
        id_ = made["events"][0]["id"]
        clerk.post(
            f"/api/v1/decisions/{id_}/striking",
            headers={"Idempotency-Key": str(uuid4())},
            json={"because": "exercise", "grounds": "Dit was om te leren."},
        ).raise_for_status()
    for path, sentence in (
        (f"/besluiten/{id_}", "Het was een oefening."),
        (f"/en/besluiten/{id_}", "It was an exercise."),
    ):
        answer = httpx.get(demo.address + path)
        assert answer.status_code == 410
        assert sentence in answer.text
        assert "Dit was om te leren." in answer.text
        assert 'class="trace"' in answer.text


def test_a_clerk_weighs_a_standpoint_and_it_is_open_no_longer(browser: Browser, demo: Demo) -> None:
    member = signed(browser, demo, ZANDVOORT)
    strategy = of(demo, "Verstedelijkingsstrategie")
    member.goto(f"{demo.address}/vastleggen/besluit/{strategy}/standpunt")
    member.get_by_label("Het standpunt").fill("De kust is geen achtertuin.")
    member.get_by_label("Amsterdam Beach").check()
    member.get_by_label("Op welke dag?").fill("1-4-2026")
    member.get_by_role("button", name="Leg vast").click()
    expect(member.locator(".notice-good")).to_contain_text("Minderheidsstandpunt: Zandvoort.")
    member.context.close()
    page = signed(browser, demo, CLERK)
    page.goto(f"{demo.address}/vastleggen")
    page.locator("li", has_text="De kust is geen achtertuin.").get_by_role("link", name="Leg de weging vast").click()
    page.get_by_label("deels overgenomen").check()
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".notice-fault")).to_contain_text("zegt waarom")
    expect(page.get_by_label("deels overgenomen")).to_be_checked()
    page.locator("#reden").fill("De kaart noemt de badplaatsen nu apart.")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".notice-good")).to_contain_text("deels overgenomen")
    page.goto(f"{demo.address}/standpunten?stand=gewogen")
    card = page.locator(".card", has_text="De kust is geen achtertuin.")
    expect(card).to_contain_text("deels overgenomen")
    expect(card).to_contain_text("De kaart noemt de badplaatsen nu apart.")
    page.context.close()


def test_the_whole_way_by_keyboard_alone(browser: Browser, demo: Demo) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(demo.address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#inhoud"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Bloemendaal":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/leden/gm0377$"))
    page.context.close()


def test_without_a_session_recording_asks_to_sign_in_and_comes_back(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/en/vastleggen")
    expect(page).to_have_url(re.compile(r"/en/aanmelden\?naar="))
    page.select_option("#account", HEEMSTEDE)
    page.fill("#wachtwoord", "wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".notice-fault")).to_contain_text("This password does not belong to this account.")
    expect(page.locator("#account")).to_have_value(HEEMSTEDE)
    page.fill("#wachtwoord", demo.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/en/vastleggen$"))
    expect(page.locator(".tools")).to_contain_text("Signed in as Heemstede")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".tools")).not_to_contain_text("Signed in")


def test_a_page_that_is_not_there_says_so_in_the_language_of_the_reader(demo: Demo) -> None:
    for path, sentence in (
        ("/nergens", "Naar het begin"),
        ("/en/nowhere", "To the start"),
        ("/besluiten/00000000-0000-4000-8000-000000000000", "Naar het begin"),
        ("/leden/gm9999", "Naar het begin"),
    ):
        answer = httpx.get(demo.address + path)
        assert (answer.status_code, sentence in answer.text) == (404, True), path
        assert answer.headers["content-type"].startswith("text/html")


def test_a_page_that_did_not_change_is_not_sent_again(demo: Demo) -> None:
    first = httpx.get(f"{demo.address}/koers")
    again = httpx.get(f"{demo.address}/koers", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
