-- What views reckon with: blank, dash and 无 are zero, a cell of text is unknown (NULL).

CREATE OR REPLACE VIEW amounts AS
SELECT
    report_id,
    province,
    year,
    item,
    applicant,
    CASE kind WHEN 'number' THEN value WHEN 'text' THEN NULL ELSE 0 END::DECIMAL(20, 4) AS amount
FROM facts;
COMMENT ON VIEW amounts IS '参与计算的数值：blank、dash、none 作零，文字为空 / Amounts to reckon with: blank, dash and none are zero, text is NULL';
COMMENT ON COLUMN amounts.amount IS '数值，blank、dash、none 作零 / Amount; blank, dash and none are zero';
