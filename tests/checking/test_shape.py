"""Whatever makes rows otherwise than they are written is named: a function, a trigger, a column, an index, a rule, a policy."""

from __future__ import annotations

import pytest

from tests.checking.conftest import Kept, told

MOST = 3
"""A column or a table is one thing, and with what PostgreSQL makes beside it another."""


@pytest.mark.parametrize(
    ("statement", "back", "where", "reason"),
    [
        (
            "ALTER TABLE log.events ADD COLUMN extra text DEFAULT 'words'",
            "ALTER TABLE log.events DROP COLUMN extra",
            "log.events",
            "its column extra is nothing of this version",
        ),
        (
            "ALTER TABLE log.events DISABLE TRIGGER entries_are_for_ever",
            "ALTER TABLE log.events ENABLE TRIGGER entries_are_for_ever",
            "log.events",
            "its trigger entries_are_for_ever was changed",
        ),
        (
            "CREATE RULE quiet AS ON DELETE TO log.openings DO INSTEAD NOTHING",
            "DROP RULE quiet ON log.openings",
            "log.openings",
            "its rule quiet is nothing of this version",
        ),
        (
            "CREATE POLICY all_of_it ON log.events USING (true)",
            "DROP POLICY all_of_it ON log.events",
            "log.events",
            "its policy all_of_it is nothing of this version",
        ),
        (
            "CREATE TABLE read.notes (words text)",
            "DROP TABLE read.notes",
            "read.notes",
            "is a relation that is nothing of this version",
        ),
        (
            "CREATE SEQUENCE log.counter",
            "DROP SEQUENCE log.counter",
            "log.counter",
            "is a relation that is nothing of this version",
        ),
        (
            "CREATE FUNCTION log.appended_too() RETURNS void LANGUAGE sql AS ''",
            "DROP FUNCTION log.appended_too()",
            "log.appended_too",
            "is a function that is nothing of this version",
        ),
        (
            "ALTER FUNCTION log.withdrawn_by(bytea) COST 7",
            "ALTER FUNCTION log.withdrawn_by(bytea) COST 100",
            "log.withdrawn_by",
            "its function entry bytea, OUT stream uuid, OUT seq integer, OUT field text was changed",
        ),
    ],
)
def test_what_was_done_to_the_shape_of_the_database_is_named(
    kept: Kept, statement: str, back: str, where: str, reason: str
) -> None:
    with kept.changed(statement, back):
        result = kept.verify()
    *wrong, checked = told(result)
    assert result.exit_code == 1
    assert {(each["where"], each["reason"]) for each in wrong} >= {(where, reason)}
    assert checked["wrong"] == len(wrong) <= MOST
