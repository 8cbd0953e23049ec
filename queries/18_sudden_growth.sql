-- 新收申请比上年翻倍以上的机关（上年至少五件）。
-- Whose requests have doubled since the year before? From five requests on.
WITH years AS (
    SELECT authority, authority_id, year, requests_new AS requests,
        lag(requests_new) OVER held AS before, lag(year) OVER held AS year_before
    FROM series_wide
    WINDOW held AS (PARTITION BY authority_id ORDER BY year)
)
SELECT authority, year, before, requests, round((requests / before)::DOUBLE, 1) AS times
FROM years
WHERE year_before = year - 1 AND before >= 5 AND requests >= 2 * before
ORDER BY times DESC, authority, year
