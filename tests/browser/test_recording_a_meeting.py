"""The secretary of the assembly records a whole meeting with the keyboard, a second account confirms it, and every page shows it."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from justhtml import JustHTML
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.chromium import Demo, meeting
from tests.browser.keyboard import follow, pick, press, reach, write
from tests.browser.screenshots import signed_in
from tests.browser.stops import CLERK, SECOND
from tests.browser.test_every_page import RULES

ALMERE, PURMEREND = "gm0034", "gm0439"
PLAN, PROGRESS = "Regionaal laadplan", "Voortgang van het jaar"
TOGETHER = "Zet de laadpalen eerst langs het kanaal."
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
    """Where the form goes and what it would send."""
    form = page.locator("form.form")
    pairs = form.evaluate("form => Array.from(new FormData(form), ([name, value]) => [name, value])")
    return str(form.get_attribute("action")), [(str(name), str(value)) for name, value in pairs]


def post(demo: Demo, page: Page, action: str, pairs: list[tuple[str, str]]) -> httpx.Response:
    cookies = {each.get("name", ""): each.get("value", "") for each in page.context.cookies()}
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return httpx.post(demo.address + action, data=fields, cookies=cookies)


def size(demo: Demo) -> int:
    return int(httpx.get(f"{demo.address}/api/v1/events?limit=1").json()["position"])


@pytest.fixture
def gathering(demo: Demo) -> tuple[str, str]:
    """A meeting of the assembly with two items; on the first stands a plan that has a part. The meeting, and the plan."""
    with httpx.Client(base_url=f"{demo.address}/api/v1", auth=(CLERK, demo.password)) as clerk:

        def post(path: str, **body: object) -> str:
            answer = clerk.post(path, headers={"Idempotency-Key": str(uuid4())}, json=body)
            assert answer.status_code == 201, answer.text
            return str(answer.json()["events"][0]["id"])

        id_ = post("/meetings", body="mra-av", plannedOn="2025-03-21")
        post(f"/meetings/{id_}/agenda-items", item="1", title=PLAN)
        post(f"/meetings/{id_}/agenda-items", item="2", title=PROGRESS)
        plan = post("/decisions", title=PLAN, decidedBy={"body": "mra-av"}, kind="decision", **{"class": "not-stated"})
        post(f"/decisions/{plan}/parts", part="palen", n=1, title="Laadpalen")
        post(f"/decisions/{plan}/placements", meeting=id_, item="1")
        return id_, plan


def test_a_whole_meeting_by_keyboard_is_confirmed_by_a_second_account_and_shown_everywhere(
    browser: Browser, demo: Demo, gathering: tuple[str, str]
) -> None:
    page = without_script(browser, demo, CLERK).new_page()
    page.goto(f"{demo.address}/vergaderingen/{gathering[0]}")
    follow(page, page.get_by_role("link", name="Leg deze vergadering vast"))
    expect(page.locator(".lead")).to_contain_text("Alle 33 leden staan op geen bezwaar. Dat is geen positie.")
    _fill(page)
    follow(page, page.get_by_role("button", name="Leg de vergadering vast"))
    _mend(page)
    confirm = _recorded(page)
    page.context.close()
    _confirmed(browser, demo, confirm)
    _shown_everywhere(demo, gathering[1])


def _fill(page: Page) -> None:
    """Who was not there, the source, two outcomes, a departing position without its reason and a remark."""
    write(page, page.locator("#telt-afwezig"), "2")
    pick(page, page.get_by_label("Laren"), "met bericht")
    pick(page, page.locator("#bewijs"), "verslag")
    plan, progress = item(page, PLAN), item(page, PROGRESS)
    pick(page, asked(plan, "uitkomst"), "vastgesteld")
    press(page, plan.get_by_label("Laadpalen"))
    press(page, plan.locator("summary", has_text="Wie zei iets?"))
    pick(page, asked(plan, "r0-lid"), "Almere")
    pick(page, asked(plan, "r0-wat"), "wijkt af")
    pick(page, asked(plan, "r0-onderdeel"), "Laadpalen")
    pick(page, asked(plan, "r1-lid"), "Purmerend")
    pick(page, asked(plan, "r1-wat"), "kanttekening")
    pick(page, asked(progress, "uitkomst"), "kennisgenomen")


def _mend(page: Page) -> None:
    """Every fault is told at once, each leads to its field, and nothing that was typed is lost; then the difference."""
    faults = page.locator(".notice-fault")
    expect(faults).to_contain_text("Er zijn 2 dingen die nog niet kloppen. Er is niets vastgelegd.")
    expect(faults).to_contain_text("Wie afwijkt, een voorbehoud maakt of niet meedoet zegt waarom")
    expect(page.get_by_label("Laren")).to_have_value("met")
    plan = item(page, PLAN)
    follow(page, faults.get_by_role("link").first)
    write(page, asked(plan, "r0-tekst"), REASON)
    write(page, asked(plan, "r1-tekst"), REMARK)
    follow(page, page.get_by_role("button", name="Leg de vergadering vast"))
    expect(faults).to_contain_text("Bevestig het verschil, of verbeter het.")
    press(page, page.get_by_label("De bron telt 2 afwezig, hier staan er 1."))
    follow(page, page.get_by_role("button", name="Leg de vergadering vast"))


def _recorded(page: Page) -> str:
    """The summary: each line a link, not yet confirmed; the address at which that is done."""
    expect(page.locator(".notice-good")).to_contain_text("regels wachten op een tweede persoon")
    expect(page.locator("main")).to_contain_text("32 leden aanwezig. Afwezig: Laren.")
    line = page.locator(".recorded li", has_text="Almere: wijkt af. Onderdeel: Laadpalen.")
    expect(line).to_contain_text("nog niet bevestigd")
    expect(line.get_by_role("link", name="Almere: wijkt af.")).to_have_attribute("href", re.compile("^/besluiten/"))
    return str(page.get_by_role("link", name="bevestig deze vergadering").get_attribute("href"))


def _confirmed(browser: Browser, demo: Demo, confirm: str) -> None:
    page = without_script(browser, demo, SECOND).new_page()
    page.goto(demo.address + confirm)
    expect(page.locator("form.form")).to_contain_text(REASON)
    press(page, page.get_by_label(f"Dit klopt met de bron: {PLAN}"))
    press(page, page.get_by_label(f"Dit klopt met de bron: {PROGRESS}"))
    follow(page, page.get_by_role("button", name="Bevestig"))
    expect(page.locator("main")).to_contain_text("Een tweede persoon bevestigde de regels")
    page.goto(demo.address + confirm)
    expect(page.locator(".lead")).to_contain_text("wacht niets op bevestiging")
    page.context.close()


def _shown_everywhere(demo: Demo, plan: str) -> None:
    """On the decision, the member and the matrix; who said nothing has no position, and a remark is none."""
    told = httpx.get(f"{demo.address}/besluiten/{plan}").text
    for sentence in (REASON, REMARK, "Geen bezwaar (aanwezig)"):
        assert sentence in told, sentence
    assert "nog niet bevestigd" not in told
    assert REASON in httpx.get(f"{demo.address}/leden/{ALMERE}").text
    positions = httpx.get(f"{demo.address}/api/v1/decisions/{plan}/positions").json()["items"]
    assert [each["member"] for each in positions] == [ALMERE]
    assert REASON not in httpx.get(f"{demo.address}/leden/{PURMEREND}").text
    matrix = JustHTML(httpx.get(f"{demo.address}/koers").text, sanitize=False)
    (row,) = (each for each in matrix.query(".matrix tbody tr") if f"/leden/{ALMERE}" in each.to_html())
    assert f"/besluiten/{plan}#positie-" in "".join(each.to_html() for each in row.query(".cell-departs"))


def test_three_members_speak_together_by_keyboard_and_it_stays_one_standpoint(
    browser: Browser, demo: Demo, gathering: tuple[str, str]
) -> None:
    page = without_script(browser, demo, CLERK).new_page()
    page.goto(f"{demo.address}/vastleggen/besluit/{gathering[1]}/standpunt")
    reach(page, page.get_by_role("radio", name="voor zichzelf"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="gezamenlijk")).to_be_checked()
    for name in ("Beverwijk", "Heemskerk", "Velsen"):
        press(page, page.get_by_role("checkbox", name=name))
    write(page, page.get_by_label("Het standpunt"), TOGETHER)
    write(page, page.get_by_label("Op welke dag?"), "21-3-2025")
    follow(page, page.get_by_role("button", name="Leg vast"))
    good = page.locator(".notice-good")
    expect(good).to_contain_text("Het telt één keer voor elk van deze leden: Beverwijk, Heemskerk en Velsen.")
    page.goto(f"{demo.address}/besluiten/{gathering[1]}")
    expect(page.locator("article.card", has_text=TOGETHER)).to_have_count(1)
    for code in ("gm0375", "gm0396", "gm0453"):
        assert TOGETHER in httpx.get(f"{demo.address}/leden/{code}").text
    page.context.close()


def test_the_summary_keeps_nobody_out(browser: Browser, demo: Demo, gathering: tuple[str, str]) -> None:
    for width in (1280, 390):
        page = signed_in(browser, demo, CLERK, width).new_page()
        page.goto(f"{demo.address}/vastleggen/vergadering/{gathering[0]}")
        plan = item(page, PLAN if width == 1280 else PROGRESS)
        asked(plan, "uitkomst").select_option("noted")
        page.get_by_role("button", name="Leg de vergadering vast").click()
        expect(page.locator(".notice-good")).to_contain_text("op een tweede persoon")
        said = Axe().run(page, options=RULES).response
        assert [rule["id"] for kind in ("violations", "incomplete") for rule in said[kind]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()


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
