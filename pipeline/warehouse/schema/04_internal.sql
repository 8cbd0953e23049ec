-- What the loader itself remembers; nothing here is data for users.

CREATE TABLE nianbao_schema (
    version INTEGER NOT NULL
);
COMMENT ON TABLE nianbao_schema IS '内部：表结构版本 / Internal: version of the schema';
COMMENT ON COLUMN nianbao_schema.version IS '版本号 / Version';

CREATE TABLE nianbao_contents (
    report_id VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    figures VARCHAR,
    text VARCHAR,
    loaded_at TIMESTAMPTZ
);
COMMENT ON TABLE nianbao_contents IS '内部：年报内容的指纹，用以判断是否变化 / Internal: what tells whether a report has changed';
COMMENT ON COLUMN nianbao_contents.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN nianbao_contents.fingerprint IS '内容哈希 / Hash over all its rows';
COMMENT ON COLUMN nianbao_contents.confidence IS '数字的平均可信度 / Mean confidence of its numbers';
COMMENT ON COLUMN nianbao_contents.figures IS '数字哈希，与版式无关 / Hash over its figures, however laid out';
COMMENT ON COLUMN nianbao_contents.text IS '正文哈希，与版式无关 / Hash over its text, however laid out';
COMMENT ON COLUMN nianbao_contents.loaded_at IS '现行版本的入库时间；空为入库早于此项记录 / When the current version was loaded, NULL if before this was kept';

-- What each place of a report said when it was last read.
CREATE TABLE nianbao_sources (
    authority_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    address VARCHAR NOT NULL,
    figures VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE nianbao_sources IS '内部：每个来源上次刊登的内容，用以判断哪个来源有更正 / Internal: what each place of a report said when it was last read, to tell which of them brings a correction';
COMMENT ON COLUMN nianbao_sources.authority_id IS '机关编号 / Key into authorities';
COMMENT ON COLUMN nianbao_sources.year IS '年度 / Year the report is about';
COMMENT ON COLUMN nianbao_sources.address IS '网页或文件地址 / Address of the page or file';
COMMENT ON COLUMN nianbao_sources.figures IS '数字哈希，与版式无关 / Hash over its figures, however laid out';
COMMENT ON COLUMN nianbao_sources.text IS '正文哈希，与版式无关 / Hash over its text, however laid out';

-- What texts are compared by.
CREATE TABLE nianbao_signatures (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    section INTEGER NOT NULL,
    hashes BLOB NOT NULL
);
COMMENT ON TABLE nianbao_signatures IS '内部：各部分文字的 MinHash 签名，用以发现雷同 / Internal: MinHash signatures of the sections, by which repeated text is found without reading it';
COMMENT ON COLUMN nianbao_signatures.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN nianbao_signatures.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN nianbao_signatures.year IS '年度 / Year the report is about';
COMMENT ON COLUMN nianbao_signatures.section IS '部分序号 / Section';
COMMENT ON COLUMN nianbao_signatures.hashes IS '最小哈希值，每个四字节 / The smallest hashes, four bytes each';

-- Which views the file has, so that a load makes them anew only where they would be others.
CREATE TABLE nianbao_views (
    fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE nianbao_views IS '内部：视图定义的指纹 / Internal: what tells whether the views have changed';
COMMENT ON COLUMN nianbao_views.fingerprint IS '定义哈希 / Hash over their definitions and comments';
