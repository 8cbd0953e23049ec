-- What is not known of a report is NULL and no empty text.

ALTER TABLE reports ALTER title DROP NOT NULL;
ALTER TABLE reports ALTER page_url DROP NOT NULL;
ALTER TABLE reports ALTER file_url DROP NOT NULL;
UPDATE reports SET title = nullif(title, ''), page_url = nullif(page_url, ''), file_url = nullif(file_url, '');
