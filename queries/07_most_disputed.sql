-- 每百件申请引发复议、诉讼最多的机关；只计当年新收二十件以上者。
-- Whose decisions are disputed most often? Reviews and lawsuits per hundred requests, of reports with twenty or more.
SELECT authority, year, requests, reviews, lawsuits, disputes_per_100_requests
FROM litigation
WHERE requests >= 20 AND disputes_per_100_requests IS NOT NULL
ORDER BY disputes_per_100_requests DESC, authority, year
LIMIT 50
