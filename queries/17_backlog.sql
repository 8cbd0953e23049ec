-- 结转率：结转下年的申请占全年应办（新收与上年结转之和）的比例，按年与级别。
-- How much is left undone at the year's end? Requests carried forward as a share of those to be decided in the year.
SELECT year, level, count(*) AS reports, sum(requests_new + requests_carried_in) AS to_decide,
    sum(requests_carried_out) AS carried_out,
    round((sum(requests_carried_out) / nullif(sum(requests_new + requests_carried_in), 0))::DOUBLE, 3) AS share
FROM series_wide
WHERE requests_new + requests_carried_in + requests_carried_out IS NOT NULL
GROUP BY year, level
ORDER BY year, level
