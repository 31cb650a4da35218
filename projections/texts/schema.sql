-- The text behind each seal. Not by known time: a text that is withdrawn is withheld at every known time.
CREATE TABLE read.texts (
    stream   uuid    NOT NULL,
    seq      integer NOT NULL,
    field    text    NOT NULL,
    digest   text    NOT NULL,
    text     text,             -- null: its opening is gone
    withheld text,             -- the ground on which it was withdrawn
    authority text,            -- who answers for that
    "on"     text,             -- the day on which it was withdrawn
    entry    bigint,           -- the position of the entry that says so
    instead  text,             -- the seal of the text that took its place
    PRIMARY KEY (stream, seq, field)
);

CREATE INDEX ON read.texts (digest);
CREATE INDEX ON read.texts USING gin (to_tsvector('dutch', coalesce(text, '')));
-- By the form in which words are compared: projections/search/matching.py.
CREATE INDEX ON read.texts USING gin (to_tsvector('dutch', regexp_replace(translate(coalesce(text, ''), 'ÀÁÂÃÄÅàáâãäåÈÉÊËèéêëÌÍÎÏìíîïÒÓÔÕÖòóôõöÙÚÛÜùúûüÇçÑñ–—‘’“”…·', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuCcNn||||||||'), '([0-9])-(?=[0-9])', '\1|', 'g')));
CREATE INDEX ON read.texts (instead) WHERE instead IS NOT NULL;
