-- 上年结转与本年期初对不上的机关。
-- Whose requests carried over do not agree with what last year's report carried forward?
SELECT reports.authority, checks.year, checks.expected AS carried_forward, checks.actual AS carried_in, checks.message
FROM checks
JOIN reports USING (report_id, province, year)
WHERE checks.rule = 'carried_over' AND NOT checks.passed
ORDER BY reports.authority, checks.year
