-- The audit trail: rows are added by every pass and never changed.

CREATE TABLE documents (
    url VARCHAR NOT NULL,
    portal_id VARCHAR,
    run_id VARCHAR NOT NULL,
    http_status INTEGER,
    media_type VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    warc VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('report', 'index', 'attachment', 'other')),
    outcome VARCHAR NOT NULL CHECK (outcome IN ('loaded', 'unchanged', 'duplicate', 'not_a_report', 'failed')),
    reason VARCHAR NOT NULL,
    title VARCHAR NOT NULL
);
COMMENT ON TABLE documents IS '抓取的每个网址、导入的每个文件 / Every URL fetched and every file ingested';
COMMENT ON COLUMN documents.url IS '网址或文件 / Address or file';
COMMENT ON COLUMN documents.portal_id IS '门户编号，导入的文件为空 / Portal, NULL for ingested files';
COMMENT ON COLUMN documents.run_id IS '运行编号 / Key into runs';
COMMENT ON COLUMN documents.http_status IS 'HTTP 状态码 / HTTP status';
COMMENT ON COLUMN documents.media_type IS '按内容判断的类型 / Media type by the bytes';
COMMENT ON COLUMN documents.bytes IS '字节数 / Size in bytes';
COMMENT ON COLUMN documents.sha256 IS '内容哈希 / Hash of the bytes';
COMMENT ON COLUMN documents.fetched_at IS '获取时间 / When it was fetched';
COMMENT ON COLUMN documents.warc IS '存档位置：文件@偏移 / Place in the archive: file@offset';
COMMENT ON COLUMN documents.kind IS '类别：report、index、attachment、other / What the address is';
COMMENT ON COLUMN documents.outcome IS '结果：loaded、unchanged、duplicate、not_a_report、failed / What became of it';
COMMENT ON COLUMN documents.reason IS '原因 / Why';
COMMENT ON COLUMN documents.title IS '链接标题 / Title of the link that led here';

CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('completed', 'failed', 'interrupted')),
    portals INTEGER NOT NULL,
    pages_requested INTEGER NOT NULL,
    reports_found INTEGER NOT NULL,
    new INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    checks_failed INTEGER NOT NULL,
    message VARCHAR NOT NULL
);
COMMENT ON TABLE runs IS '每次运行 / Every pass';
COMMENT ON COLUMN runs.run_id IS '运行编号 / Key';
COMMENT ON COLUMN runs.started_at IS '开始时间 / Start';
COMMENT ON COLUMN runs.finished_at IS '结束时间 / End';
COMMENT ON COLUMN runs.outcome IS '结果：completed 完成；failed 门户或文件全部失败，什么也没有读到；interrupted 被中断，由后来的运行发布 / How it ended: completed; failed: no portal or file brought anything; interrupted: killed, what it fetched was published by a later run';
COMMENT ON COLUMN runs.portals IS '门户数 / Portals crawled';
COMMENT ON COLUMN runs.pages_requested IS '请求的页面数 / Pages requested';
COMMENT ON COLUMN runs.reports_found IS '找到的年报数 / Reports found';
COMMENT ON COLUMN runs.new IS '新增年报 / New reports';
COMMENT ON COLUMN runs.changed IS '更正的年报 / Changed reports';
COMMENT ON COLUMN runs.unchanged IS '未变的年报 / Unchanged reports';
COMMENT ON COLUMN runs.failed IS '失败数 / Failures';
COMMENT ON COLUMN runs.checks_failed IS '未通过的校验数 / Failed checks in the reports of the pass';
COMMENT ON COLUMN runs.message IS '说明 / Note';
