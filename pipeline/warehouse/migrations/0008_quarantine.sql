-- What broke a constraint and was not let into its table.

CREATE TABLE quarantine (
    table_name VARCHAR NOT NULL CHECK (table_name IN ('reports', 'facts', 'sections', 'mentions', 'checks')),
    key VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    file_url VARCHAR NOT NULL,
    row_json VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (table_name, key)
);
