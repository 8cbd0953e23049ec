-- One row per report, one column per series: what the views that answer questions are made from.

CREATE OR REPLACE VIEW series_wide AS
SELECT
    report_id,
    province,
    year,
    authority_id,
    authority,
    level,
    department,
    form,
    $series_columns
FROM series
GROUP BY report_id, province, year, authority_id, authority, level, department, form;
COMMENT ON VIEW series_wide IS '每份年报一行，每个跨格式可比的序列一列；口径说明见各列及 series。blank、dash、none 作零 / One row per report, one column per series comparable over the forms, with its caveat in the column''s comment. Blank, dash and none are zero';
