-- Who may do what; applied at each start, so that a right given by hand does not stay.
-- {app} writes the log and can only add to it; {projections} reads it and owns the read models.
-- A role that may delete openings (erasure) is to be a third one: neither of these two ever may.
REVOKE ALL ON SCHEMA log FROM PUBLIC, {app}, {projections};
REVOKE ALL ON ALL TABLES IN SCHEMA log FROM PUBLIC, {app}, {projections};
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC, {app}, {projections};

GRANT USAGE ON SCHEMA log TO {app}, {projections};
GRANT SELECT, INSERT ON log.events, log.commands, log.openings, log.checkpoints TO {app};
GRANT SELECT, UPDATE (next, known) ON log.head TO {app};
GRANT EXECUTE ON FUNCTION log.append, log.position_at, log.forget_requests TO {app};
GRANT SELECT ON log.head, log.events, log.openings, log.checkpoints TO {projections};
GRANT EXECUTE ON FUNCTION log.position_at TO {projections};
GRANT USAGE ON SCHEMA read TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {projections} IN SCHEMA read GRANT SELECT ON TABLES TO {app};
