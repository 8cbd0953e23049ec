-- 各校验规则的通过、未通过、不适用数。
-- Which rules fail how often? Reports, not places: a report that breaks a rule twice counts once.
SELECT rule, count(DISTINCT report_id) FILTER (passed) AS hold,
    count(DISTINCT report_id) FILTER (NOT passed) AS fail,
    count(DISTINCT report_id) FILTER (passed IS NULL) AS not_applicable
FROM checks
GROUP BY rule
ORDER BY fail DESC, rule
