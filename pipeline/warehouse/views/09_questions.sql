-- What is asked first, one row per report: how open, how often disputed, how timely. Shares are of this report's own
-- figures and NULL where the one that they are a share of is zero or not there.

CREATE OR REPLACE VIEW disclosure_rate AS
SELECT
    report_id,
    province,
    year,
    authority_id,
    authority,
    level,
    department,
    form,
    outcome_total AS concluded,
    outcome_granted AS granted,
    outcome_partial AS partial,
    outcome_denied AS denied,
    round((outcome_granted / nullif(outcome_total, 0))::DOUBLE, 4) AS granted_share,
    round(((outcome_granted + outcome_partial) / nullif(outcome_total, 0))::DOUBLE, 4) AS disclosed_share,
    round((outcome_denied / nullif(outcome_total, 0))::DOUBLE, 4) AS denied_share
FROM series_wide;
COMMENT ON VIEW disclosure_rate IS '每份年报的公开比例：予以公开、部分公开、不予公开占当年办结申请的比例。注意：2014年为办结数，与答复数不一定相等 / Per report, what share of the requests concluded in the year was granted, granted in part, denied. Caution: 2014 counts requests closed, which need not equal its count of replies';
COMMENT ON COLUMN disclosure_rate.concluded IS '当年办结申请，件 / Requests concluded in the year';
COMMENT ON COLUMN disclosure_rate.granted IS '予以公开，件 / Granted';
COMMENT ON COLUMN disclosure_rate.partial IS '部分公开，件 / Granted in part';
COMMENT ON COLUMN disclosure_rate.denied IS '不予公开，件；2019年起为八种情形之和 / Denied; from 2019 on the sum of eight grounds';
COMMENT ON COLUMN disclosure_rate.granted_share IS '予以公开占办结的比例，0到1；办结为零则为空 / Granted as a share of concluded, NULL where nothing was concluded';
COMMENT ON COLUMN disclosure_rate.disclosed_share IS '予以公开与部分公开占办结的比例 / Granted in full or in part as a share of concluded';
COMMENT ON COLUMN disclosure_rate.denied_share IS '不予公开占办结的比例 / Denied as a share of concluded';

CREATE OR REPLACE VIEW litigation AS
SELECT
    report_id,
    province,
    year,
    authority_id,
    authority,
    level,
    department,
    form,
    requests_new AS requests,
    review_total AS reviews,
    review_corrected AS reviews_corrected,
    round((review_corrected / nullif(review_total, 0))::DOUBLE, 4) AS reviews_corrected_share,
    litigation_total AS lawsuits,
    litigation_direct_total AS lawsuits_direct,
    litigation_after_review_total AS lawsuits_after_review,
    litigation_corrected AS lawsuits_corrected,
    round((litigation_corrected / nullif(litigation_total, 0))::DOUBLE, 4) AS lawsuits_corrected_share,
    round((100 * (review_total + litigation_total) / nullif(requests_new, 0))::DOUBLE, 4) AS disputes_per_100_requests
FROM series_wide;
COMMENT ON VIEW litigation IS '每份年报的行政复议与行政诉讼：件数、纠正比例、每百件申请的争议数。注意：争议可能源于往年的申请；同一事项可能先复议后诉讼 / Per report, reviews and lawsuits, the share that was corrected, disputes per hundred requests. Caution: a dispute may stem from an earlier year''s request, and one matter may be counted as a review and as a lawsuit';
COMMENT ON COLUMN litigation.requests IS '当年新收申请，件 / Requests received in the year';
COMMENT ON COLUMN litigation.reviews IS '行政复议，件 / Administrative reviews';
COMMENT ON COLUMN litigation.reviews_corrected IS '行政复议结果纠正，件 / Reviews that corrected the authority';
COMMENT ON COLUMN litigation.reviews_corrected_share IS '纠正占复议的比例，未审结者在分母内 / Corrected as a share of all reviews, pending ones included';
COMMENT ON COLUMN litigation.lawsuits IS '行政诉讼，件 / Lawsuits';
COMMENT ON COLUMN litigation.lawsuits_direct IS '未经复议直接起诉，件；2014年不分 / Lawsuits without prior review; not told apart in 2014';
COMMENT ON COLUMN litigation.lawsuits_after_review IS '复议后起诉，件；2014年不分 / Lawsuits after review; not told apart in 2014';
COMMENT ON COLUMN litigation.lawsuits_corrected IS '行政诉讼结果纠正，件 / Lawsuits that corrected the authority';
COMMENT ON COLUMN litigation.lawsuits_corrected_share IS '纠正占诉讼的比例，未审结者在分母内 / Corrected as a share of all lawsuits, pending ones included';
COMMENT ON COLUMN litigation.disputes_per_100_requests IS '每百件新收申请的复议与诉讼数 / Reviews and lawsuits per hundred requests received';

CREATE OR REPLACE VIEW timeliness AS
SELECT
    report_id,
    province,
    year,
    authority_id,
    authority,
    level,
    department,
    published_on,
    $due_on AS due_on,
    published_on - $due_on AS days_late,
    published_on <= $due_on AS on_time
FROM reports;
COMMENT ON VIEW timeliness IS '每份年报是否按期公布；没有的年报见 missing。注意：网页日期可能是重新发布的日期 / Per report, whether it was published in time; those not held are in the view missing. Caution: a page''s date may be that of a later re-publication';
COMMENT ON COLUMN timeliness.due_on IS '法定期限 / Due by law';
COMMENT ON COLUMN timeliness.days_late IS '超期天数，负数为提前；公布日期不详则为空 / Days after the day due, negative if before; NULL if the date of publication is not known';
COMMENT ON COLUMN timeliness.on_time IS '是否按期，公布日期不详则为空 / Whether in time; NULL if the date of publication is not known';
