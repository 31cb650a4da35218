"""What stands in a cell can be read back, and no spreadsheet runs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exchange.cells import cell, guarded, listed, parted, unguarded

SIGNS = st.text(alphabet="'=+-@\t\r\n \uff1d\uff20ab;\\", max_size=12)
RUNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@given(st.one_of(st.text(), SIGNS))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.one_of(st.text(), SIGNS))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert guarded(text).lstrip(" ")[:1] not in tuple(RUNS)


@given(SIGNS, SIGNS)
def test_two_texts_never_become_one(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", " =1", "\t=1", "'=1", "''-"])
def test_what_runs_gets_one_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "2025-03-03", "gm0363", "'s-Gravenhage", "https://example.org/?a=1", "één - twee"]
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(st.lists(st.one_of(st.text(min_size=1), SIGNS.filter(bool)), max_size=5))
def test_several_values_in_a_cell_come_back_as_they_were(values: list[str]) -> None:
    assert parted(listed(values)) == tuple(values)


def test_nothing_is_an_empty_cell_and_so_is_no_number_but_none() -> None:
    assert [cell(value) for value in (None, 0, 12, True, "")] == ["", "0", "12", "true", ""]
