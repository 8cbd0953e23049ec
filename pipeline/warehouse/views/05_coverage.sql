-- Who should have published what. An authority is expected in every year from the first that is held of it up to the
-- last full year before the latest run; of an authority that nothing is held of, only that last year is expected,
-- because nothing tells since when it publishes. Days are counted in China (UTC+8).

CREATE OR REPLACE VIEW expected AS
WITH clock AS (
    SELECT make_timestamp(epoch_us(max(started_at)) + 28800000000)::DATE AS today FROM runs
),
held AS (
    SELECT authority_id, min(year) AS first_year, max(year) AS last_year FROM reports GROUP BY authority_id
),
spans AS (
    SELECT
        authorities.*,
        year(clock.today)::INTEGER - 1 AS last_full_year,
        coalesce(held.first_year, year(clock.today)::INTEGER - 1) AS first_year,
        greatest(year(clock.today)::INTEGER - 1, held.last_year) AS last_year,
        clock.today
    FROM authorities
    CROSS JOIN clock
    LEFT JOIN held USING (authority_id)
),
years AS (
    SELECT *, unnest(range(first_year, last_year + 1))::INTEGER AS year FROM spans
)
SELECT
    authority_id,
    name AS authority,
    division[:2] || '0000' AS province,
    division,
    level,
    department,
    year,
    $due_on AS due_on,
    today
FROM years;
COMMENT ON VIEW expected IS '应有年报：自首份年报之年至最近一次运行前的最后一个完整年度；一份都没有的机关只计该年度 / Reports expected: from the first year held to the last full year before the latest run; only that year for an authority of which nothing is held';
COMMENT ON COLUMN expected.due_on IS '法定期限：部门、乡镇街道1月31日，县级以上政府3月31日；2018年度及以前均为3月31日 / Due by law: 31 January for departments and townships, 31 March for governments from county level up; 31 March for all up to 2018';
COMMENT ON COLUMN expected.today IS '最近一次运行的日期 / Day of the latest run';

CREATE OR REPLACE VIEW coverage AS
SELECT
    expected.province,
    expected.year,
    count(*) AS authorities_known,
    count(reports.report_id) AS reports_held,
    round(count(reports.report_id) / count(*), 4) AS share
FROM expected
LEFT JOIN reports ON reports.authority_id = expected.authority_id AND reports.year = expected.year
GROUP BY expected.province, expected.year;
COMMENT ON VIEW coverage IS '各省各年：已知机关数、已有年报数、比例；应有年报的定义见 expected / Per province and year: authorities known, reports held, share; see the view expected for what is counted';
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
states AS (
    SELECT
        places.authority_id,
        min(portals.id || ': ' || portals.state || coalesce(' ' || nullif(portals.reason, ''), ''))
            FILTER (portals.state IN ('blocked', 'moved', 'dead')) AS blocked,
        min(portals.id || ': ' || portals.state) FILTER (portals.state IN ('ok', 'empty')) AS seen
    FROM places
    JOIN portals ON portals.id = places.portal
    GROUP BY places.authority_id
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
        WHEN states.seen IS NOT NULL THEN 'not found'
        WHEN states.blocked IS NOT NULL THEN 'blocked'
    END AS reason,
    coalesce(unreadable.detail, states.seen, states.blocked) AS detail
FROM absent
LEFT JOIN unreadable ON unreadable.authority_id = absent.authority_id AND unreadable.year = absent.year
LEFT JOIN states ON states.authority_id = absent.authority_id;
COMMENT ON VIEW missing IS '应有而没有的年报及已知原因；应有年报的定义见 expected / Reports expected but not held, with the reason where one is known; see the view expected';
COMMENT ON COLUMN missing.reason IS '原因：not due 未到期限、not found 未找到、blocked 门户无法访问、unreadable 文件无法读取；空为不详 / Why, NULL if nothing is known';
COMMENT ON COLUMN missing.detail IS '依据 / What says so';
