-- What texts are compared by; those of stored sections are reckoned afterwards.

CREATE TABLE nianbao_signatures (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    section INTEGER NOT NULL,
    hashes BLOB NOT NULL
);
