-- Who has to report by law: made by every load from `divisions` and config/governments.toml.

CREATE TABLE governments (
    authority_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    division VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('province', 'city', 'county')),
    first_year INTEGER NOT NULL,
    last_year INTEGER,
    PRIMARY KEY (authority_id, first_year)
);
COMMENT ON TABLE governments IS '依法每年应当公布年报的县级以上人民政府（含行政公署），更名、改码各为一行；自2008年度起 / People''s governments from county level up, prefectures'' administrative offices included, that have to report every year by law, from 2008 on; a row for each name and code';
COMMENT ON COLUMN governments.authority_id IS '机关编号 / Key into authorities';
COMMENT ON COLUMN governments.name IS '这些年度的全称 / Full name in these years';
COMMENT ON COLUMN governments.division IS '这些年度的区划代码 / Division code in these years';
COMMENT ON COLUMN governments.level IS '级别 / Level';
COMMENT ON COLUMN governments.first_year IS '应报告的首个年度：年末仍在的首年 / First year to report on: the first at whose end it stood';
COMMENT ON COLUMN governments.last_year IS '应报告的末个年度，空为仍在 / Last year to report on, NULL if it still stands';
