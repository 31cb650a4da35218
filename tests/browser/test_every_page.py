"""What holds on every page: nobody is kept out, nothing scrolls sideways, nothing fails, every fact leads to its entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from justhtml import JustHTML
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import Demo
from tests.browser.screenshots import signed_in
from tests.browser.stops import CLERK, REPRESENTATIVE, SECOND, Stop, address, arrived, stops

ACCOUNTS = (None, REPRESENTATIVE, CLERK, SECOND)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}


class Visit(msgspec.Struct):
    """What was seen of one page."""

    name: str
    findings: list[str]
    console: list[str]


def visited(demo: Demo, account: str | None) -> list[Stop]:
    return [stop for stop in stops(demo) if stop.account == account]


def opened(context: BrowserContext, demo: Demo, stop: Stop, lang: str) -> tuple[Page, list[str]]:
    page, told = context.new_page(), list[str]()
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    arrived(page, demo, stop, lang)
    return page, told


@pytest.fixture(scope="module", params=(1280, 390), ids=("wide", "narrow"))
def visits(request: pytest.FixtureRequest, browser: Browser, demo: Demo) -> list[Visit]:
    """Every page at one width, read once by axe and listened to."""
    axe, made = Axe(), list[Visit]()
    for account in ACCOUNTS:
        context = signed_in(browser, demo, account, int(request.param))
        for stop in visited(demo, account):
            for lang in ("nl", "en"):
                page, console = opened(context, demo, stop, lang)
                said: dict[str, Any] = axe.run(page, options=RULES).response
                page.close()
                made.append(Visit(f"{stop.name} {lang}", list(_findings(said)), _unexpected(console, stop)))
        context.close()
    return made


def _findings(said: dict[str, Any]) -> Iterator[str]:
    for kind in ("violations", "incomplete"):
        for rule in said[kind]:
            for node in rule["nodes"]:
                yield f"{kind}: {rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"


def _unexpected(console: list[str], stop: Stop) -> list[str]:
    """A browser says on the console that a page that is not there is not there, and that what was sent was refused."""
    expected = ({stop.status} - {200}) | ({422} if stop.sent else set())
    return [line for line in console if not any(f"status of {status}" in line for status in expected)]


def test_axe_finds_nothing_and_is_sure_of_it(visits: list[Visit]) -> None:
    assert {visit.name: visit.findings for visit in visits if visit.findings} == {}


def test_nothing_is_said_on_the_console(visits: list[Visit]) -> None:
    assert {visit.name: visit.console for visit in visits if visit.console} == {}


@pytest.mark.parametrize("account", ACCOUNTS, ids=("anyone", "representative", "clerk", "second"))
def test_nothing_scrolls_sideways_on_the_narrowest_screen(browser: Browser, demo: Demo, account: str | None) -> None:
    context = signed_in(browser, demo, account, 320)
    too_wide = []
    for stop in visited(demo, account):
        for lang in ("nl", "en"):
            page, _ = opened(context, demo, stop, lang)
            wide = int(page.evaluate("document.documentElement.scrollWidth"))
            if wide > 320:
                too_wide.append(f"{stop.name} {lang}: {wide}")
            page.close()
    context.close()
    assert too_wide == []


def test_nothing_scrolls_sideways_when_letters_and_lines_are_spaced_out(browser: Browser, demo: Demo) -> None:
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
        " p { margin-bottom: 2em !important; }"
    )
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    too_wide = []
    for stop in visited(demo, None):
        page, _ = opened(context, demo, stop, "nl")
        page.add_style_tag(content=spacing)
        wide = int(page.evaluate("document.documentElement.scrollWidth"))
        if wide > 320:
            too_wide.append(f"{stop.name}: {wide}")
        page.close()
    context.close()
    assert too_wide == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=("anyone", "representative", "clerk", "second"))
def test_every_page_is_well_formed_and_says_its_language(browser: Browser, demo: Demo, account: str | None) -> None:
    context = signed_in(browser, demo, account, 1280)
    cookies = {each.get("name", ""): each.get("value", "") for each in context.cookies()}
    context.close()
    for stop in visited(demo, account):
        for lang in ("nl", "en"):
            answer = httpx.get(address(demo, stop, lang), cookies=cookies)
            read = JustHTML(answer.text, sanitize=False, collect_errors=True)
            assert [str(error) for error in read.errors] == [], f"{stop.name} {lang}"
            assert f'<html lang="{lang}">' in answer.text
            assert answer.headers["content-language"] == lang
            ids = values(read, "[id]", "id")
            assert len(ids) == len(set(ids)), f"{stop.name}: an id stands there twice"
            assert " style=" not in answer.text, stop.name
            assert "<script" not in answer.text, stop.name


def parsed(demo: Demo, stop: Stop, lang: str = "nl") -> JustHTML:
    return JustHTML(httpx.get(address(demo, stop, lang)).text, sanitize=False)


def values(page: JustHTML, selector: str, name: str) -> list[str]:
    return [value for node in page.query(selector) if node.attrs and (value := node.attrs.get(name)) is not None]


def test_every_target_of_a_link_within_a_page_is_there(demo: Demo) -> None:
    for stop in visited(demo, None):
        page = parsed(demo, stop)
        inner = {href[1:] for href in values(page, "a[href^='#']", "href")}
        assert inner <= set(values(page, "[id]", "id")), stop.name


def test_every_link_to_another_page_leads_somewhere(demo: Demo) -> None:
    wanted: dict[str, str] = {}
    for stop in visited(demo, None):
        for lang in ("nl", "en") if stop.status == 200 else ():
            hrefs = values(parsed(demo, stop, lang), "a[href^='/']", "href")
            wanted |= {href.partition("#")[0]: stop.name for href in hrefs}
    with httpx.Client(base_url=demo.address) as client:
        missing = [
            f"{name}: {href} {status}"
            for href, name in sorted(wanted.items())
            if href and (status := client.get(href).status_code) not in {200, 303}
        ]
    assert missing == []


def test_every_fact_on_a_page_leads_to_its_entry(demo: Demo) -> None:
    last = httpx.get(f"{demo.address}/api/v1/events?limit=1").json()["position"]
    marked = 0
    for stop in visited(demo, None):
        page = parsed(demo, stop)
        positions = [int(each) for entries in values(page, "[data-entry]", "data-entry") for each in entries.split()]
        assert all(0 <= position <= last for position in positions), stop.name
        marked += len(positions)
        # Whatever shows a stance, an outcome with its source, or a standpoint stands inside something that names its entry.
        for selector in (".chip-departs", ".chip-reserves", ".chip-apart", "article.card", ".from"):
            for node in page.query(f"main table {selector}, main article{selector.removeprefix('article')}"):
                assert _traced(node), f"{stop.name}: {node.to_text()[:80]}"
    assert marked > 300


def _traced(node: Any) -> bool:  # noqa: ANN401  # a node of the parser
    while node is not None:
        if getattr(node, "attrs", None) and "data-entry" in node.attrs:
            return True
        node = node.parent
    return False


def test_printing_shows_the_page_without_its_controls(browser: Browser, demo: Demo) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, _ = opened(context, demo, visited(demo, None)[2], "nl")
    page.emulate_media(media="print")
    assert not page.locator(".menu").is_visible()
    assert not page.locator(".asof").first.is_visible()
    assert page.locator("h1").is_visible()
    context.close()
