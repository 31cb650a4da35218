-- Positions of members on decisions.
-- Columns as in every table of rows: docs/adr/0004-read-models.md.
CREATE TABLE read.course (
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
    stance      text        NOT NULL,
    unexplained boolean     NOT NULL,
    PRIMARY KEY (stream, key, since)
);

CREATE UNIQUE INDEX ON read.course (stream, key) WHERE until IS NULL;
CREATE INDEX ON read.course USING gin (about);
CREATE INDEX ON read.course (stance);
CREATE INDEX ON read.course (stream) WHERE unexplained AND until IS NULL;
