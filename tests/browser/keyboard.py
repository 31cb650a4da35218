"""Pages used with the keyboard alone: Tab to a thing by its name, then the keys that it takes."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

MOST_STEPS, MOST_ANSWERS = 400, 40


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there; fails when it never comes there."""
    expect(wanted).to_have_count(1)
    for _ in range(MOST_STEPS):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {wanted}")


def follow(page: Page, wanted: Locator) -> None:
    """Go to a link or a button and use it."""
    reach(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def write(page: Page, wanted: Locator, text: str) -> None:
    """Go to a field and write in it, instead of what is there."""
    reach(page, wanted)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def pick(page: Page, wanted: Locator, words: str) -> None:
    """Go to a list and choose by the first letters of an answer."""
    reach(page, wanted)
    page.keyboard.type(words)
    assert wanted.evaluate("each => each.selectedOptions[0].text").startswith(words)


def press(page: Page, wanted: Locator) -> None:
    """Go to a box or a heading that opens, and press the space bar."""
    reach(page, wanted)
    page.keyboard.press("Space")


def choose(page: Page, entered: Locator, wanted: Locator) -> None:
    """Go to a row of radio buttons, which is entered at the chosen one or the first, and go down or up to the wanted one."""
    reach(page, entered)
    page.keyboard.press("Space")
    for _ in range(MOST_ANSWERS):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys do not come to {wanted}")
