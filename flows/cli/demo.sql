-- 各单位收到的申请 / requests received and answered in each report
SELECT authority, year, extractor, facts AS cells, requests_new, outcome_total, checks_failed
FROM reports_wide ORDER BY authority, year;

-- 印出来就对不上的数字 / printed numbers that do not hold together
SELECT r.authority, r.year, c.rule, c.expected, c.actual, left(c.message, 60) AS message
FROM checks c JOIN reports r USING (report_id)
WHERE NOT c.passed AND c.severity = 'error' ORDER BY r.authority, r.year, c.rule LIMIT 12;

-- 正文里的数字 / numbers that the narrative states
SELECT r.authority, r.year, m.metric, m.value, m.unit, left(m.sentence, 40) AS sentence
FROM mentions m JOIN reports r USING (report_id)
WHERE m.metric LIKE 'posts.%' ORDER BY m.value DESC, m.metric LIMIT 8;
