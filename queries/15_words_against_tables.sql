-- 正文所述与表中数字不符之处。
-- Where does the narrative contradict the tables?
SELECT reports.authority, checks.year, checks.rule, checks.actual AS narrative, checks.expected AS tables, checks.message
FROM checks
JOIN reports USING (report_id, province, year)
WHERE checks.rule IN ('narrative_requests', 'narrative_review', 'narrative_litigation') AND NOT checks.passed
ORDER BY reports.authority, checks.year, checks.rule
