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

-- However an entry came in, through log.append or in a restore. At the end of the transaction, when
-- the openings of its batch are there too: the text that is withdrawn may have come in the same one.
CREATE CONSTRAINT TRIGGER withdrawn_texts_go AFTER INSERT ON log.events DEFERRABLE INITIALLY DEFERRED
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

REVOKE ALL ON FUNCTION log.withdrawn_by, log.withdraw, log.withdraw_all, log.withdraw_appended, log.opening_was_withdrawn FROM PUBLIC;
