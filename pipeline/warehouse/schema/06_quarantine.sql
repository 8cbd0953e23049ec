-- What broke a constraint and was not let into its table.

CREATE TABLE quarantine (
    table_name VARCHAR NOT NULL CHECK (table_name IN ('reports', 'facts', 'sections', 'mentions', 'checks')),
    key VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    file_url VARCHAR NOT NULL,
    row_json VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (table_name, key)
);
COMMENT ON TABLE quarantine IS '隔离区：不合约束而未入库的行及原因；后来的运行读对后即清除 / Rows that broke a constraint and are in no other table, with the reason; gone once a later pass brings them right';
COMMENT ON COLUMN quarantine.table_name IS '本应进入的表 / Table that the row is of; reports: the whole report, or its date of publication alone where it is in reports without one';
COMMENT ON COLUMN quarantine.key IS '该行在表中的标识 / What names the row in its table';
COMMENT ON COLUMN quarantine.report_id IS '所属年报编号，可能不在 reports 中 / Report that the row is of; it need not be in reports';
COMMENT ON COLUMN quarantine.file_url IS '读取的文件地址 / Address of the file that was read';
COMMENT ON COLUMN quarantine.row_json IS '该行内容（JSON），过长的文字截短；整份年报只留标题等项，全文在存档中 / The row as JSON, long texts cut short; of a whole report what stands in reports, its numbers and text are in the archive';
COMMENT ON COLUMN quarantine.reason IS '不合何种约束 / Which constraint it breaks';
COMMENT ON COLUMN quarantine.run_id IS '最近一次发现的运行编号 / Run that last found it';
COMMENT ON COLUMN quarantine.first_seen IS '首次发现的时间 / When it was first found';
COMMENT ON COLUMN quarantine.last_seen IS '最近发现的时间 / When it was last found';
