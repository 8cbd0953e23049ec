-- What texts are compared by, so that a report is checked beside those that other machines brought.

CREATE TABLE lake.nianbao_signatures (report_id VARCHAR, province VARCHAR, year INTEGER, section INTEGER, hashes BLOB);
ALTER TABLE lake.nianbao_signatures SET PARTITIONED BY (province, year);
