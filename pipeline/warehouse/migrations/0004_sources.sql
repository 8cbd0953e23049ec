-- What each place of a report said when it was last read.

ALTER TABLE nianbao_contents ADD COLUMN figures VARCHAR;
ALTER TABLE nianbao_contents ADD COLUMN text VARCHAR;
CREATE TABLE nianbao_sources (
    authority_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    address VARCHAR NOT NULL,
    figures VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
