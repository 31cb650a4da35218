-- The log: entries in one order without gaps, and what is kept beside it.
-- Entries are never changed; what may be forgotten (commands, openings) stands in tables of its own.

-- One row. Whoever holds its lock is the only writer, and it is the root of trust for the order:
-- `next` is the position of the next entry, `known` the greatest time of all entries so far.
CREATE TABLE log.head (
    one   boolean     PRIMARY KEY DEFAULT true CHECK (one),
    next  bigint      NOT NULL DEFAULT 0 CHECK (next >= 0),
    known timestamptz
) WITH (fillfactor = 10);  -- room for the row's new versions on its own page, so that it never grows

INSERT INTO log.head DEFAULT VALUES;

-- `position` is the leaf index: 0, 1, 2, … `entry` is the leaf, byte for byte; the other columns repeat
-- what stands in it, so that the store can find it without reading it. `known` is the greatest `time` up to here.
CREATE TABLE log.events (
    position bigint      PRIMARY KEY CHECK (position >= 0),
    time     timestamptz NOT NULL,
    known    timestamptz NOT NULL CHECK (known >= time),
    stream   uuid        NOT NULL,
    cause    uuid        NOT NULL,
    seq      integer     NOT NULL CHECK (seq >= 0),
    v        smallint    NOT NULL,
    kind     text        NOT NULL,
    type     text        NOT NULL,
    entry    bytea       NOT NULL CHECK (octet_length(entry) <= 65535),
    CONSTRAINT one_entry_a_seq UNIQUE (stream, seq)
);

-- The answer of each command, so that the same command gets it again; also the way from a cause to its entries.
-- The row stays, and could be made again from the log: log.recall_commands. `request_hash` is keyed and goes after thirty days, as does the account: log.forget_requests.
CREATE TABLE log.commands (
    cause        uuid        PRIMARY KEY,
    first        bigint      NOT NULL,
    count        integer     NOT NULL CHECK (count >= 0),
    at           timestamptz NOT NULL,
    request_hash bytea,
    account      text
);

-- The texts of sealed fields. Mutable on purpose: a text that is withdrawn goes from here, never from the log.
CREATE TABLE log.openings (
    stream     uuid    NOT NULL,
    seq        integer NOT NULL,
    field      text    NOT NULL,
    disclosure text    NOT NULL,
    PRIMARY KEY (stream, seq, field)
);

CREATE FUNCTION log.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: %', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation';
END $$;

-- Grants already keep the application from this; these hold against everybody else.
CREATE TRIGGER entries_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse('correct by adding');
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON log.head
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse('it is the order of the log');
CREATE TRIGGER head_never_runs_back BEFORE UPDATE ON log.head
    FOR EACH ROW WHEN (new.next < old.next OR new.known < old.known OR (new.known IS NULL AND old.known IS NOT NULL))
    EXECUTE FUNCTION log.refuse('neither position nor known time runs back');
