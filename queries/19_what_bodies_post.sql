-- 正文中写到的发布渠道与条数：各年各渠道的机关数与中位数；约数另计。
-- Through which channels do bodies publish, by their own words? Medians per report, with how many are approximate.
SELECT year, metric, count(DISTINCT report_id) AS reports, median(value) AS median_posts,
    count(*) FILTER (approximate) AS approximate
FROM mentions
WHERE metric LIKE 'posts.%'
GROUP BY year, metric
ORDER BY year, reports DESC, metric
