-- One row per report and applicant: section 3 as it is printed, turned on its side.

CREATE OR REPLACE VIEW applications AS
SELECT
    report_id,
    province,
    year,
    applicant,
    $applicant_columns
FROM amounts
WHERE applicant IS NOT NULL
GROUP BY report_id, province, year, applicant;
COMMENT ON VIEW applications IS '每份年报每类申请人一行（第三部分）。注意：applicant = total 为其他行之和。blank、dash、none 作零 / One row per report and kind of applicant (section 3). Caution: applicant = total sums the others. Blank, dash and none are zero';
