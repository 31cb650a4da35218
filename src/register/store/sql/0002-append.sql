-- A batch comes as rows: arrays of these types cost half of what an array for each column costs.
CREATE TYPE log.command_row AS (
    cause uuid, time timestamptz, request_hash bytea, account text, before integer, count integer
);
CREATE TYPE log.entry_row AS (
    stream uuid, cause uuid, time timestamptz, seq integer, v smallint, kind text, type text, entry bytea
);
CREATE TYPE log.guard_row AS (stream uuid, version integer);
CREATE TYPE log.opening_row AS (stream uuid, seq integer, field text, disclosure text);

-- The only way in: one call is one transaction, and stores every command of a batch or none of them.
--
-- A function and not one large statement, because a statement sees the database as it was when it began,
-- and it may have waited for the head row since. Each statement in here sees what was committed before it,
-- so what is read after the lock is the newest there is, also for streams that are only read (guards).
--
-- Entries come in the order of their commands; `before` is how many there are in the batch before a command's own.
-- `guards` has the version before the batch of every stream that was read.
-- outcome  stored  first = position of the first entry, known = known time before it
--          stale   culprits = streams whose version is not the expected one
--          ahead   a time is more than 5 s after the clock of this server
-- Error RG001: a command was stored before. Unless `stored`, the head stays where it was: no position is burnt.
CREATE FUNCTION log.append(
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

    INSERT INTO log.events (position, time, known, stream, cause, seq, v, kind, type, entry)
    SELECT first + e.i - 1, e.time,
           CASE WHEN falling
               THEN greatest(known, (SELECT max(p.time) FROM unnest(entries[:e.i]) AS p))
               ELSE greatest(known, e.time)
           END,
           e.stream, e.cause, e.seq, e.v, e.kind, e.type, e.entry
    FROM unnest(entries) WITH ORDINALITY AS e (stream, cause, time, seq, v, kind, type, entry, i);

    IF cardinality(openings) > 0 THEN
        INSERT INTO log.openings (stream, seq, field, disclosure) SELECT o.* FROM unnest(openings) AS o;
    END IF;

    IF n > 0 THEN
        UPDATE log.head AS h SET next = first + n, known = greatest(known, latest);
        PERFORM pg_notify('register_log', (first + n - 1)::text);
    END IF;
    outcome := 'stored';
END $$;

-- Position of the last entry that was known at a moment, by halving: known times never run back
-- along positions without gaps, so no index is needed.
CREATE FUNCTION log.position_at(moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    low  bigint := -1;  -- known at the moment
    high bigint;        -- not known at the moment
    half bigint;
BEGIN
    SELECT coalesce(max(e.position) + 1, 0) INTO high FROM log.events e;
    WHILE high - low > 1 LOOP
        half := (low + high) / 2;
        IF (SELECT e.known <= moment FROM log.events e WHERE e.position = half) THEN
            low := half;
        ELSE
            high := half;
        END IF;
    END LOOP;
    RETURN nullif(low, -1);
END $$;

-- Forgets who asked what: never younger than thirty days, whatever is asked for.
CREATE FUNCTION log.forget_requests(hashes_before timestamptz, accounts_before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH forgotten AS (
        UPDATE log.commands AS c SET
            request_hash = CASE WHEN c.at < least(hashes_before, now() - interval '30 days') THEN NULL ELSE c.request_hash END,
            account = CASE WHEN c.at < least(accounts_before, now() - interval '30 days') THEN NULL ELSE c.account END
        WHERE (c.request_hash IS NOT NULL AND c.at < least(hashes_before, now() - interval '30 days'))
           OR (c.account IS NOT NULL AND c.at < least(accounts_before, now() - interval '30 days'))
        RETURNING 1
    )
    SELECT count(*) FROM forgotten;
$$;

-- Makes the answers of commands again from the log, where their table was lost; hashes and accounts stay lost.
CREATE FUNCTION log.recall_commands() RETURNS bigint LANGUAGE sql AS $$
    WITH recalled AS (
        INSERT INTO log.commands (cause, first, count, at)
        SELECT e.cause, min(e.position), count(*), min(e.time) FROM log.events e GROUP BY e.cause
        ON CONFLICT (cause) DO NOTHING RETURNING 1
    )
    SELECT count(*) FROM recalled;
$$;

REVOKE ALL ON FUNCTION log.append, log.position_at, log.forget_requests, log.recall_commands FROM PUBLIC;
