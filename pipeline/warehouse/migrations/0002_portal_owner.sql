-- Portals know the authority that reports are filed under. The column has its place among what the registry says, so the
-- table is made anew.

CREATE TEMP TABLE portals_before AS FROM portals;
DROP TABLE portals;
CREATE TABLE portals (
    id VARCHAR PRIMARY KEY,
    authority VARCHAR NOT NULL,
    division VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    hosts VARCHAR[] NOT NULL,
    platform VARCHAR NOT NULL,
    columns VARCHAR[] NOT NULL,
    render VARCHAR NOT NULL,
    tls VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    min_reports INTEGER NOT NULL,
    verified VARCHAR,
    evidence VARCHAR,
    authority_id VARCHAR,
    last_success TIMESTAMPTZ,
    state VARCHAR CHECK (state IN ('ok', 'empty', 'blocked', 'moved', 'dead')),
    reason VARCHAR,
    platform_detected VARCHAR,
    last_run VARCHAR,
    portal_id VARCHAR GENERATED ALWAYS AS (id) VIRTUAL
);
INSERT INTO portals BY NAME SELECT * EXCLUDE (portal_id) FROM portals_before;
DROP TABLE temp.portals_before;
