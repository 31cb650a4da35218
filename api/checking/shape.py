"""The shape of a database: what its tables, functions and triggers are, held against a database that this version made."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from api.checking.entries import Asked
from api.checking.finding import Wrong

SHAPE = """
    WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname IN ('log', 'read')),
    tables AS (
        SELECT n.nspname || '.' || c.relname AS name, c.* FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
    )
    SELECT 'relation', name, '', concat_ws(' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity, relispartition,
           CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) WHEN relkind IN ('i', 'I') THEN pg_get_indexdef(oid) END)
    FROM tables WHERE relkind <> 't' AND (name LIKE 'log.%' OR relkind NOT IN ('i', 'I'))
    UNION ALL
    SELECT 'column', t.name, a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
           a.attidentity, pg_get_expr(d.adbin, d.adrelid))
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum WHERE t.relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT 'constraint', t.name, c.conname, concat_ws(' ', pg_get_constraintdef(c.oid), c.convalidated)
    FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid AND t.name LIKE 'log.%'
    UNION ALL
    SELECT 'trigger', t.name, g.tgname, concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)
    FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
    UNION ALL
    SELECT 'rule', t.name, r.rulename, pg_get_ruledef(r.oid)
    FROM tables t JOIN pg_rewrite r ON r.ev_class = t.oid AND t.relkind NOT IN ('v', 'm')
    UNION ALL
    SELECT 'policy', t.name, p.polname, concat_ws(' ', p.polcmd, pg_get_expr(p.polqual, p.polrelid))
    FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
    UNION ALL
    SELECT 'function', n.nspname || '.' || f.proname, pg_get_function_identity_arguments(f.oid),
           CASE WHEN f.prokind IN ('f', 'p') THEN pg_get_functiondef(f.oid) ELSE f.prokind::text END
    FROM pg_proc f JOIN ours n ON n.oid = f.pronamespace
    UNION ALL
    SELECT 'event trigger', evtname, '', evtenabled::text FROM pg_event_trigger
    ORDER BY 2, 1, 3
"""
"""Everything by which rows come to be otherwise than they are written, or are kept from being seen; not who may: `register doctor` tries that.

Of the read models every row is compared, so what only makes them fast is not looked at: their indexes and keys.
"""

Shape = dict[tuple[str, str, str], str]


def shaped(conn: Asked, conninfo: str) -> Iterator[Wrong]:
    """What is not as in a database that this version made, or is there only in one of the two."""
    with psycopg.connect(conninfo) as made:
        there, wanted = _shape(conn), _shape(made)
    for kind, name, part in sorted({*there, *wanted}):
        said, should = there.get((kind, name, part)), wanted.get((kind, name, part))
        if said != should:
            reason = "is missing" if said is None else "is nothing of this version" if should is None else "was changed"
            yield Wrong(name, f"its {kind} {part} {reason}" if part else f"is a {kind} that {reason}", key=kind)


def _shape(conn: Asked) -> Shape:
    return {(kind, name, part): said for kind, name, part, said in conn.execute(SHAPE)}
