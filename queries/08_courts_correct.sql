-- 各省各年行政诉讼的纠正比例：法院纠正占全部（含未审结）。
-- How often do courts correct the authorities? Share of all lawsuits, pending ones included, of departments and
-- townships, which do not sum up others.
SELECT province, year, sum(lawsuits) AS lawsuits, sum(lawsuits_corrected) AS corrected,
    round((sum(lawsuits_corrected) / nullif(sum(lawsuits), 0))::DOUBLE, 3) AS share
FROM litigation
WHERE department <> 'government' AND lawsuits_corrected IS NOT NULL
GROUP BY province, year
ORDER BY province, year
