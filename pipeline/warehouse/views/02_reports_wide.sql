-- One row per report, one column per item; items of section 3 as their totals. Columns come from config/forms.

CREATE OR REPLACE VIEW reports_wide AS
SELECT
    reports.*,
    figures.* EXCLUDE (report_id, province, year, level, department)
FROM reports
LEFT JOIN figures USING (report_id, province, year);
COMMENT ON VIEW reports_wide IS '每份年报一行，每个指标一列；第三部分取总计列。blank、dash、none 作零；没有该单元格则为空。各格式含义不同的指标各占一列 / One row per report, one column per item, section 3 as totals. Blank, dash and none are zero; NULL where the cell is not there. Items of different forms share a column only if they mean the same';

CREATE OR REPLACE VIEW "年报" AS
SELECT
    $labelled_columns
FROM reports_wide;
COMMENT ON VIEW "年报" IS 'reports_wide，列名为中文。blank、dash、none 作零 / reports_wide with Chinese column names. Blank, dash and none are zero';
