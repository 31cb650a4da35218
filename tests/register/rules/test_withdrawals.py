"""What may be withdrawn, by whom, and that no text is asked for it."""

from __future__ import annotations

import pytest

from register.charter.facts import DisclosureWithdrawn
from register.charter.rules import Charter
from register.charter.withdrawing import NoTextThere, NothingThere
from register.refusals import NotYetHappened, NotYours, Refused
from tests.register.lines import CLERK, Line, correction, decision, member, outcome, withdrawn
from tests.register.rules.reading_lines import Teller, region
from tests.register.rules.told import CHARTER


@pytest.fixture
def teller() -> Teller:
    return Teller(region())


def refusals(teller: Teller, line: Line) -> list[type]:
    with pytest.raises(Refused) as refused:
        teller.tell(line)
    return [type(each) for each in refused.value.refusals]


def test_the_text_of_a_decision_is_withdrawn_in_the_stream_of_the_register(teller: Teller) -> None:
    teller.tell(decision(question="Akkoord?"))
    (said,) = teller.tell(withdrawn("question", instead="Akkoord …?"))
    assert isinstance(said.fact, DisclosureWithdrawn)
    assert said.fact.of.id == str(teller.made["d"].stream)
    charter = teller.told.states[CHARTER.id]
    assert isinstance(charter, Charter)
    assert charter.history[-1].fact == said.fact


def test_what_stands_in_place_of_a_text_may_be_withdrawn_too(teller: Teller) -> None:
    teller.tell(decision())
    teller.tell(withdrawn("title", instead="Begroting van J."))
    teller.tell(withdrawn("instead", of=str(CHARTER.id), seq=teller.made["w"].seq, instead="Begroting van …"))
    assert refusals(teller, withdrawn("instead", of=str(CHARTER.id), seq=1)) == [NoTextThere]


def test_a_text_that_was_corrected_may_be_withdrawn_and_so_may_the_one_in_its_place(teller: Teller) -> None:
    teller.tell(decision())
    teller.tell(outcome(note="Van mevrouw J."))
    teller.tell(correction("o", {"verb": "adopted", "on": "2023-03-24", "note": "Van J."}, "outcome.recorded"))
    last = len(teller.told.history(teller.made["d"].stream))
    teller.tell(withdrawn("note", seq=teller.made["o"].seq))
    teller.tell(withdrawn("instead.data.note", seq=last))
    assert refusals(teller, withdrawn("instead.data.verb", seq=last)) == [NoTextThere]


def test_what_ids_and_days_rest_on_stands_in_clear_and_cannot_be_withdrawn(teller: Teller) -> None:
    for field in ("id", "region.name", "contact", "vocabulary"):
        assert refusals(teller, withdrawn(field, of=str(CHARTER.id), seq=1)) == [NoTextThere]
    teller.tell(member("vb-new"))
    seq = len(teller.told.history(CHARTER.governance))
    assert refusals(teller, withdrawn("name", of=str(CHARTER.governance), seq=seq)) == [NoTextThere]


def test_a_stream_that_is_not_there_has_no_text(teller: Teller) -> None:
    assert refusals(teller, withdrawn("title", of="11111111-1111-4111-8111-111111111111")) == [NothingThere]


def test_nothing_is_withdrawn_on_a_day_that_is_still_to_come(teller: Teller) -> None:
    teller.tell(decision())
    assert refusals(teller, withdrawn("title", on="2027-01-01")) == [NotYetHappened]
    teller.tell(withdrawn("title", on="2026"))


def test_every_reason_why_not_is_told_at_once(teller: Teller) -> None:
    teller.tell(decision())
    assert len(refusals(teller, withdrawn("text", authority="vb-nobody", on="2027-01-01"))) == 3


@pytest.mark.parametrize("account", [CLERK, "colleague", "gm0363", "auditor"])
def test_only_an_administrator_withdraws(teller: Teller, account: str) -> None:
    teller.tell(decision())
    assert refusals(teller, withdrawn("title", as_=account)) == [NotYours]


@pytest.mark.parametrize("system", ["import", "register"])
def test_an_import_and_the_register_itself_may_withdraw(teller: Teller, system: str) -> None:
    teller.tell(decision())
    teller.tell(withdrawn("title", as_=system))


@pytest.mark.parametrize("authority", ["mra", "mra-av", "gm0363", "gm0457"])
def test_the_region_its_bodies_and_its_members_of_any_time_have_the_authority(teller: Teller, authority: str) -> None:
    teller.tell(decision())
    teller.tell(withdrawn("title", authority=authority))
