-- From a report, and so from each of its facts, to the record in the archive that it was read from.

CREATE OR REPLACE VIEW archived AS
SELECT r.report_id, r.province, r.year, d.url, r.media_type, r.sha256, d.warc
FROM reports AS r
JOIN documents AS d
    ON d.url = coalesce(r.file_url, r.page_url)
    AND d.sha256 = r.sha256
    AND d.portal_id IS NOT DISTINCT FROM r.portal_id
    AND d.warc IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY r.report_id ORDER BY d.fetched_at DESC, d.run_id DESC) = 1;
COMMENT ON VIEW archived IS '每份年报所读原件在档案中的位置 / Where the bytes that each report was read from lie in the archive';
COMMENT ON COLUMN archived.url IS '数字所在的网页或文件的网址，压缩包内的文件以 # 接其名 / Address of the page or file that prints the numbers; # and its name for a file inside another';
COMMENT ON COLUMN archived.warc IS '存档位置，nianbao archive show 可取出 / Place in the archive, which nianbao archive show takes';
