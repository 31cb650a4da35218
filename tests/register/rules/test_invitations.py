"""Invitations: who is asked for a view again may answer, decline or stay silent again, each time on its own."""

from __future__ import annotations

from register.decisions import consultation_refusals as no
from tests.given import given
from tests.register.heard_examples import invited, missed, view
from tests.register.lines import CLERK, Line, decision, on

AGAIN = on("view-invitations", CLERK, "j", parties=["gm0362-raad"], **{"from": "2022-05-17", "until": "2022-07-12"})


def declined(day: str) -> Line:
    return on("views-declined", CLERK, party="gm0362-raad", on=day)


def test_who_answered_the_first_invitation_can_miss_the_second() -> None:
    told = given(decision(), invited(), view(), AGAIN)
    told.when(missed(invitation="{j#seq}")).then("view.missed")
    told.when(missed()).then_refused(no.ViewWasReceived, field="party")


def test_who_declined_the_first_invitation_can_decline_the_second_once() -> None:
    told = given(decision(), invited(), declined("2021-06-01"), AGAIN)
    told.when(declined("2021-06-02")).then_refused(no.DeclinedBefore, field="party")
    twice = told.when(declined("2022-06-01")).then("view.declined")
    assert len(twice.decision().declined) == 2
