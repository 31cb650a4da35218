-- Who may do what; applied at each start, so that a right given by hand does not stay.
-- {app} writes the log and can only add to it; {projections} reads it and owns the read models.
-- {eraser} owns the functions that delete a withdrawn text, and has no login: neither of the other two ever may.
REVOKE ALL ON SCHEMA log FROM PUBLIC, {app}, {projections}, {eraser};
REVOKE ALL ON ALL TABLES IN SCHEMA log FROM PUBLIC, {app}, {projections}, {eraser};
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC, {app}, {projections};

GRANT USAGE ON SCHEMA log TO {app}, {projections};
GRANT SELECT, INSERT ON log.events, log.commands, log.openings, log.checkpoints, log.cosigned, log.stamps TO {app};
GRANT SELECT, UPDATE (next, known) ON log.head TO {app};
GRANT EXECUTE ON FUNCTION log.append, log.position_at, log.forget_requests TO {app};
GRANT SELECT ON log.head, log.events, log.openings, log.checkpoints, log.cosigned, log.stamps TO {projections};
GRANT EXECUTE ON FUNCTION log.position_at TO {projections};
GRANT USAGE ON SCHEMA read TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {projections} IN SCHEMA read GRANT SELECT ON TABLES TO {app};

GRANT USAGE ON SCHEMA log TO {eraser};
GRANT SELECT ON log.events TO {eraser};
GRANT SELECT, DELETE ON log.openings TO {eraser};
GRANT EXECUTE ON FUNCTION log.withdrawn_by TO {app}, {projections}, {eraser};
GRANT EXECUTE ON FUNCTION log.withdraw, log.withdraw_all TO {app};
-- A function goes only to a role that may make some in its schema; for no longer than that.
GRANT CREATE ON SCHEMA log TO {eraser};
ALTER FUNCTION log.withdraw OWNER TO {eraser};
ALTER FUNCTION log.withdraw_all OWNER TO {eraser};
ALTER FUNCTION log.withdraw_appended OWNER TO {eraser};
REVOKE CREATE ON SCHEMA log FROM {eraser};
