-- What the loader itself remembers; nothing here is data for users.

CREATE TABLE nianbao_schema (
    version INTEGER NOT NULL
);
COMMENT ON TABLE nianbao_schema IS '内部：表结构版本 / Internal: version of the schema';
COMMENT ON COLUMN nianbao_schema.version IS '版本号 / Version';

CREATE TABLE nianbao_contents (
    report_id VARCHAR PRIMARY KEY,
    fingerprint VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL
);
COMMENT ON TABLE nianbao_contents IS '内部：年报内容的指纹，用以判断是否变化 / Internal: what tells whether a report has changed';
COMMENT ON COLUMN nianbao_contents.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN nianbao_contents.fingerprint IS '内容哈希 / Hash over all its rows';
COMMENT ON COLUMN nianbao_contents.confidence IS '数字的平均可信度 / Mean confidence of its numbers';
