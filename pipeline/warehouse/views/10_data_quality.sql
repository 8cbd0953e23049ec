-- How far a report's numbers can be trusted, one row per report: what was read, how surely, and what does not hold.

CREATE OR REPLACE VIEW data_quality AS
WITH cells AS (
    SELECT
        report_id,
        province,
        year,
        count(*) AS cells,
        count(*) FILTER (kind = 'number') AS numbers,
        count(*) FILTER (kind = 'text') AS texts,
        count(*) FILTER (confidence < 0.9) AS doubtful,
        count(*) FILTER (method IN ('ocr', 'image')) AS recognised,
        min(confidence) AS lowest_confidence
    FROM facts
    GROUP BY report_id, province, year
),
findings AS (
    SELECT
        report_id,
        province,
        year,
        count(*) FILTER (NOT passed AND rule = 'missing_item') AS items_missing,
        count(*) FILTER (NOT passed AND rule = 'missing_section') AS sections_missing,
        count(*) FILTER (NOT passed AND severity = 'error') AS errors,
        count(*) FILTER (NOT passed AND severity = 'warning') AS warnings,
        list(DISTINCT rule ORDER BY rule) FILTER (NOT passed) AS rules_failed
    FROM checks
    GROUP BY report_id, province, year
)
SELECT
    reports.report_id,
    reports.province,
    reports.year,
    reports.authority_id,
    reports.authority,
    reports.level,
    reports.department,
    reports.form,
    reports.extractor,
    reports.status,
    coalesce(cells.cells, 0) AS cells,
    coalesce(cells.numbers, 0) AS numbers,
    coalesce(cells.texts, 0) AS texts,
    coalesce(cells.doubtful, 0) AS doubtful,
    coalesce(cells.recognised, 0) AS recognised,
    cells.lowest_confidence,
    coalesce(findings.items_missing, 0) AS items_missing,
    coalesce(findings.sections_missing, 0) AS sections_missing,
    coalesce(findings.errors, 0) AS errors,
    coalesce(findings.warnings, 0) AS warnings,
    coalesce(findings.rules_failed, []) AS rules_failed
FROM reports
LEFT JOIN cells USING (report_id, province, year)
LEFT JOIN findings USING (report_id, province, year);
COMMENT ON VIEW data_quality IS '每份年报的数据质量：读到的单元格、可信度、缺项、未通过的校验 / Per report: cells read, how surely, what is missing, which checks fail';
COMMENT ON COLUMN data_quality.cells IS '读到的单元格数 / Cells read';
COMMENT ON COLUMN data_quality.numbers IS '其中印有数字者 / Of these, those that print a number';
COMMENT ON COLUMN data_quality.texts IS '其中印有文字者，不参与计算 / Of these, those that print text, which is not reckoned with';
COMMENT ON COLUMN data_quality.doubtful IS '可信度低于0.9者，使用前应核对 / Cells with confidence below 0.9: look at the print before using them';
COMMENT ON COLUMN data_quality.recognised IS '经文字识别读出者 / Cells read by character recognition';
COMMENT ON COLUMN data_quality.lowest_confidence IS '最低可信度 / Lowest confidence';
COMMENT ON COLUMN data_quality.items_missing IS '表中缺少的指标数 / Items of the form that are not there';
COMMENT ON COLUMN data_quality.sections_missing IS '缺少的部分数 / Sections that are not there';
COMMENT ON COLUMN data_quality.errors IS '未通过的校验（错误）/ Failed checks that are errors';
COMMENT ON COLUMN data_quality.warnings IS '未通过的校验（警告）/ Failed checks that are warnings';
COMMENT ON COLUMN data_quality.rules_failed IS '未通过的规则 / Rules that do not hold';
