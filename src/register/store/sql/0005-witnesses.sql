-- What others signed under a checkpoint, and what the log signed of it again while nothing came: each row is a whole note
-- over the same size and root as the first one, which stays in log.checkpoints.
--   waiting  too few witnesses have signed yet, so nobody was shown it
--   shown    the first that was shown: these bytes are checkpoints/<size> for ever
--   again    shown later as `checkpoint`: with more signatures, or with newer ones
-- A size without a row of its own was shown as log.checkpoints has it.
CREATE TABLE log.cosigned (
    size   bigint      NOT NULL REFERENCES log.checkpoints,
    number integer     NOT NULL CHECK (number >= 0),
    kind   text        NOT NULL CHECK (kind IN ('waiting', 'shown', 'again')),
    note   bytea       NOT NULL,
    at     timestamptz NOT NULL,  -- when the log signed it
    PRIMARY KEY (size, number)
);
CREATE UNIQUE INDEX cosigned_shown_once ON log.cosigned (size) WHERE kind = 'shown';

CREATE TRIGGER cosigned_is_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log.cosigned
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse('what was signed stays signed');

-- Never another root: the text of the note is that of the checkpoint, which is the last one.
CREATE FUNCTION log.cosigned_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last   record;
    before record;
    ends   integer;
BEGIN
    SELECT c.size, c.note, c.at INTO last FROM log.checkpoints c ORDER BY c.size DESC LIMIT 1;
    SELECT c.number, c.kind, c.at INTO before FROM log.cosigned c WHERE c.size = new.size ORDER BY c.number DESC LIMIT 1;
    ends := position('\x0a0a'::bytea IN last.note) + 1;
    IF new.size IS DISTINCT FROM last.size OR substr(new.note, 1, ends) <> substr(last.note, 1, ends)
        OR new.number <> coalesce(before.number + 1, 0) OR new.at < greatest(last.at, before.at)
        OR (new.kind <> 'again' AND before.kind <> 'waiting')
    THEN
        RAISE EXCEPTION 'a note over % entries does not repeat the last checkpoint', new.size
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER cosigned_goes_on BEFORE INSERT ON log.cosigned
    FOR EACH ROW EXECUTE FUNCTION log.cosigned_goes_on();

-- As before, and not before the last time that the log signed of the size before.
CREATE OR REPLACE FUNCTION log.checkpoint_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    -- The last one alone is asked: neither size nor time has run back before it.
    SELECT c.size, greatest(c.at, (SELECT max(s.at) FROM log.cosigned s WHERE s.size = c.size)) AS at
        INTO last FROM log.checkpoints c ORDER BY c.size DESC LIMIT 1;
    IF last.size >= new.size OR last.at > new.at OR new.size > (SELECT h.next FROM log.head h) THEN
        RAISE EXCEPTION 'a checkpoint of % entries does not continue the published log', new.size
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;
