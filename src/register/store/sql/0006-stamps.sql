-- Time stamps of others (RFC 3161) over checkpoints: what was asked and what was answered, byte for byte.
-- Each authority stamps a checkpoint once; `number` is that of the file beside the checkpoint.
CREATE TABLE log.stamps (
    size      bigint      NOT NULL REFERENCES log.checkpoints,
    number    integer     NOT NULL CHECK (number > 0),
    authority text        NOT NULL CHECK (length(authority) BETWEEN 1 AND 2048),
    at        timestamptz NOT NULL,  -- when the authority says that it saw the checkpoint
    request   bytea       NOT NULL CHECK (octet_length(request) <= 65536),
    response  bytea       NOT NULL CHECK (octet_length(response) <= 65536),
    PRIMARY KEY (size, number),
    CONSTRAINT one_stamp_an_authority UNIQUE (size, authority)
);

CREATE TRIGGER stamps_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON log.stamps
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse('what was stamped stays stamped');
