"""docs/exchange.md has every column and every field, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from api.exchange.popolo.files import FILES
from api.exchange.tables import COLUMNS
from tests.exchange.reading import Export

DOCS = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([a-z_]+)\.(csv|json)` \| `([a-z_]+)` \| (.+) \|$", DOCS, re.MULTILINE)


def test_every_column_has_its_words_in_the_order_of_the_table() -> None:
    assert [(file, name) for file, ext, name, _ in ROWS if ext == "csv"] == [
        (table, column) for table, columns in COLUMNS.items() for column in columns
    ]


def test_every_field_of_popolo_has_its_words(told: Export) -> None:
    documented = {(file, name) for file, ext, name, _ in ROWS if ext == "json"}
    written = {(file, name) for file in FILES for each in told.popolo(file) for name in each}
    assert written <= documented
    # What the history does not have: a seat with an end or a source, a meeting with a title, a ballot in a meeting.
    seldom = {
        ("vote_events", "legislative_session_id"),
        ("posts", "end_date"),
        ("posts", "sources"),
        ("events", "name"),
        ("organizations", "other_names"),
    }
    assert documented - written <= seldom
