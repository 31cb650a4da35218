"""One question to the rows of other read models for each kind of gap; each answers stream, seq, position, n, of."""

from __future__ import annotations

# ruff: noqa: S608  # the queries are put together from literals only
from typing import LiteralString

from projections.at import At
from projections.completeness.row import Kind
from projections.reading import BEGUN, VALID, known

D: LiteralString = "decisions_facts"
M: LiteralString = "meetings_facts"


def told(
    at: At, table: LiteralString, fact: LiteralString, alias: LiteralString, more: LiteralString = "true"
) -> LiteralString:
    """The condition that there is such a row of the same stream."""
    return (
        f"EXISTS (SELECT FROM read.{table} {alias} WHERE {alias}.stream = r.stream AND {alias}.fact = '{fact}'"
        f" AND {_then(at, alias)} AND {more})"
    )


def _then(at: At, alias: LiteralString) -> LiteralString:
    return f"{known(at, alias)} AND {BEGUN.replace('r.', f'{alias}.')}"


def decided(at: At, missing: LiteralString) -> LiteralString:
    """Decisions of the day in which something is missing, as one gap each."""
    return (
        "SELECT r.stream, r.seq, r.position, 1 AS n, NULL::bigint AS of FROM read.decisions r"  # literals only
        f" WHERE {known(at)} AND {VALID} AND NOT r.struck AND {missing}"
    )


def _sources(at: At) -> LiteralString:
    """Each source of what was said in a decision, as it stands after corrections."""
    return f"SELECT FROM read.history h, jsonb_array_elements(h.body->'evidence') e WHERE h.stream = r.stream AND {known(at, 'h')}"


# Types that are about entries and not about what happened; a list of seats has governance for its source.
NEEDS_SOURCE: LiteralString = """
    h.body->>'type' NOT IN ('evidence.added', 'decision.confirmed', 'decision.corrected', 'decision.struck', 'decision.themed')
    AND NOT (h.body ? 'correctedBy' AND NOT h.body ? 'correctedTo')
    AND coalesce(h.body->'correctedTo', h.body->'data')->>'basis' IS DISTINCT FROM 'seats-in-force'
"""


def _without_evidence(at: At) -> LiteralString:
    """Decisions with facts for which no source is named: so many, of all that need one."""
    bare: LiteralString = "NOT h.body ? 'evidence' AND NOT coalesce(h.body->'correctedTo', h.body->'data') ? 'evidence'"
    return (
        "SELECT r.stream, min(h.seq) AS seq, min(h.position) AS position, count(*) FILTER (WHERE " + bare + ") AS n,"
        " count(*) AS of FROM read.decisions r JOIN read.history h ON h.stream = r.stream"
        f" WHERE {known(at)} AND {VALID} AND NOT r.struck AND {known(at, 'h')} AND {NEEDS_SOURCE}"
        f" GROUP BY r.stream HAVING count(*) FILTER (WHERE {bare}) > 0"
    )


def _unconfirmed(at: At) -> LiteralString:
    """Decisions with entries of a clerk or an import that nobody confirmed; who is a clerk is asked once, not for each entry."""
    clerks: LiteralString = (
        "SELECT g.body->>'mandate' FROM read.governance g WHERE g.fact = 'mandate'"
        f" AND g.about @> ARRAY[g.body->>'mandate'] AND g.body->>'role' = 'clerk' AND {known(at, 'g')}"
    )
    return (
        "SELECT r.stream, min(h.seq) AS seq, min(h.position) AS position, count(*) AS n, NULL::bigint AS of"
        " FROM read.decisions r CROSS JOIN LATERAL (SELECT coalesce(max((c.body->>'upTo')::integer), 0) AS seq"
        f" FROM read.decisions_facts c WHERE c.stream = r.stream AND c.fact = 'confirmation' AND {known(at, 'c')}) confirmed"
        " JOIN read.history h ON h.stream = r.stream AND h.seq > confirmed.seq"
        f" WHERE {known(at)} AND {VALID} AND NOT r.struck AND {known(at, 'h')}"
        " AND h.body->>'type' <> 'decision.confirmed'"
        f" AND (h.body->>'by' = 'import' OR h.body->>'by' IN ({clerks}))"
        " GROUP BY r.stream"
    )


def _names(at: At) -> LiteralString:
    """Ballots in which fewer voters are named than the source counted, choice by choice; what is said of the rest counts as named."""
    named: LiteralString = (
        "SELECT coalesce(sum(CASE WHEN b.body->>'unit' IN ('seat', 'weight') THEN coalesce((v->>'weight')::bigint, 1) ELSE 1 END), 0)"
        " FROM read.decisions_facts w, jsonb_array_elements(w.body->'votes') v WHERE w.stream = b.stream AND w.fact = 'votes'"
        f" AND w.body->'ballot' = b.body->'ballot' AND {_then(at, 'w')}"
        " AND replace(v->>'choice', 'not-voting', 'notVoting') = t.key"
    )
    return (
        "SELECT r.stream, b.seq, b.position, sum(greatest(t.value::bigint - (" + named + "), 0))::bigint AS n,"
        " sum(t.value::bigint)::bigint AS of"
        " FROM read.decisions r JOIN read.decisions_facts b ON b.stream = r.stream AND b.fact = 'ballot',"
        " jsonb_each_text(b.body->'stated') t"
        f" WHERE {known(at)} AND {VALID} AND NOT r.struck AND {_then(at, 'b')}"
        " AND b.body->>'names' NOT IN ('secret', 'not-public') AND t.key NOT IN ('blank', 'invalid')"
        " AND t.key <> coalesce(replace(b.body->>'rest', 'not-voting', 'notVoting'), '')"
        " GROUP BY r.stream, b.seq, b.position"
        " HAVING sum(greatest(t.value::bigint - (" + named + "), 0)) > 0"
    )


def _meetings(at: At, fact: LiteralString, missing: LiteralString) -> LiteralString:
    return (
        "SELECT r.stream, r.seq, r.position, 1 AS n, NULL::bigint AS of FROM read.meetings_facts r"
        f" WHERE r.fact = '{fact}' AND {known(at)} AND {BEGUN} AND {missing}"
    )


def _items(at: At) -> LiteralString:
    """Meetings that were held, with items on the agenda for which there is no decision with an outcome.

    A decision that is placed at an item without a letter settles every letter of it.
    """
    withdrawn: LiteralString = "coalesce((i.body->>'withdrawnOn')::date <= %(valid_on)s, false)"
    placed: LiteralString = (
        "SELECT unnest(p.about) AS meeting, p.body->>'item' AS item, p.body->>'letter' AS letter"
        " FROM read.decisions_facts p JOIN read.decisions d ON d.stream = p.stream"
        f" AND {known(at, 'd')} AND {VALID.replace('r.', 'd.')} AND NOT d.struck AND d.outcome IS NOT NULL"
        f" WHERE p.fact = 'placed' AND {_then(at, 'p')}"
    )
    whole: LiteralString = (
        "(i.stream::text, i.body->>'item') IN (SELECT meeting, item FROM placed WHERE letter IS NULL)"
    )
    lettered: LiteralString = (
        "(i.stream::text, i.body->>'item', coalesce(i.body->>'letter', ''))"
        " IN (SELECT meeting, item, letter FROM placed WHERE letter IS NOT NULL)"
    )
    items: LiteralString = (
        f"SELECT r.stream, i.seq, i.position, coalesce({whole}, false) OR coalesce({lettered}, false) AS settled"
        " FROM read.meetings_facts r JOIN read.meetings_facts i ON i.stream = r.stream AND i.fact = 'item'"
        f" WHERE r.fact = 'held' AND {known(at)} AND {BEGUN} AND {known(at, 'i')} AND NOT {withdrawn}"
    )
    return (
        f"WITH placed AS MATERIALIZED ({placed}), items AS MATERIALIZED ({items})"
        " SELECT stream, min(seq) AS seq, min(position) AS position, count(*) FILTER (WHERE NOT settled) AS n, count(*) AS of"
        " FROM items GROUP BY stream HAVING count(*) FILTER (WHERE NOT settled) > 0"
    )


def _overdue(at: At) -> LiteralString:
    """Meetings whose last possible planned day is over and that were neither held nor cancelled."""
    last: LiteralString = (
        "CASE WHEN r.body->>'plannedOn' LIKE '%%/%%' THEN split_part(r.body->>'plannedOn', '/', 2)::date"
        " WHEN length(r.body->>'plannedOn') = 4 THEN make_date((r.body->>'plannedOn')::integer, 12, 31)"
        " WHEN length(r.body->>'plannedOn') = 7 THEN ((r.body->>'plannedOn') || '-01')::date + interval '1 month' - interval '1 day'"
        " ELSE (r.body->>'plannedOn')::date END"
    )
    over = f"{last} < %(valid_on)s AND NOT {told(at, M, 'held', 'h')} AND NOT {told(at, M, 'cancelled', 'c')}"
    return _meetings(at, "planned", f"(r.valid_until IS NULL OR r.valid_until >= %(valid_on)s) AND {over}")


def questions(at: At) -> dict[Kind, LiteralString]:
    """The query of each kind that rows alone can answer."""
    has_outcome = told(at, D, "outcome", "o")
    minutes: LiteralString = "x.body->>'kind' IN ('minutes', 'decision-list') AND x.body->>'state' = 'public'"
    by_vote = told(at, D, "outcome", "o", "o.body->>'how' = 'vote'")
    papers = told(at, M, "document", "x", "x.body->>'state' <> 'missing'")
    return {
        "no-outcome": decided(at, f"NOT {has_outcome}"),
        "no-ballot": decided(at, f"{by_vote} AND NOT {told(at, D, 'ballot', 'b')}"),
        "no-justification": decided(at, f"{has_outcome} AND NOT {told(at, D, 'justification', 'j')}"),
        "press-only": decided(
            at, f"NOT EXISTS ({_sources(at)} AND e->>'grade' <> 'press') AND EXISTS ({_sources(at)})"
        ),
        "no-minutes": decided(
            at,
            f"EXISTS (SELECT FROM read.{D} p JOIN read.{M} h ON h.stream::text = p.body->>'meeting' AND h.fact = 'held'"
            f" AND {_then(at, 'h')} WHERE p.stream = r.stream AND p.fact = 'placed' AND {_then(at, 'p')}"
            f" AND NOT EXISTS (SELECT FROM read.{M} x WHERE x.stream = h.stream AND x.fact = 'document'"
            f" AND {_then(at, 'x')} AND {minutes}))",
        ),
        "no-evidence": _without_evidence(at),
        "not-confirmed": _unconfirmed(at),
        "names-missing": _names(at),
        "meeting-without-papers": _meetings(at, "held", f"NOT {papers}"),
        "items-without-decision": _items(at),
        "meeting-never-held": _overdue(at),
    }
