-- 各省各年按期公布的比例；公布日期不详者另列。
-- What share of the reports was published in time? Those without a date are counted apart, not as late.
SELECT province, year, count(*) AS reports, count(*) FILTER (on_time IS NULL) AS undated,
    round(avg(on_time::INTEGER), 3) AS in_time
FROM timeliness
GROUP BY province, year
ORDER BY province, year
