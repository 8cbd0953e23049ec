-- 各年各省级人民政府年报所印的新收申请数之和，及其依据的年报数。
-- How many requests for information do the provincial governments report, year by year, and how many reports say so?
-- Caution: some provinces sum up all bodies below them, others speak for their own office.
SELECT year, count(report_id) AS reports, sum(requests_new) AS requests
FROM panel_province
GROUP BY year
ORDER BY year
