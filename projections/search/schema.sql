-- Where a text or a name of a decision, dossier, meeting, member or body stands, to be found by its words; the text itself stays where all texts are.
-- Columns as in every table of rows: docs/adr/0004-read-models.md.
CREATE TABLE read.search (
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
    place       text        NOT NULL,  -- the kind of page that it is on
    what        text        NOT NULL,  -- what kind of text or name it is
    digest      text,                  -- the seal of a text
    words       text,                  -- a name or number that was never sealed
    code        text,                  -- whose name it is
    PRIMARY KEY (stream, key, since)
);

CREATE UNIQUE INDEX ON read.search (stream, key) WHERE until IS NULL;
CREATE INDEX ON read.search (digest);
CREATE INDEX ON read.search (place) WHERE words IS NOT NULL;
