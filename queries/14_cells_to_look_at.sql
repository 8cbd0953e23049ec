-- 可信度低于0.9的单元格及其在原件中的位置：使用前先核对。
-- Which numbers should be looked at before they are used, and where do they stand in print?
SELECT reports.authority, facts.year, facts.item, facts.applicant, facts.raw, facts.confidence, facts.reason,
    facts.page, facts.bbox, facts.cell, coalesce(reports.file_url, reports.page_url) AS source
FROM facts
JOIN reports USING (report_id, province, year)
WHERE facts.confidence < 0.9
ORDER BY facts.confidence, reports.authority, facts.year, facts.item, facts.applicant
