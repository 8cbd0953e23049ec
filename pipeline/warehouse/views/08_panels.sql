-- What the governments of provinces and cities say for themselves, year by year. A government's report may sum up the
-- bodies below it or speak for its own office alone, and the prints do not say which: nothing is added up here.

CREATE OR REPLACE VIEW panel_province AS
WITH known AS (
    SELECT province, year, count(*) AS reports_held FROM reports GROUP BY province, year
),
said AS (
    SELECT * FROM series_wide WHERE level = 'province' AND department = 'government'
)
SELECT
    coverage.province,
    divisions.name AS province_name,
    coverage.year,
    coverage.authorities_known,
    coalesce(known.reports_held, 0) AS reports_held,
    said.* EXCLUDE (province, year, level, department)
FROM coverage
LEFT JOIN known ON known.province = coverage.province AND known.year = coverage.year
LEFT JOIN said ON said.province = coverage.province AND said.year = coverage.year
LEFT JOIN divisions ON divisions.code = coverage.province
    AND coverage.year BETWEEN coalesce(divisions.valid_from, 0) AND coalesce(divisions.valid_to, 9999)
WHERE coverage.province <> '000000';
COMMENT ON VIEW panel_province IS '各省各年一行：省级人民政府年报所印数值（没有该年报则为空）及全省已有年报数。注意：省级政府年报可能汇总全省，也可能只计本级，不得再与下级相加 / One row per province and year: what the provincial government''s own report prints, NULL where it is not held, and how many reports of the province are held. Caution: such a report may sum up the whole province or only its own level; never add lower levels to it';
COMMENT ON COLUMN panel_province.province_name IS '省份名称 / Name of the province';
COMMENT ON COLUMN panel_province.reports_held IS '全省已有年报数，含下级和部门 / Reports held of the whole province, departments and lower levels included';
COMMENT ON COLUMN panel_province.report_id IS '省级人民政府的年报编号，没有则为空 / Report of the provincial government, NULL if not held';

CREATE OR REPLACE VIEW panel_city AS
WITH known AS (
    SELECT division[:4] || '00' AS city, year, count(*) AS reports_held
    FROM reports
    WHERE level <> 'province'
    GROUP BY city, year
)
SELECT
    said.province,
    governments.province_name,
    governments.division,
    governments.division_name,
    said.year,
    coalesce(known.reports_held, 0) AS reports_held,
    said.* EXCLUDE (province, year, level, department)
FROM (SELECT * FROM series_wide WHERE level = 'city' AND department = 'government') AS said
JOIN reports AS governments USING (report_id, province, year)
LEFT JOIN known ON known.city = governments.division AND known.year = said.year;
COMMENT ON VIEW panel_city IS '各市各年一行：地级市（州、盟、地区）人民政府年报所印数值及全市已有年报数。注意：市政府年报可能汇总全市，也可能只计本级，不得再与下级相加 / One row per city and year of which the government''s report is held: what it prints, and how many reports of the city are held. Caution: such a report may sum up the whole city or only its own level; never add lower levels to it';
COMMENT ON COLUMN panel_city.reports_held IS '全市已有年报数，含区县和部门 / Reports held of the whole city, departments and counties included';
