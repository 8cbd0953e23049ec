-- The reports and what they print. Values stand as printed; a wrong sum is a failed check, never a corrected number.

-- Neither key, report_id nor (authority_id, year), has an index: the load keeps them (a report found under either key is
-- the same report), and every checkpoint would write an index whole, whatever had changed.
CREATE TABLE reports (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL CHECK (regexp_full_match(province, '[0-9]{2}0000')),
    year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    province_name VARCHAR,
    division VARCHAR NOT NULL CHECK (regexp_full_match(division, '[0-9]{6}([0-9]{3})?')),
    division_name VARCHAR,
    authority VARCHAR NOT NULL,
    authority_id VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('central', 'province', 'city', 'county', 'township')),
    department VARCHAR NOT NULL,
    title VARCHAR,
    form VARCHAR NOT NULL,
    published_on DATE,
    portal_id VARCHAR,
    page_url VARCHAR,
    file_url VARCHAR,
    media_type VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    extractor VARCHAR NOT NULL,
    facts INTEGER NOT NULL,
    checks_failed INTEGER NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('complete', 'partial', 'narrative')),
    version INTEGER NOT NULL CHECK (version >= 1)
);
COMMENT ON TABLE reports IS '政府信息公开工作年度报告，每机关每年一行，为现行版本 / One row per authority and year, the current version';
COMMENT ON COLUMN reports.report_id IS '年报编号，历次运行不变 / Key, stable over passes';
COMMENT ON COLUMN reports.province IS '省级区划代码，中央为000000 / Province code, 000000 for central bodies';
COMMENT ON COLUMN reports.year IS '年报所述年度，不是发布年份 / Year the report is about, not the year of publication';
COMMENT ON COLUMN reports.province_name IS '省份名称 / Name of the province';
COMMENT ON COLUMN reports.division IS '机关所属区划代码 / Division code of the authority';
COMMENT ON COLUMN reports.division_name IS '区划名称 / Name of the division';
COMMENT ON COLUMN reports.authority IS '机关全称 / Full name of the authority';
COMMENT ON COLUMN reports.authority_id IS '机关编号 / Key into authorities';
COMMENT ON COLUMN reports.level IS '级别：central、province、city、county、township / Level';
COMMENT ON COLUMN reports.department IS '部门代码，政府为 government / Department code, government for a people''s government';
COMMENT ON COLUMN reports.title IS '标题 / Title as printed';
COMMENT ON COLUMN reports.form IS '格式：2021、2019、2014、narrative，按印出的表，不按年份 / Form, by what is printed and not by the year';
COMMENT ON COLUMN reports.published_on IS '发布日期 / Date of publication';
COMMENT ON COLUMN reports.portal_id IS '来源门户，导入的文件为空 / Portal, NULL for ingested files';
COMMENT ON COLUMN reports.page_url IS '网页地址 / Address of the page';
COMMENT ON COLUMN reports.file_url IS '读取的文件地址 / Address of the file that was read';
COMMENT ON COLUMN reports.media_type IS '文件类型 / Media type of that file';
COMMENT ON COLUMN reports.sha256 IS '文件哈希 / Hash of that file';
COMMENT ON COLUMN reports.fetched_at IS '该版本的获取时间 / When this version was fetched';
COMMENT ON COLUMN reports.extractor IS '读取方式：html、pdf、scan、docx、doc、ofd、sheet、text / Reader';
COMMENT ON COLUMN reports.facts IS 'facts 表中的行数 / Rows in facts';
COMMENT ON COLUMN reports.checks_failed IS '未通过的校验数（含警告）/ Failed checks, warnings included';
COMMENT ON COLUMN reports.status IS '完整程度：complete、partial、narrative / How much of the form could be read';
COMMENT ON COLUMN reports.version IS '版本号，内容更正后加一 / Raised by one with every correction';

CREATE TABLE facts (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    applicant VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('number', 'blank', 'dash', 'none', 'text')),
    value DECIMAL(20, 4) CHECK ((value IS NOT NULL) = (kind = 'number')),
    raw VARCHAR NOT NULL,
    page INTEGER,
    bbox DOUBLE[4],
    cell VARCHAR,
    method VARCHAR NOT NULL CHECK (method IN ('cell', 'ocr', 'text', 'image')),
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE facts IS '表中每个数字一行，照印刷值；没有该单元格则没有行。注意：applicant = total 的行是其他列之和 / One row per printed number, as printed; a cell that is not there has no row. Caution: rows with applicant = total sum the others';
COMMENT ON COLUMN facts.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN facts.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN facts.year IS '年度 / Year the report is about';
COMMENT ON COLUMN facts.item IS '指标代码 / Key into items, with the form of the report';
COMMENT ON COLUMN facts.applicant IS '申请人类型，第三部分以外为空 / Kind of applicant, NULL outside section 3';
COMMENT ON COLUMN facts.kind IS '印的是什么：number 数字、blank 空白、dash 横线、none 无、text 文字 / What the cell prints';
COMMENT ON COLUMN facts.value IS '数值，单位见 items.unit；非数字为空。视图和校验把 blank、dash、none 作零 / Value in the unit of items; NULL unless a number. Views and rules take blank, dash and none as zero';
COMMENT ON COLUMN facts.raw IS '单元格原文 / The cell as printed';
COMMENT ON COLUMN facts.page IS '页码，从1起 / Page, from 1';
COMMENT ON COLUMN facts.bbox IS '页面坐标（点）：左、上、右、下 / Left, top, right, bottom in page points';
COMMENT ON COLUMN facts.cell IS '不分页文件中的位置 / Where it stands in documents without pages';
COMMENT ON COLUMN facts.method IS '读法：cell、ocr、text、image / How it was read';
COMMENT ON COLUMN facts.confidence IS '可信度，0到1 / Confidence from 0 to 1';
COMMENT ON COLUMN facts.reason IS '可信度低的原因，可为空串 / Why confidence is low, else an empty string';

CREATE TABLE sections (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    section INTEGER NOT NULL CHECK (section >= 0),
    heading VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE sections IS '正文各部分 / The narrative, section by section';
COMMENT ON COLUMN sections.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN sections.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN sections.year IS '年度 / Year the report is about';
COMMENT ON COLUMN sections.section IS '部分序号，0为引言；2014年及以前格式按印刷编号 / Number, 0 for the preamble; forms up to 2014 as printed';
COMMENT ON COLUMN sections.heading IS '标题 / Heading as printed';
COMMENT ON COLUMN sections.text IS '正文 / Text';

CREATE TABLE checks (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    passed BOOLEAN,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning')),
    item VARCHAR,
    applicant VARCHAR,
    expected DECIMAL(20, 4),
    actual DECIMAL(20, 4),
    message VARCHAR NOT NULL
);
COMMENT ON TABLE checks IS '校验结果：通过的规则一行，每处不通过一行，不适用的一行 / Findings: one row for a rule that holds, one per place where it does not, one for a rule that cannot be applied';
COMMENT ON COLUMN checks.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN checks.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN checks.year IS '年度 / Year the report is about';
COMMENT ON COLUMN checks.rule IS '规则 / Rule';
COMMENT ON COLUMN checks.passed IS '是否通过，空为不适用 / Whether it holds, NULL if not applicable';
COMMENT ON COLUMN checks.severity IS '严重程度：error、warning / Severity';
COMMENT ON COLUMN checks.item IS '所涉指标 / Item concerned';
COMMENT ON COLUMN checks.applicant IS '所涉申请人类型 / Kind of applicant concerned';
COMMENT ON COLUMN checks.expected IS '应有数值 / Value that the rule expects';
COMMENT ON COLUMN checks.actual IS '实际数值 / Value that is printed';
COMMENT ON COLUMN checks.message IS '说明（中文）/ Explanation in Chinese';

CREATE TABLE mentions (
    report_id VARCHAR NOT NULL,
    province VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    section INTEGER NOT NULL CHECK (section >= 0),
    metric VARCHAR,
    value DECIMAL(20, 4) NOT NULL,
    unit VARCHAR NOT NULL,
    approximate BOOLEAN NOT NULL,
    sentence VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
);
COMMENT ON TABLE mentions IS '正文中写到的数字 / Numbers that the narrative states';
COMMENT ON COLUMN mentions.report_id IS '年报编号 / Key into reports';
COMMENT ON COLUMN mentions.province IS '省级区划代码 / Province code';
COMMENT ON COLUMN mentions.year IS '年度 / Year the report is about';
COMMENT ON COLUMN mentions.section IS '所在部分 / Section';
COMMENT ON COLUMN mentions.metric IS '指什么，未识别为空 / What it counts, NULL if not recognised';
COMMENT ON COLUMN mentions.value IS '数值 / Value';
COMMENT ON COLUMN mentions.unit IS '量词或单位 / Unit as written';
COMMENT ON COLUMN mentions.approximate IS '是否约数（余、约、近）/ Whether stated as approximate';
COMMENT ON COLUMN mentions.sentence IS '所在句子 / Sentence it stands in';
COMMENT ON COLUMN mentions.start IS '在 sections.text 中的起点 / Start in sections.text';
COMMENT ON COLUMN mentions.stop IS '在 sections.text 中的终点 / End in sections.text';
