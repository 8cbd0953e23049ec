-- What the loader remembers of the places where reports stand. Files that an earlier version made get it as well.

ALTER TABLE nianbao_contents ADD COLUMN IF NOT EXISTS figures VARCHAR;
ALTER TABLE nianbao_contents ADD COLUMN IF NOT EXISTS text VARCHAR;
COMMENT ON COLUMN nianbao_contents.figures IS '数字哈希，与版式无关 / Hash over its figures, however laid out';
COMMENT ON COLUMN nianbao_contents.text IS '正文哈希，与版式无关 / Hash over its text, however laid out';

CREATE TABLE IF NOT EXISTS nianbao_sources (
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
