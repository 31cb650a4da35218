"""Every rule says no when it must, in two languages, and the table of examples forgets none."""

from __future__ import annotations

import re

import pytest

from register.faults import BodyRefused
from register.intake import read_fields
from register.refusals import Refused
from tests.register.example import Example
from tests.register.lines import Line
from tests.register.refusal_examples import EXAMPLES, rules
from tests.register.region import ACCOUNTS, REGION
from tests.register.rules.reading_lines import Teller, region
from tests.register.rules.told import Told


@pytest.fixture(scope="module")
def base() -> Told:
    return region()


def named(example: Example) -> str:
    return example.code


def before(example: Example, base: Told) -> Teller:
    teller = Teller(base.copy())
    for line in example.given:
        teller.tell(line)
    return teller


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_rule_refuses_its_example_and_nothing_is_recorded(example: Example, base: Told) -> None:
    teller = before(example, base)
    states = dict(teller.told.states)
    with pytest.raises(Refused) as refused:
        teller.tell(example.asked)
    found = [refusal for refusal in refused.value.refusals if type(refusal) is example.rule]
    assert found, refused.value
    assert found[0].field == example.field
    assert teller.told.states == states


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_refusal_is_a_whole_sentence_in_both_languages(example: Example, base: Told) -> None:
    teller = before(example, base)
    with pytest.raises(Refused) as refused:
        teller.tell(example.asked)
    (refusal, *_) = (each for each in refused.value.refusals if type(each) is example.rule)
    dutch, english = refusal.sentence("nl"), refusal.sentence("en")
    assert dutch != english
    for sentence in (dutch, english):
        assert not re.search(r"[{}]|  |\n", sentence)
        assert sentence.endswith(".")
        assert "{what}" not in english.replace(refusal.what, "")


@pytest.mark.parametrize("example", [each for each in EXAMPLES if not each.schema], ids=named)
def test_a_body_over_http_comes_as_far_as_the_rule(example: Example, base: Told) -> None:
    teller = before(example, base)
    target = teller.target(example.asked)
    assert read_fields(target.body, target.kind, target.fixed, "nl").fact.TYPE == target.kind.TYPE


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.schema and not each.asked.post.startswith("(")], ids=named
)
def test_a_rule_said_to_lie_behind_the_schema_cannot_be_reached_by_a_body(example: Example, base: Told) -> None:
    target = before(example, base).target(example.asked)
    chosen = {"mandate": "00000000-0000-4000-8000-000000000000"} if "mandate" in target.body else {}
    with pytest.raises(BodyRefused):
        read_fields(target.body, target.kind, {**target.fixed, **chosen}, "nl")


def test_every_rule_has_an_example() -> None:
    assert {rule.__qualname__ for rule in rules()} - {example.rule.__qualname__ for example in EXAMPLES} == set()


def test_each_rule_has_a_code_of_its_own() -> None:
    codes = [rule().code for rule in rules()]
    assert len(set(codes)) == len(codes)


def test_no_two_examples_establish_the_same_code() -> None:
    """So that they can be told one after the other to one register."""
    told = [(line.post, str(code)) for example in EXAMPLES for line in example.given if (code := _established(line))]
    assert len(set(told)) == len(told)
    assert not set(told) & {(line.post, str(_established(line))) for line in REGION}


def _established(line: Line) -> object:
    return (
        line.body.get("code" if line.post in {"/bodies", "/parties", "/themes"} else "member")
        if line.post.count("/") == 1
        else None
    )


def test_every_account_of_an_example_is_known() -> None:
    lines = [line for example in EXAMPLES for line in (*example.given, example.asked)]
    assert {line.as_ for line in (*lines, *REGION)} - set(ACCOUNTS) == {"register"}
