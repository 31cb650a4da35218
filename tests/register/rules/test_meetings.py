"""Meetings: planned, moved, held or cancelled, with their agenda and papers."""

from __future__ import annotations

from typing import Any

import pytest

from register.governance.refusals import BodyEnded
from register.meetings import refusals as no
from register.refusals import NotADay, NotYetHappened, UnknownBody, UnknownParty
from tests.given import given
from tests.register.lines import ADMIN, CLERK, Line, at, body_, item, line, meeting
from tests.register.rules.saying import fact

HELD = at("holding", on="2022-09-21")
NOWHERE = "/meetings/11111111-1111-4111-8111-111111111111"


def mended(of: str, instead: dict[str, object] | None = None, type_: str = "") -> Line:
    said = {"instead": {"type": type_, "data": instead}} if instead else {}
    return at("corrections", corrects=f"{{{of}#seq}}", kind="clerical", grounds="Vergissing.", **said)


def test_a_body_plans_a_meeting() -> None:
    after = given().when(meeting()).then(fact("meeting.planned", body="mra-av", plannedOn="2022-09-16"))
    assert after.meeting().body == "mra-av"


def test_only_a_body_that_sits_then_plans_a_meeting() -> None:
    given().when(meeting("niemand"), by="import").then_refused(UnknownBody, field="body")
    over = line("/bodies/regiegroep/dissolution", ADMIN, until="2021-12-21")
    given(body_("regiegroep"), over).when(meeting("regiegroep"), by="import").then_refused(BodyEnded, field="body")


def test_a_meeting_is_planned_once() -> None:
    given(meeting()).when(line("(meeting m)", CLERK, body="mra-av", plannedOn="2022-09-21")).then_refused(
        no.AlreadyPlanned
    )


@pytest.mark.parametrize(
    "what",
    ["cancellation", "holding", "reschedulings", "agenda-items", "agenda-item-withdrawals", "documents", "corrections"],
)
def test_nothing_happens_to_a_meeting_that_nobody_planned(what: str) -> None:
    bodies: dict[str, dict[str, Any]] = {
        "reschedulings": {"plannedOn": "2022-09-21"},
        "agenda-items": {"item": "5", "title": "Begroting"},
        "agenda-item-withdrawals": {"item": "5"},
        "documents": {"kind": "minutes", "state": "missing"},
        "corrections": {"corrects": 1, "kind": "clerical", "grounds": "Vergissing."},
    }
    given().when(line(f"{NOWHERE}/{what}", CLERK, **bodies.get(what, {}))).then_cites(no.NotPlanned)


def test_a_planned_day_moves_and_the_meeting_is_held_on_another() -> None:
    moved = given(meeting()).when(at("reschedulings", plannedOn="2022-09-21")).then("meeting.rescheduled")
    assert moved.when(HELD).then("meeting.held").meeting().held


def test_what_was_held_is_not_held_moved_or_cancelled_again() -> None:
    held = given(meeting(), HELD)
    for line_ in (HELD, at("reschedulings", plannedOn="2022-09-30"), at("cancellation")):
        held.when(line_).then_refused(no.AlreadyHeld)


def test_what_was_cancelled_is_not_held_moved_or_cancelled_again() -> None:
    cancelled = given(meeting(), at("cancellation", reason="Ziekte."))
    for line_ in (HELD, at("reschedulings", plannedOn="2022-09-30"), at("cancellation")):
        cancelled.when(line_).then_refused(no.Cancelled)


def test_a_meeting_was_held_before_today_on_a_day_that_exists() -> None:
    given(meeting()).when(at("holding", on="2026-11-22")).then_refused(NotYetHappened, field="on")
    given(meeting()).when(at("holding", on="2022-02-29")).then_refused(NotADay, field="on")


def test_who_was_there_and_who_was_not_is_known_and_named_once() -> None:
    absent = [{"member": "gm0402", "notice": True}]
    given(meeting()).when(at("holding", present=["gm0363", "pv27-ps-g1"], absent=absent)).then("meeting.held")
    given(meeting()).when(at("holding", present=["niemand"])).then_refused(UnknownParty, field="present.0")
    given(meeting()).when(at("holding", absent=[{"member": "niemand"}])).then_refused(
        UnknownParty, field="absent.0.member"
    )
    given(meeting()).when(at("holding", present=["gm0402"], absent=absent)).then_refused(
        no.PresentAndAbsent, field="absent.0.member"
    )
    given(meeting()).when(at("holding", present=["gm0402", "gm0402"])).then_refused(
        no.PresentAndAbsent, field="present.1"
    )


def test_an_agenda_item_stands_there_once_under_its_number_and_letter() -> None:
    given(meeting(), item()).when(item(letter="a")).then("agenda-item.placed")
    given(meeting(), item()).when(item()).then_refused(no.ItemTaken, field="item")
    given(meeting(), item(), at("agenda-item-withdrawals", item="5")).when(item()).then("agenda-item.placed")


def test_only_an_item_on_the_agenda_is_taken_off_it() -> None:
    given(meeting(), item()).when(at("agenda-item-withdrawals", item="5", letter="a")).then_refused(
        no.UnknownItem, field="item"
    )
    given(meeting(), item()).when(at("agenda-item-withdrawals", item="5")).then("agenda-item.withdrawn")


def test_a_public_paper_has_an_address_and_a_missing_one_has_none() -> None:
    paper = {"kind": "minutes", "at": "https://example.org/verslag.pdf"}
    given(meeting(), HELD).when(at("documents", state="public", **paper)).then("document.published")
    given(meeting(), HELD).when(at("documents", state="missing", **paper)).then_refused(
        no.PaperNeedsAddress, field="at"
    )
    given(meeting(), HELD).when(at("documents", state="public", kind="annex")).then_refused(
        no.PaperNeedsAddress, field="at"
    )
    given(meeting(), HELD).when(at("documents", state="on-request", kind="annex")).then("document.published")
    given(meeting(), item()).when(at("documents", state="missing", kind="annex", item="7")).then_refused(
        no.UnknownItem, field="item"
    )


def test_a_meeting_that_was_not_held_after_all_can_be_cancelled() -> None:
    held = given(meeting(), line("/meetings/{m}/holding", CLERK, "held", on="2022-09-21"))
    mended_ = held.when(mended("held")).then("meeting.corrected")
    assert not mended_.meeting().held
    mended_.when(at("cancellation")).then("meeting.cancelled")


def test_an_item_is_not_mended_away_under_what_happened_to_it() -> None:
    told = given(meeting(), line("/meetings/{m}/agenda-items", CLERK, "i", item="5", title="Begroting"))
    told.given(at("agenda-item-withdrawals", item="5")).when(mended("i")).then_breaks(no.UnknownItem)
    told.when(mended("i", {"item": "6", "title": "Begroting"}, "agenda-item.placed")).then_breaks(no.UnknownItem)
