-- Which views the file has, so that they are made anew only where they would be others.

CREATE TABLE nianbao_views (
    fingerprint VARCHAR NOT NULL
);
