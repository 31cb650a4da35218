-- The roles of one register, for an operator who does not let the register make them itself.
-- A mistake here costs: an app role with more rights than these can change the history that it serves.
--
--   psql --dbname=register --variable=app=register_app --variable=projections=register_projections \
--        --variable=owner=register_owner --variable=eraser=register_eraser_register --file=roles.sql
--
-- The eraser is always named register_eraser_DATABASE: it has no login, so no connection string says its name.
--
-- Then set passwords (\password), and give the register three connection strings:
--   REGISTER_DATABASE_URL     the owner: makes and migrates the tables, and gives the other two their rights at each start
--   REGISTER_APP_URL          adds to the log, and can do nothing else to it
--   REGISTER_PROJECTIONS_URL  reads the log, owns the read models

CREATE ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;
CREATE ROLE :"projections" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;
CREATE ROLE :"eraser" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;

-- To give the schema of the read models away, the owner must belong to its role; and to the eraser, which owns what deletes
-- a withdrawn text. The others belong to nobody.
GRANT :"projections", :"eraser" TO :"owner";

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT, CREATE ON DATABASE :"DBNAME" TO :"owner";
GRANT CONNECT ON DATABASE :"DBNAME" TO :"app", :"projections";
