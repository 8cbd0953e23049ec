-- 引用一个数字：原件印的是什么、在哪里、存档在何处。
-- How is a number cited? What the print says, where it stands, and the archived record that proves it.
SELECT reports.authority, facts.year, facts.item, facts.raw, facts.page, facts.cell, facts.confidence,
    reports.title, reports.version, archived.url, archived.sha256, archived.warc
FROM facts
JOIN reports USING (report_id, province, year)
LEFT JOIN archived USING (report_id)
WHERE facts.item = 'requests.new' AND facts.applicant = 'total'
ORDER BY reports.authority, facts.year
