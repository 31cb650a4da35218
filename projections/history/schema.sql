-- Every entry of every decision, dossier and meeting.
-- Columns as in every table of rows: docs/adr/0004-read-models.md.
CREATE TABLE read.history (
    stream      uuid        NOT NULL,
    key         text        NOT NULL,
    fact        text        NOT NULL,
    position    bigint      NOT NULL,
    seq         integer     NOT NULL,
    valid_from  date,
    valid_until date,
    since       bigint      NOT NULL,
    known_from  timestamptz NOT NULL,
    until       bigint,
    known_until timestamptz,
    about       text[]      NOT NULL,
    body        jsonb       NOT NULL,
    PRIMARY KEY (stream, key, since)
);

CREATE UNIQUE INDEX ON read.history (stream, key) WHERE until IS NULL;
