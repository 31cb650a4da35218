"""Invitations and terms: who is asked again may answer, decline or stay silent again; no term is over before it was set."""

from __future__ import annotations

from register.decisions import consultation_refusals as no
from register.refusals import PeriodRunsBack
from tests.given import given
from tests.register.heard_examples import invited, missed, view
from tests.register.lines import CLERK, Line, decision, dossier, of_dossier, on

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


def test_no_advice_is_asked_and_nothing_promised_within_a_term_that_was_over() -> None:
    told = given(decision())
    asked = on("advice-requests", CLERK, body="mra-bestuur", on="2021-08-17", until="2021-07")
    told.when(asked).then_refused(PeriodRunsBack, field="until")
    voice = {"as": "own", "members": ["pv27"]}
    promised = on("undertakings", CLERK, text="Een nota.", voice=voice, on="2021-08-17", due="2020")
    told.when(promised).then_refused(PeriodRunsBack, field="due")
    told.when(on("undertakings", CLERK, text="Een nota.", voice=voice, on="2021-08-17", due="2021")).then(
        "undertaking.given"
    )


def test_a_step_can_be_influenced_until_some_weeks_before_it() -> None:
    step = {"step": 1, "plannedOn": "2021-09-01", "by": "mra-av", "until": "2021-08"}
    given(dossier()).when(of_dossier("routes", steps=[step])).then("route.planned")
