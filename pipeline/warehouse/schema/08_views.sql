-- Which views the file has, so that a load makes them anew only where they would be others. Files that an earlier
-- version made get it as well.

CREATE TABLE IF NOT EXISTS nianbao_views (
    fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE nianbao_views IS '内部：视图定义的指纹 / Internal: what tells whether the views have changed';
COMMENT ON COLUMN nianbao_views.fingerprint IS '定义哈希 / Hash over their definitions and comments';
