-- Decisions as a list shows them: one row for the days from one act to the next.
-- Columns as in every table of rows: docs/adr/0004-read-models.md.
CREATE TABLE read.decisions (
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
    acted_on    date        NOT NULL,
    body_code   text,
    outcome     text,
    class       text        NOT NULL,
    number      text,
    struck      boolean     NOT NULL,
    title       text        NOT NULL,
    PRIMARY KEY (stream, key, since)
);

CREATE UNIQUE INDEX ON read.decisions (stream, key) WHERE until IS NULL;
CREATE INDEX ON read.decisions (acted_on DESC, stream) WHERE until IS NULL;
CREATE INDEX ON read.decisions (title);

-- What is known of each decision.
CREATE TABLE read.decisions_facts (
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
    sets        boolean     NOT NULL,
    PRIMARY KEY (stream, key, since)
);

CREATE UNIQUE INDEX ON read.decisions_facts (stream, key) WHERE until IS NULL;
CREATE INDEX ON read.decisions_facts USING gin (about);
CREATE INDEX ON read.decisions_facts (stream) WHERE sets;
-- By the dossier to which a decision belongs.
CREATE INDEX ON read.decisions_facts ((body->>'dossier')) WHERE fact = 'proposed';

-- Meetings, their agendas and papers.
CREATE TABLE read.meetings_facts (
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

CREATE UNIQUE INDEX ON read.meetings_facts (stream, key) WHERE until IS NULL;
CREATE INDEX ON read.meetings_facts USING gin (about);
CREATE INDEX ON read.meetings_facts (fact);

-- Invitations, views, reply notes, advice, polls, resolutions and undertakings, with the answers to them.
CREATE TABLE read.consultation (
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

CREATE UNIQUE INDEX ON read.consultation (stream, key) WHERE until IS NULL;
CREATE INDEX ON read.consultation USING gin (about);
CREATE INDEX ON read.consultation (fact);
