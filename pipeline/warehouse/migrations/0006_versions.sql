-- What reports said before they were corrected. Of reports that are there the time of loading is not known.

ALTER TABLE nianbao_contents ADD COLUMN loaded_at TIMESTAMPTZ;
CREATE TABLE report_versions AS
SELECT *, NULL::TIMESTAMPTZ AS loaded_at, NULL::TIMESTAMPTZ AS superseded_at FROM reports LIMIT 0;
CREATE TABLE fact_versions AS SELECT *, NULL::INTEGER AS version FROM facts LIMIT 0;
CREATE TABLE section_versions AS SELECT *, NULL::INTEGER AS version FROM sections LIMIT 0;
CREATE TABLE check_versions AS SELECT *, NULL::INTEGER AS version FROM checks LIMIT 0;
CREATE TABLE mention_versions AS SELECT *, NULL::INTEGER AS version FROM mentions LIMIT 0;
