-- Items that are comparable over the forms, by config/forms/bridge.toml. A form may have several ways to make up a
-- figure; the first way whose cells are all there counts. What questions are narrowed by (province, year, authority,
-- level) is a key all the way down, so that the cells of those reports alone are read.

CREATE OR REPLACE VIEW series AS
WITH bridge(series, form, way, item, items) AS (
    VALUES
        $bridge_rows
),
labels(series, label_zh, label_en, unit, caveat_zh, caveat_en) AS (
    VALUES
        $series_rows
),
ways AS (
    SELECT
        bridge.series,
        reports.report_id,
        reports.province,
        reports.year,
        reports.authority_id,
        reports.authority,
        reports.level,
        reports.department,
        reports.form,
        bridge.way,
        CASE WHEN count(amounts.amount) = any_value(bridge.items) THEN sum(amounts.amount) END::DECIMAL(20, 4) AS value,
        string_agg(bridge.item, ' + ' ORDER BY bridge.item) AS items
    FROM amounts
    JOIN reports USING (report_id, province, year)
    JOIN bridge ON bridge.form = reports.form AND bridge.item = amounts.item
    WHERE amounts.applicant IS NULL OR amounts.applicant = 'total'
    GROUP BY ALL
    HAVING count(*) = any_value(bridge.items)
),
made AS (
    SELECT * EXCLUDE (way, value, items), first(value ORDER BY way) AS value, first(items ORDER BY way) AS items
    FROM ways
    GROUP BY ALL
)
SELECT
    made.series,
    made.report_id,
    made.province,
    made.year,
    made.authority_id,
    made.authority,
    made.level,
    made.department,
    made.form,
    made.value,
    labels.unit,
    made.items,
    labels.label_zh,
    labels.label_en,
    labels.caveat_zh,
    labels.caveat_en
FROM made
JOIN labels USING (series);
COMMENT ON VIEW series IS '跨格式可比的指标，依据 config/forms/bridge.toml，附口径说明。blank、dash、none 作零 / Items comparable over the forms, by the bridge, with its caveats. Blank, dash and none are zero';
COMMENT ON COLUMN series.series IS '序列名 / Name of the series';
COMMENT ON COLUMN series.value IS '数值；所需单元格中有文字则为空 / Value, NULL where a cell that it needs holds text';
COMMENT ON COLUMN series.items IS '由哪些指标相加而成 / Items that were summed';
COMMENT ON COLUMN series.caveat_zh IS '口径说明 / Caveat in Chinese';
COMMENT ON COLUMN series.caveat_en IS '口径说明（英文）/ Caveat in English';
