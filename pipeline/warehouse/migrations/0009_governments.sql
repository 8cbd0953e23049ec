-- Who has to report by law. The next load fills it.

CREATE TABLE governments (
    authority_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    division VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('province', 'city', 'county')),
    first_year INTEGER NOT NULL,
    last_year INTEGER,
    PRIMARY KEY (authority_id, first_year)
);
