"""The secretary of the assembly records a whole meeting with the keyboard, a second account confirms it, and every page shows it."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.chromium import Demo, meeting
from tests.browser.keyboard import follow, pick, press, write
from tests.browser.screenshots import signed_in
from tests.browser.stops import CLERK

SECOND = "tweede-lezer"
ALMERE, PURMEREND = "gm0034", "gm0439"
REASON = "De raad van Almere wil eerst meepraten."
REMARK = "Graag voortaan eerder de stukken."


def without_script(browser: Browser, demo: Demo, account: str) -> BrowserContext:
    """A window in which no page can run anything, signed in."""
    signed = signed_in(browser, demo, account, 1280)
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=False, storage_state=signed.storage_state()
    )
    signed.close()
    return context


def item(page: Page, title: str) -> Locator:
    return page.locator("section.form-part", has=page.locator("h3", has_text=title))


def asked(where: Locator, ending: str) -> Locator:
    return where.locator(f"[name$='-{ending}']")


def sent(page: Page) -> tuple[str, list[tuple[str, str]]]:
    """Where the form goes and what it would send, with the button that records."""
    form = page.locator("form.form")
    pairs = form.evaluate("form => Array.from(new FormData(form), ([name, value]) => [name, value])")
    return str(form.get_attribute("action")), [
        *((str(name), str(value)) for name, value in pairs),
        ("vastleggen", "ja"),
    ]


def post(demo: Demo, page: Page, action: str, pairs: list[tuple[str, str]]) -> httpx.Response:
    cookies = {each.get("name", ""): each.get("value", "") for each in page.context.cookies()}
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return httpx.post(demo.address + action, data=fields, cookies=cookies)


def size(demo: Demo) -> int:
    return int(httpx.get(f"{demo.address}/api/v1/events?limit=1").json()["position"])


def test_a_whole_meeting_by_keyboard_is_confirmed_by_a_second_account_and_shown_everywhere(
    browser: Browser, demo: Demo
) -> None:
    id_ = meeting(demo, "2024-06-14")
    page = signed_in(browser, demo, CLERK, 1280).new_page()
    page.goto(f"{demo.address}/vergaderingen/{id_}")
    follow(page, page.get_by_role("link", name="Leg deze vergadering vast"))
    expect(page.locator(".lead")).to_contain_text("Alle 33 leden staan op geen bezwaar. Dat is geen positie.")

    pick(page, page.get_by_label("Laren"), "met bericht")
    _fill_by_keyboard(page)
    follow(page, page.get_by_role("button", name="Leg de vergadering vast"))

    faults = page.locator(".notice-fault")
    expect(faults).to_contain_text("Er is 1 ding dat nog niet klopt. Er is niets vastgelegd.")
    expect(faults).to_contain_text("Wie afwijkt, een voorbehoud maakt of niet meedoet zegt waarom")
    follow(page, faults.get_by_role("link"))
    note = item(page, "Voortgangsnota 2023").first
    expect(asked(note, "r0-tekst")).to_be_focused()
    expect(page.get_by_label("Laren")).to_have_value("met")
    page.keyboard.type(REASON)
    follow(page, page.get_by_role("button", name="Leg de vergadering vast"))

    expect(page.locator(".notice-good")).to_contain_text("regels wachten op een tweede persoon")
    expect(page.locator("main")).to_contain_text("32 leden aanwezig. Afwezig: Laren.")
    line = page.locator(".recorded li", has_text="Almere: wijkt af.")
    expect(line).to_contain_text("nog niet bevestigd")
    confirm = str(page.get_by_role("link", name="bevestig deze vergadering").get_attribute("href"))
    decision = str(line.get_by_role("link", name="Almere: wijkt af.").get_attribute("href"))
    page.context.close()

    second = signed_in(browser, demo, SECOND, 1280).new_page()
    second.goto(demo.address + confirm)
    expect(second.locator("form.form")).to_contain_text(REASON)
    press(second, second.get_by_label("Dit klopt met de bron: Voortgangsnota 2023"))
    follow(second, second.get_by_role("button", name="Bevestig"))
    expect(second.locator("main")).to_contain_text("Een tweede persoon bevestigde de regels")
    second.goto(demo.address + confirm)
    expect(second.locator(".lead")).to_contain_text("wacht niets op bevestiging")
    second.context.close()

    _shown_everywhere(demo, decision)


def _fill_by_keyboard(page: Page) -> None:
    """The source, the outcome of one item, a departing position without its reason and a remark."""
    pick(page, page.locator("#bewijs"), "verslag")
    note = item(page, "Voortgangsnota 2023").first
    pick(page, asked(note, "uitkomst"), "vastgesteld")
    press(page, note.locator("summary", has_text="Wie zei iets?"))
    pick(page, asked(note, "r0-lid"), "Almere")
    pick(page, asked(note, "r0-wat"), "wijkt af")
    pick(page, asked(note, "r1-lid"), "Purmerend")
    pick(page, asked(note, "r1-wat"), "kanttekening")
    write(page, asked(note, "r1-tekst"), REMARK)


def _shown_everywhere(demo: Demo, decision: str) -> None:
    """On the decision and on the member's page; who said nothing has no position; the matrix counts what is on the course."""
    told = httpx.get(demo.address + decision).text
    for sentence in (REASON, REMARK, "geen bezwaar"):
        assert sentence.lower() in told.lower(), sentence
    assert "nog niet bevestigd" not in told
    member = httpx.get(f"{demo.address}/leden/{ALMERE}").text
    assert REASON in member
    positions = httpx.get(f"{demo.address}/api/v1{decision.replace('besluiten', 'decisions')}/positions").json()[
        "items"
    ]
    assert [each["member"] for each in positions] == [ALMERE]
    assert REASON not in httpx.get(f"{demo.address}/leden/{PURMEREND}").text


def test_the_same_meeting_sent_twice_records_nothing_twice(browser: Browser, demo: Demo) -> None:
    page = signed_in(browser, demo, CLERK, 1280).new_page()
    page.goto(f"{demo.address}/vastleggen/vergadering/{meeting(demo, '2024-03-22')}")
    asked(item(page, page.locator("section.form-part h3").first.inner_text()[3:]).first, "uitkomst").select_option(
        "noted"
    )
    action, pairs = sent(page)
    first = post(demo, page, action, pairs)
    after = size(demo)
    again = post(demo, page, action, pairs)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert size(demo) == after
    other = [(name, "agreed" if value == "noted" else value) for name, value in pairs]
    changed = post(demo, page, action, other)
    assert changed.status_code == 409
    assert "met andere antwoorden" in changed.text
    assert size(demo) == after
    page.context.close()
