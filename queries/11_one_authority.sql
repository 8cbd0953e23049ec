-- 一个机关的历年数值及每年的年报页面；把名称换成所需的机关。
-- One authority through the years, each year with the page that says so. Put another name in.
SELECT year, requests_new, outcome_total, outcome_granted, review_total, litigation_total, page_url
FROM series_wide
JOIN reports USING (report_id, province, year)
WHERE series_wide.authority = '石嘴山市公安局'
ORDER BY year
