-- What texts are compared by. Files that an earlier version made get it as well.

CREATE TABLE IF NOT EXISTS nianbao_signatures (
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
