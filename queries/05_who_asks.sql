-- 申请人构成：各年各类申请人的新收申请占比。
-- Who asks? Shares of the kinds of applicant in the requests received, from the form of 2019 on.
-- Caution: over all reports held, so governments that sum up their departments count twice; shares bear it, sums do not.
SELECT year, applicant, sum(requests_new) AS requests,
    round((sum(requests_new) / nullif(sum(sum(requests_new)) OVER (PARTITION BY year), 0))::DOUBLE, 3) AS share
FROM applications
WHERE applicant <> 'total'
GROUP BY year, applicant
ORDER BY year, share DESC NULLS LAST, applicant
