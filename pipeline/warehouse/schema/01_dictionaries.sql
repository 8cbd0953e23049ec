-- What the codes mean and who is known. Run once, when a warehouse is made.

CREATE TABLE items (
    form VARCHAR NOT NULL,
    section INTEGER NOT NULL,
    position INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    label_zh VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    per_applicant VARCHAR NOT NULL CHECK (per_applicant IN ('yes', 'no')),
    PRIMARY KEY (form, item)
);
COMMENT ON TABLE items IS '法定报表的指标，每种格式每个指标一行 / The items of the statutory forms, one row per form and item';
COMMENT ON COLUMN items.form IS '格式：2021、2019、2014 / Form';
COMMENT ON COLUMN items.section IS '所在部分，2014年统计表为0 / Section of the form, 0 for the table of 2014';
COMMENT ON COLUMN items.position IS '在该格式中的顺序 / Order within the form';
COMMENT ON COLUMN items.item IS '指标代码 / Item code';
COMMENT ON COLUMN items.label_zh IS '中文名称 / Chinese label';
COMMENT ON COLUMN items.label_en IS '英文名称 / English label';
COMMENT ON COLUMN items.unit IS '计量单位，facts.value 用此单位 / Unit of facts.value';
COMMENT ON COLUMN items.per_applicant IS '是否按申请人类型分列：yes、no / Whether printed per kind of applicant';

-- A code may have had several names over time, so code alone is no key.
CREATE TABLE divisions (
    code VARCHAR NOT NULL CHECK (regexp_full_match(code, '[0-9]{6}([0-9]{3})?')),
    name VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('central', 'province', 'city', 'county', 'township')),
    parent VARCHAR,
    valid_from INTEGER,
    valid_to INTEGER
);
COMMENT ON TABLE divisions IS '行政区划，GB/T 2260，含历史代码 / Administrative divisions, former ones included';
COMMENT ON COLUMN divisions.code IS '六位区划代码，乡镇街道九位 / Six digits, nine for townships and streets';
COMMENT ON COLUMN divisions.name IS '全称 / Full name';
COMMENT ON COLUMN divisions.level IS '级别 / Level';
COMMENT ON COLUMN divisions.parent IS '上级代码 / Code of the division above';
COMMENT ON COLUMN divisions.valid_from IS '启用年份，空为不详 / First year in force, NULL if not known';
COMMENT ON COLUMN divisions.valid_to IS '停用年份，空为仍有效 / Last year in force, NULL if still in force';

CREATE TABLE authorities (
    authority_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    division VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('central', 'province', 'city', 'county', 'township')),
    department VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL
);
COMMENT ON TABLE authorities IS '已知的行政机关：有年报者、门户登记者，以及依法应当公布年报的县级以上人民政府（见 governments）/ Authorities known from reports, from the portal registry, or by law: every people''s government from county level up (see governments)';
COMMENT ON COLUMN authorities.authority_id IS '机关编号，各年不变 / Key, stable over the years';
COMMENT ON COLUMN authorities.name IS '机关全称 / Full name';
COMMENT ON COLUMN authorities.division IS '所属区划代码 / Division code';
COMMENT ON COLUMN authorities.level IS '级别 / Level';
COMMENT ON COLUMN authorities.department IS '部门代码，政府为 government / Department code, government for a people''s government';
COMMENT ON COLUMN authorities.aliases IS '其他名称 / Other names';

-- `portal_id` repeats `id` under the name that other tables use, for JOIN ... USING (portal_id).
CREATE TABLE portals (
    id VARCHAR PRIMARY KEY,
    authority VARCHAR NOT NULL,
    division VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    hosts VARCHAR[] NOT NULL,
    platform VARCHAR NOT NULL,
    columns VARCHAR[] NOT NULL,
    render VARCHAR NOT NULL,
    tls VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    min_reports INTEGER NOT NULL,
    verified VARCHAR,
    evidence VARCHAR,
    authority_id VARCHAR,
    last_success TIMESTAMPTZ,
    state VARCHAR CHECK (state IN ('ok', 'empty', 'blocked', 'moved', 'dead')),
    reason VARCHAR,
    platform_detected VARCHAR,
    last_run VARCHAR,
    portal_id VARCHAR GENERATED ALWAYS AS (id) VIRTUAL
);
COMMENT ON TABLE portals IS '门户登记及最近抓取状态；登记中删去的门户保留 / The portal registry and how its last crawl went; a portal dropped from the registry stays';
COMMENT ON COLUMN portals.id IS '门户编号 / Key of the registry';
COMMENT ON COLUMN portals.authority IS '主办机关 / Publishing authority';
COMMENT ON COLUMN portals.division IS '区划代码 / Division code';
COMMENT ON COLUMN portals.url IS '首页或年报栏目地址 / Home page or report column';
COMMENT ON COLUMN portals.hosts IS '同属该门户的其他主机 / Further hosts of the portal';
COMMENT ON COLUMN portals.platform IS '登记的建站平台 / Platform as registered';
COMMENT ON COLUMN portals.columns IS '登记的年报栏目 / Report columns as registered';
COMMENT ON COLUMN portals.render IS '是否用浏览器：auto、never、always / Whether a browser renders its pages';
COMMENT ON COLUMN portals.tls IS 'TLS 设置：default、legacy / TLS setting';
COMMENT ON COLUMN portals.encoding IS '网页编码设置 / Encoding setting';
COMMENT ON COLUMN portals.min_reports IS '预期最少年报数 / Fewest reports expected';
COMMENT ON COLUMN portals.verified IS '地址最近核实时间 / When the address was last seen working';
COMMENT ON COLUMN portals.evidence IS '核实依据网页 / A page that shows it';
COMMENT ON COLUMN portals.authority_id IS '主办机关编号，未能识别为空 / Key into authorities, NULL if it could not be told';
COMMENT ON COLUMN portals.last_success IS '最近一次抓取成功的时间 / When a crawl of it last succeeded';
COMMENT ON COLUMN portals.state IS '最近状态：ok、empty、blocked、moved、dead；空为未抓取 / Last state, NULL if never crawled';
COMMENT ON COLUMN portals.reason IS '该状态的原因 / Why that state';
COMMENT ON COLUMN portals.platform_detected IS '抓取时识别的平台 / Platform that the crawl found';
COMMENT ON COLUMN portals.last_run IS '最近抓取的运行编号 / Run that last crawled it';
COMMENT ON COLUMN portals.portal_id IS '同 id / Same as id';
