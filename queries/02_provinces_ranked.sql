-- 最近一个年度各省级人民政府年报所印新收申请数的排名。
-- Which provincial governments report the most requests in the latest year held?
SELECT rank() OVER (ORDER BY requests_new DESC) AS place, province_name, year, requests_new
FROM panel_province
WHERE requests_new IS NOT NULL AND year = (SELECT max(year) FROM panel_province WHERE requests_new IS NOT NULL)
ORDER BY place, province_name
