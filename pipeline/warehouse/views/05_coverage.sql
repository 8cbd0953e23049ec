-- Who should have published what. A people's government from county level up is expected in the years that `governments`
-- tells, whether anything is known of it or not. Another body is expected in every year from the first that is held of
-- it, as long as its division stands; if nothing is held, only in the last full year, because nothing tells since when
-- it publishes. The last year for all is the last full one before the latest run, and what is held was to be expected.
-- Days are counted in China (UTC+8).

CREATE OR REPLACE VIEW expected AS
WITH clock AS (
    SELECT
        make_timestamp(epoch_us(max(started_at)) + 28800000000)::DATE AS today,
        year(today)::INTEGER - 1 AS last_full_year
    FROM runs
),
held AS (
    SELECT authority_id, min(year) AS first_year, max(year) AS last_year FROM reports GROUP BY authority_id
),
-- By the code under which a division goes on, with which the ids of its bodies begin.
ended AS (
    SELECT authority_id[:6] AS seat, max(last_year) AS last_year
    FROM governments
    GROUP BY seat
    HAVING count(*) = count(last_year)
),
spans AS (
    SELECT
        governments.authority_id,
        governments.name,
        governments.division,
        governments.level,
        'government' AS department,
        TRUE AS by_law,
        governments.first_year,
        least(coalesce(governments.last_year, clock.last_full_year), clock.last_full_year) AS last_year
    FROM governments
    CROSS JOIN clock
    UNION ALL
    SELECT
        authorities.* EXCLUDE (aliases),
        FALSE AS by_law,
        coalesce(held.first_year, clock.last_full_year) AS first_year,
        greatest(least(coalesce(ended.last_year, clock.last_full_year), clock.last_full_year), held.last_year)
            AS last_year
    FROM authorities
    ANTI JOIN governments USING (authority_id)
    CROSS JOIN clock
    LEFT JOIN held USING (authority_id)
    LEFT JOIN ended ON ended.seat = authorities.authority_id[:6]
),
years AS (
    SELECT
        authority_id,
        name AS authority,
        division,
        level,
        department,
        by_law,
        unnest(range(first_year, last_year + 1))::INTEGER AS year
    FROM spans
),
-- A government's report on a year outside its own: the last one of a body that was merged, made by the next.
beyond AS (
    SELECT authority_id, authority, division, level, department, FALSE AS by_law, year
    FROM reports
    SEMI JOIN governments USING (authority_id)
    ANTI JOIN years USING (authority_id, year)
)
SELECT
    authority_id,
    authority,
    division[:2] || '0000' AS province,
    division,
    level,
    department,
    year,
    $due_on AS due_on,
    clock.today,
    by_law
FROM (FROM years UNION ALL BY NAME FROM beyond)
CROSS JOIN clock;
COMMENT ON VIEW expected IS '应有年报：县级以上人民政府自2008年度起依法每年应有（见 governments），不论是否已知门户；其他机关自首份年报之年起，一份都没有的只计最近一个完整年度；均至最近一次运行前的最后一个完整年度，区划撤销后不再计 / Reports expected: of every people''s government from county level up each year from 2008 on, by law (see governments), whether a portal is known or not; of other bodies from the first year held, or only the last full year if nothing is held; all up to the last full year before the latest run, and as long as their division stands';
COMMENT ON COLUMN expected.authority IS '机关全称，政府为该年度的名称 / Full name, of a government the one of that year';
COMMENT ON COLUMN expected.division IS '区划代码，政府为该年度的代码 / Division code, of a government the one of that year';
COMMENT ON COLUMN expected.due_on IS '法定期限：部门、乡镇街道1月31日，县级以上政府3月31日；2018年度及以前均为3月31日 / Due by law: 31 January for departments and townships, 31 March for governments from county level up; 31 March for all up to 2018';
COMMENT ON COLUMN expected.today IS '最近一次运行的日期 / Day of the latest run';
COMMENT ON COLUMN expected.by_law IS '是否依法应有（县级以上人民政府）；否则因见过该机关的年报或门户而计入 / Whether expected by law, as people''s governments from county level up are; else because a report or a portal of the body has been seen';

-- Both ways to count: of all that is expected, and of those whose reports have a way to get here.
CREATE OR REPLACE VIEW coverage_detail AS
WITH traced AS (
    SELECT authority_id FROM portals WHERE authority_id IS NOT NULL
    UNION
    SELECT authority_id FROM reports
)
SELECT
    expected.province,
    expected.year,
    count(*) AS authorities_expected,
    count(reports.report_id) AS reports_held,
    count(traced.authority_id) AS authorities_traced,
    round(count(reports.report_id) / nullif(count(traced.authority_id), 0), 4) AS share_of_traced,
    count(*) FILTER (expected.by_law) AS governments_expected,
    count(reports.report_id) FILTER (expected.by_law) AS governments_held
FROM expected
LEFT JOIN reports ON reports.authority_id = expected.authority_id AND reports.year = expected.year
LEFT JOIN traced ON traced.authority_id = expected.authority_id
GROUP BY expected.province, expected.year;
COMMENT ON VIEW coverage_detail IS '各省各年应有年报者的构成：全部、已登记门户或已有年报的机关、依法应有年报的政府；定义见 expected / Per province and year, who is expected to report: all, those with a registered portal or a report, governments by law; see the view expected';
COMMENT ON COLUMN coverage_detail.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN coverage_detail.year IS '年度 / Year the reports are about';
COMMENT ON COLUMN coverage_detail.authorities_expected IS '应有年报的机关数 / Authorities expected to report';
COMMENT ON COLUMN coverage_detail.reports_held IS '已有年报数 / Reports held';
COMMENT ON COLUMN coverage_detail.authorities_traced IS '其中已登记门户或已有任一年度年报的机关数 / Of them those that a portal is registered for or a report of any year is held of';
COMMENT ON COLUMN coverage_detail.share_of_traced IS '已有年报数占这些机关的比例 / Reports held as a share of those';
COMMENT ON COLUMN coverage_detail.governments_expected IS '依法应有年报的县级以上人民政府数 / People''s governments from county level up, expected by law';
COMMENT ON COLUMN coverage_detail.governments_held IS '其中已有年报数 / Of them with the report held';

CREATE OR REPLACE VIEW coverage AS
SELECT
    province,
    year,
    authorities_expected AS authorities_known,
    reports_held,
    round(reports_held / authorities_expected, 4) AS share
FROM coverage_detail;
COMMENT ON VIEW coverage IS '各省各年：应有年报的机关数（含依法应有而门户未知的政府）、已有年报数、比例；应有年报的定义见 expected，构成见 coverage_detail / Per province and year: authorities expected to report, governments without a known portal included, reports held, share; see the views expected for what is counted and coverage_detail for what it is made of';
COMMENT ON COLUMN coverage.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN coverage.year IS '年度 / Year the reports are about';
COMMENT ON COLUMN coverage.authorities_known IS '应有年报的机关数 / Authorities expected to report';
COMMENT ON COLUMN coverage.reports_held IS '已有年报数 / Reports held';
COMMENT ON COLUMN coverage.share IS '比例，0到1 / Share from 0 to 1';

-- Why one is missing, as far as the portals of an authority tell: its own by the registry, and those that carried its
-- other reports. A failed document speaks for a missing report only if its link names the year, and, on a portal
-- of somebody else, the authority. A moved or dead portal counts as blocked: nothing could be looked at.
CREATE OR REPLACE VIEW missing AS
WITH absent AS (
    SELECT expected.*
    FROM expected
    ANTI JOIN reports ON reports.authority_id = expected.authority_id AND reports.year = expected.year
),
places AS (
    SELECT authority_id, id AS portal, TRUE AS own FROM portals WHERE authority_id IS NOT NULL
    UNION
    SELECT authority_id, portal_id AS portal, FALSE AS own FROM reports WHERE portal_id IS NOT NULL
),
broken AS (
    SELECT portal_id AS portal, url, arg_max(title, fetched_at) AS title, arg_max(reason, fetched_at) AS reason
    FROM documents
    WHERE kind IN ('report', 'attachment') AND portal_id IS NOT NULL
    GROUP BY portal_id, url
    HAVING arg_max(outcome, fetched_at) = 'failed'
),
unreadable AS (
    SELECT absent.authority_id, absent.year, min(broken.url || ' ' || broken.reason) AS detail
    FROM absent
    JOIN places USING (authority_id)
    JOIN broken USING (portal)
    WHERE contains(broken.title, absent.year::VARCHAR) AND (places.own OR contains(broken.title, absent.authority))
    GROUP BY absent.authority_id, absent.year
),
told AS (
    SELECT
        places.authority_id,
        portals.state,
        portals.id || coalesce(': ' || portals.state, '') || coalesce(' ' || nullif(portals.reason, ''), '') AS said
    FROM places
    JOIN portals ON portals.id = places.portal
),
states AS (
    SELECT
        authority_id,
        min(said) FILTER (state IN ('blocked', 'moved', 'dead')) AS blocked,
        min(said) FILTER (state = 'ok') AS read_whole,
        min(said) FILTER (state = 'empty') AS read_in_part,
        min(said) FILTER (state IS NULL) AS not_crawled
    FROM told
    GROUP BY authority_id
)
SELECT
    absent.authority_id,
    absent.authority,
    absent.province,
    absent.division,
    absent.level,
    absent.department,
    absent.year,
    absent.due_on,
    CASE
        WHEN absent.today <= absent.due_on THEN 'not due'
        WHEN unreadable.detail IS NOT NULL THEN 'unreadable'
        WHEN coalesce(states.read_whole, states.read_in_part) IS NOT NULL THEN 'not found'
        WHEN states.blocked IS NOT NULL THEN 'blocked'
        WHEN states.authority_id IS NULL THEN 'no portal'
    END AS reason,
    coalesce(unreadable.detail, states.read_whole, states.read_in_part, states.blocked, states.not_crawled) AS detail,
    absent.by_law
FROM absent
LEFT JOIN unreadable ON unreadable.authority_id = absent.authority_id AND unreadable.year = absent.year
LEFT JOIN states ON states.authority_id = absent.authority_id;
COMMENT ON VIEW missing IS '应有而没有的年报及已知原因；应有年报的定义见 expected。含门户未知的县级以上人民政府；只看已登记门户的机关请加 reason <> ''no portal'' / Reports expected but not held, with the reason where one is known; see the view expected. Governments without a known portal are among them: reason <> ''no portal'' leaves them out';
COMMENT ON COLUMN missing.reason IS '原因：not due 未到期限、not found 门户上未找到、blocked 门户无法访问、unreadable 文件无法读取、no portal 不知其门户；空为门户尚未抓取 / Why: not due, not found on its portal, blocked (also moved and dead), unreadable, no portal known; NULL where a portal is known that was not crawled yet';
COMMENT ON COLUMN missing.detail IS '依据：门户及其状态和原因（ok 为列表已读到底，empty 为未读全或少于应有），或未读出的文件 / What says so: the portal with its state and the reason of it (ok: its listings were read to their end; empty: not all of them, or fewer reports than expected), or the document';
COMMENT ON COLUMN missing.by_law IS '是否依法应有（县级以上人民政府）/ Whether expected by law';
