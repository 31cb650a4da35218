"""How a list of decisions is narrowed: one condition for each thing it may be asked by."""

from __future__ import annotations

from typing import LiteralString

from projections.at import At
from projections.decisions.row import Filter
from projections.reading import BEGUN, VALID, known

# The words are matched in every text of an entry that was known then; the last one may be the beginning of a word.
SAYS: LiteralString = """
    EXISTS (
        SELECT FROM read.texts t JOIN read.history h ON h.stream = t.stream AND h.seq = t.seq
        WHERE t.stream = r.stream AND {known}
        AND to_tsvector('dutch', coalesce(t.text, '')) @@ (
            regexp_replace(websearch_to_tsquery('dutch', %(q)s)::text, '''$', ''':*')
        )::tsquery
    ) OR lower(r.number) = lower(%(q)s)
"""

# Who was spoken for or dissents stands nowhere by that.
STANDS: LiteralString = (
    " AND s.about @> ARRAY[%(member)s::text] AND s.body->'voice'->>'as' <> 'namens'"
    " AND NOT coalesce(s.body->'voice'->'dissent', '[]') @> to_jsonb(%(member)s::text)"
)


def narrowed(where: Filter, at: At) -> tuple[LiteralString, dict[str, object]]:
    """The condition on rows `r` of read.decisions, and its arguments."""
    conditions: list[LiteralString] = ["NOT r.struck"]
    if where.q:
        conditions.append(f"({SAYS.replace('{known}', known(at, 'h'))})")
    if where.body:
        conditions.append("r.body_code = %(body)s")
    if where.outcome:
        conditions.append("r.outcome = %(outcome)s")
    if where.subject_class:
        conditions.append("r.class = %(class)s")
    if where.from_:
        conditions.append("r.acted_on >= %(from)s")
    if where.to:
        conditions.append("r.acted_on <= %(to)s")
    if where.stance or where.member:
        conditions.append(f"({_spoken(where, at)})")
    arguments: dict[str, object] = {
        "q": where.q,
        "body": where.body,
        "member": where.member,
        "stance": where.stance,
        "outcome": where.outcome,
        "class": where.subject_class,
        "from": where.from_,
        "to": where.to,
    }
    return " AND ".join(conditions), arguments


def _spoken(where: Filter, at: At) -> LiteralString:
    """With a stance: somebody, or that member, stands so on the day. With a member alone: any fact names it."""
    if where.stance:
        return _exists("course", f"s.stance = %(stance)s{STANDS if where.member else ''}", VALID, at)
    names: LiteralString = "s.about @> ARRAY[%(member)s::text]"
    tables: tuple[LiteralString, ...] = ("decisions_facts", "consultation", "course", "standpoints")
    return " OR ".join([_exists(table, names, BEGUN, at) for table in tables])


def _exists(table: LiteralString, condition: LiteralString, days: LiteralString, at: At) -> LiteralString:
    of_day = days.replace("r.", "s.")
    return (
        f"EXISTS (SELECT FROM read.{table} s"  # literals only
        f" WHERE s.stream = r.stream AND {known(at, 's')} AND {of_day} AND {condition})"
    )
