-- 与上年或其他机关文字雷同的年报占比。
-- What share of the reports repeats last year's text or another authority's? Only reports to which the rule applies.
SELECT province, year, count(DISTINCT report_id) AS reports,
    count(DISTINCT report_id) FILTER (NOT passed) AS repeating,
    round(repeating / reports, 3) AS share
FROM checks
WHERE rule = 'repeated_text' AND passed IS NOT NULL
GROUP BY province, year
ORDER BY province, year
