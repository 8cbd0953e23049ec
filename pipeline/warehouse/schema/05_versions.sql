-- What reports said before they were corrected: their rows as they were, so that an earlier result can be had again.
-- Columns are those of the tables that the rows come from, with the version and when it was published and replaced.

CREATE TABLE report_versions AS
SELECT *, NULL::TIMESTAMPTZ AS loaded_at, NULL::TIMESTAMPTZ AS superseded_at FROM reports LIMIT 0;
COMMENT ON TABLE report_versions IS '年报的历次旧版本，现行版本在 reports / Earlier versions of reports; the current one is in reports';
COMMENT ON COLUMN report_versions.loaded_at IS '该版本的入库时间 / When this version was loaded';
COMMENT ON COLUMN report_versions.superseded_at IS '被更正版本取代的时间 / When a corrected version took its place';

CREATE TABLE fact_versions AS SELECT *, NULL::INTEGER AS version FROM facts LIMIT 0;
COMMENT ON TABLE fact_versions IS '旧版本的数字，现行版本在 facts / The numbers of earlier versions; those of the current one are in facts';

CREATE TABLE section_versions AS SELECT *, NULL::INTEGER AS version FROM sections LIMIT 0;
COMMENT ON TABLE section_versions IS '旧版本的正文，现行版本在 sections / The narrative of earlier versions; that of the current one is in sections';

CREATE TABLE check_versions AS SELECT *, NULL::INTEGER AS version FROM checks LIMIT 0;
COMMENT ON TABLE check_versions IS '旧版本被取代时的校验结果，现行版本在 checks / Findings of earlier versions as they were when replaced; those of the current one are in checks';

CREATE TABLE mention_versions AS SELECT *, NULL::INTEGER AS version FROM mentions LIMIT 0;
COMMENT ON TABLE mention_versions IS '旧版本正文中的数字，现行版本在 mentions / Numbers in the narrative of earlier versions; those of the current one are in mentions';
