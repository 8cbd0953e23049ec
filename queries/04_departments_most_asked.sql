-- 哪类部门收到的申请最多：各类部门的年报数与新收申请中位数、合计。
-- Which kinds of department are asked the most? Governments are left out: they may sum up their departments.
SELECT department, count(*) AS reports, median(requests) AS median_requests, sum(requests) AS requests
FROM litigation
WHERE department <> 'government' AND requests IS NOT NULL
GROUP BY department
ORDER BY median_requests DESC, requests DESC, department
