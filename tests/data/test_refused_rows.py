"""What people said in public and no member decided: the register refuses to make a position of it, and says why."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from register.decisions.refusals import NotOnTheList, OutsideHasNoSeat
from register.decisions.standing_refusals import InterviewIsNoPosition
from register.refusals import Refusal, Refused, UnknownMember
from tests.data.history import Line
from tests.data.told import Told

INTERVIEW = (
    "Een opmerking in een interview is geen positie; nodig is een stem, besluit, brief, zienswijze of uitspraak in een "
    "vergadering."
)
ROW_16 = (
    "https://www.at5.nl/artikelen/219647/kritiek-burgemeester-almere-op-samenwerking-in-metropool-amsterdam-let-nou-op"
)
ROW_18 = (
    "https://www.nhnieuws.nl/nieuws/326178/amsterdam-tegen-de-rest-in-metropool-nieuwe-zoektocht-naar-een-wij-gevoel"
)
ROW_22 = (
    "https://zaanstreek.sp.nl/nieuws/2021/04/spers-in-heel-noord-holland-stop-de-oude-politiek-van-de-bestuurderslobby"
)


def refused(mra: Told, post: str, body: dict[str, Any]) -> tuple[Refusal, ...]:
    """Every rule that a request of the clerk breaks; nothing of it is recorded."""
    before = copy.copy(mra.streams)
    with pytest.raises(Refused) as refusal:
        mra.record(Line(name="geweigerd", as_="redactie", post=post, body=body), mra.acting("redactie"))
    assert mra.streams == before
    return refusal.value.refusals


def remark(member: str, stance: str, at: str) -> dict[str, Any]:
    return {
        "member": member,
        "stance": stance,
        "voice": {"as": "own", "layer": "executive"},
        "reasonMissing": "not-given",
        "on": "2023",
        "evidence": [{"act": "interview", "grade": "press", "at": at}],
    }


def test_row_16_a_mayor_who_says_that_it_is_not_yet_a_position_has_none(mra: Told) -> None:
    body = remark("gm0034", "undecided", ROW_16)
    (refusal,) = refused(mra, "/decisions/{samenwerkingsafspraken}/positions", body)
    assert isinstance(refusal, InterviewIsNoPosition)
    assert (refusal.field, refusal.sentence("nl")) == ("evidence", INTERVIEW)
    assert refusal.sentence("en").startswith("A remark in an interview is no position")


@pytest.mark.parametrize("member", ["gm0363", "gm0402"])
def test_row_18_two_aldermen_who_differ_in_public_give_their_members_no_position(mra: Told, member: str) -> None:
    body = remark(member, "departs", ROW_18)
    (refusal,) = refused(mra, "/decisions/{samenwerkingsafspraken}/positions", body)
    assert isinstance(refusal, InterviewIsNoPosition)
    assert refusal.sentence("nl") == INTERVIEW


def test_row_22_a_branch_of_a_party_is_no_member(mra: Told) -> None:
    body = remark("sp-zaanstreek", "departs", ROW_22)
    body["evidence"][0]["act"] = "none-stated"
    refusals = refused(mra, "/decisions/{samenwerkingsafspraken}/positions", body)
    (refusal,) = [each for each in refusals if isinstance(each, UnknownMember)]
    assert refusal.sentence("nl") == "Het register kent geen lid met code sp-zaanstreek."


def test_row_22_who_speaks_from_outside_takes_no_position(mra: Told) -> None:
    body = remark("gm0479", "departs", ROW_22)
    body["voice"] = {"as": "outside", "parties": ["gm0479-raad-g2"]}
    body["evidence"][0]["act"] = "none-stated"
    refusals = refused(mra, "/decisions/{samenwerkingsafspraken}/positions", body)
    (refusal,) = [each for each in refusals if isinstance(each, OutsideHasNoSeat)]
    assert refusal.sentence("nl").startswith("Wie van buiten spreekt heeft geen zetel")


def test_row_22_who_speaks_from_outside_speaks_for_no_member(mra: Told) -> None:
    body = {
        "voice": {"as": "outside", "members": ["gm0450"]},
        "text": "Bewoners zijn tegen een sterkere MRA.",
        "on": "2021-09",
        "evidence": [
            {"act": "none-stated", "grade": "press", "at": "https://www.haarlemsdagblad.nl/cnt/dmf20210910_80407021"}
        ],
    }
    (refusal,) = refused(mra, "/decisions/{samenwerkingsafspraken}/minority-standpoints", body)
    assert isinstance(refusal, OutsideHasNoSeat)
    assert refusal.sentence("nl").startswith("Wie van buiten spreekt heeft geen zetel")


def test_row_22_a_group_of_one_council_votes_in_no_other(mra: Told) -> None:
    body = {"ballot": 1, "votes": [{"voter": "gm0479-raad-g2", "choice": "against"}]}
    (refusal,) = refused(mra, "/decisions/{motie-stop-uitbreiding}/votes", body)
    assert isinstance(refusal, NotOnTheList)
    assert refusal.sentence("nl").startswith("gm0479-raad-g2 staat niet op de lijst van dit besluit")
