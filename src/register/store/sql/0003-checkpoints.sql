-- What was published of the log: for each size that was ever signed, its root and the signed note, byte for byte.
-- A signature of ML-DSA is another one each time, so the bytes that went out are kept, and served for ever.
CREATE TABLE log.checkpoints (
    size bigint      PRIMARY KEY CHECK (size > 0),
    root bytea       NOT NULL CHECK (octet_length(root) = 32),
    note bytea       NOT NULL,
    at   timestamptz NOT NULL
);

CREATE TRIGGER checkpoints_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse('what was signed stays signed');

-- Holds against two publishers that both believe to be the only one.
CREATE FUNCTION log.checkpoint_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    -- The last one alone is asked: neither size nor time has run back before it.
    SELECT c.size, c.at INTO last FROM log.checkpoints c ORDER BY c.size DESC LIMIT 1;
    IF last.size >= new.size OR last.at > new.at OR new.size > (SELECT h.next FROM log.head h) THEN
        RAISE EXCEPTION 'a checkpoint of % entries does not continue the published log', new.size
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER checkpoints_go_on BEFORE INSERT ON log.checkpoints
    FOR EACH ROW EXECUTE FUNCTION log.checkpoint_goes_on();
