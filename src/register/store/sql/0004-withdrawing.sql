-- Withdrawing a text: its opening goes in the transaction that appends the entry which says so, and in no other way.
-- The functions that delete belong to a role of their own, which nobody can become: see grants.sql.

-- The few entries that withdraw something, so that they are found without reading the log.
CREATE INDEX withdrawals ON log.events (position) WHERE type = 'disclosure.withdrawn';

-- The place that an entry withdraws; nothing when it is an entry of another type.
CREATE FUNCTION log.withdrawn_by(entry bytea, OUT stream uuid, OUT seq integer, OUT field text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (said #>> '{data,of,id}')::uuid, (said #>> '{data,of,seq}')::integer, said #>> '{data,of,field}'
    FROM (SELECT convert_from(entry, 'UTF8')::jsonb AS said) AS read
    WHERE said ->> 'type' = 'disclosure.withdrawn';
$$;

-- Deletes the one opening that the entry at a position withdraws. True when it was still there;
-- called again it does nothing, so that a restore may apply the same entries once more.
CREATE FUNCTION log.withdraw(at bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place record;
BEGIN
    SELECT w.* INTO place FROM log.events e, log.withdrawn_by(e.entry) w
    WHERE e.position = at AND e.type = 'disclosure.withdrawn';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % withdraws no text', at USING ERRCODE = 'restrict_violation';
    END IF;
    DELETE FROM log.openings o WHERE (o.stream, o.seq, o.field) = (place.stream, place.seq, place.field);
    RETURN FOUND;
END $$;

-- The same for every entry of the log; how many texts were still there.
CREATE FUNCTION log.withdraw_all() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        DELETE FROM log.openings o USING log.events e, log.withdrawn_by(e.entry) w
        WHERE e.type = 'disclosure.withdrawn' AND (o.stream, o.seq, o.field) = (w.stream, w.seq, w.field)
        RETURNING 1
    )
    SELECT count(*) FROM gone;
$$;

CREATE FUNCTION log.withdraw_appended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM log.withdraw(new.position);
    RETURN NULL;
END $$;

-- However an entry came in, through log.append or in a restore.
CREATE TRIGGER withdrawn_texts_go AFTER INSERT ON log.events
    FOR EACH ROW WHEN (new.type = 'disclosure.withdrawn') EXECUTE FUNCTION log.withdraw_appended();

CREATE FUNCTION log.opening_was_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM log.events e, log.withdrawn_by(e.entry) w
        WHERE e.type = 'disclosure.withdrawn' AND (w.stream, w.seq, w.field) = (old.stream, old.seq, old.field)
    ) THEN
        RAISE EXCEPTION 'DELETE on log.openings is refused: no entry withdraws this text'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN old;
END $$;

-- Grants already keep everybody but the eraser from this; these hold against an owner and a superuser too.
CREATE TRIGGER openings_go_when_withdrawn BEFORE DELETE ON log.openings
    FOR EACH ROW EXECUTE FUNCTION log.opening_was_withdrawn();
CREATE TRIGGER openings_stay BEFORE UPDATE OR TRUNCATE ON log.openings
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse('withdraw a text by adding');

-- As it was in 0002, but the openings come before the entries.
CREATE OR REPLACE FUNCTION log.append(
    commands log.command_row[],
    entries  log.entry_row[],
    guards   log.guard_row[],
    openings log.opening_row[],
    OUT outcome  text,
    OUT first    bigint,
    OUT known    timestamptz,
    OUT culprits uuid[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    n       integer := cardinality(entries);
    counted integer := 0;
    falling boolean := false;  -- a time before that of an earlier entry
    stored  integer;
    latest  timestamptz;
    command log.command_row;
BEGIN
    -- From here until the end of the transaction this is the only writer of the log.
    SELECT h.next, h.known INTO STRICT first, known FROM log.head h FOR UPDATE;

    -- Looked up one by one through the index: planned on a young table, a join would read it whole for ever.
    SELECT array_agg(g.stream) INTO culprits FROM unnest(guards) AS g
    WHERE g.version <> coalesce(
        (SELECT e.seq FROM log.events e WHERE e.stream = g.stream ORDER BY e.seq DESC LIMIT 1), 0);
    IF culprits IS NOT NULL THEN
        outcome := 'stale';
        RETURN;
    END IF;

    FOREACH command IN ARRAY commands LOOP
        IF command.time > clock_timestamp() + interval '5 seconds' THEN
            outcome := 'ahead';
            RETURN;
        END IF;
        IF command.count > 0 THEN  -- a command without entries makes nothing known
            falling := falling OR command.time < latest;
            latest := greatest(latest, command.time);
        END IF;
        ASSERT command.before = counted, 'the entries of a batch are not those of its commands';
        counted := counted + command.count;
    END LOOP;
    ASSERT counted = n, 'the entries of a batch are not those of its commands';

    INSERT INTO log.commands (cause, first, count, at, request_hash, account)
    SELECT c.cause, first + c.before, c.count, c.time, c.request_hash, c.account
    FROM unnest(commands) AS c
    ON CONFLICT (cause) DO NOTHING;
    GET DIAGNOSTICS stored = ROW_COUNT;
    IF stored < cardinality(commands) THEN  -- the others of the batch must not stay: undo by an error
        RAISE EXCEPTION 'a command of this batch was stored before' USING ERRCODE = 'RG001';
    END IF;

    -- Before the entries: an entry of this batch that withdraws a text finds it, also when it came in this batch.
    IF cardinality(openings) > 0 THEN
        INSERT INTO log.openings (stream, seq, field, disclosure) SELECT o.* FROM unnest(openings) AS o;
    END IF;

    INSERT INTO log.events (position, time, known, stream, cause, seq, v, kind, type, entry)
    SELECT first + e.i - 1, e.time,
           CASE WHEN falling
               THEN greatest(known, (SELECT max(p.time) FROM unnest(entries[:e.i]) AS p))
               ELSE greatest(known, e.time)
           END,
           e.stream, e.cause, e.seq, e.v, e.kind, e.type, e.entry
    FROM unnest(entries) WITH ORDINALITY AS e (stream, cause, time, seq, v, kind, type, entry, i);

    IF n > 0 THEN
        UPDATE log.head AS h SET next = first + n, known = greatest(known, latest);
        PERFORM pg_notify('register_log', (first + n - 1)::text);
    END IF;
    outcome := 'stored';
END $$;

REVOKE ALL ON FUNCTION log.withdrawn_by, log.withdraw, log.withdraw_all, log.withdraw_appended, log.opening_was_withdrawn FROM PUBLIC;
