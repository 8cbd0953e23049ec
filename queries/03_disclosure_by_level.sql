-- 各级机关历年公开比例（予以公开与部分公开占办结）的中位数；只计办结十件以上的年报。
-- What share of concluded requests do bodies of each level disclose, in full or in part? Medians of reports with ten
-- requests or more: a share of one or two requests says nothing.
SELECT level, year, count(*) AS reports, round(median(disclosed_share), 3) AS median_share
FROM disclosure_rate
WHERE concluded >= 10
GROUP BY level, year
ORDER BY level, year
