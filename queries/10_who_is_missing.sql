-- 应有而没有的年报：各省各年各原因的数目。
-- Which reports should be there and are not, and why?
SELECT province, year, coalesce(reason, 'not known') AS reason, count(*) AS reports
FROM missing
GROUP BY ALL
ORDER BY province, year, reason
