-- 不予公开的理由：各年各理由的件数及占比（2019年起八种情形）。
-- On what grounds is information denied? From 2019 on the forms print the same eight grounds.
-- Caution: over all reports held; see 05 on counting twice.
SELECT year, series, any_value(label_zh) AS label, sum(value) AS denials,
    round((sum(value) / nullif(sum(sum(value)) OVER (PARTITION BY year), 0))::DOUBLE, 3) AS share
FROM series
WHERE series LIKE 'outcome.denied.%' AND form IN ('2019', '2021')
GROUP BY year, series
ORDER BY year, denials DESC, series
