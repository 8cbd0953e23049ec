"""The synthetic nation, by SQL alone and the same in every run: a number follows from hashes of who prints it."""

from __future__ import annotations

from benchmarks.nation import shape
from pipeline.checks import checks
from pipeline.warehouse.database import Connection

_SMALL = 200_000  # reports


def prepare(db: Connection, reports: int) -> None:
    """What the rows are made from, as temporary tables."""
    sources = {
        "places": shape.place_table(reports),
        "years": shape.year_table(),
        "ranks": shape.department_table(),
        "cells": shape.cell_table(),
    }
    for name, rows in sources.items():
        db.register("given", rows)
        db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM given")
        db.unregister("given")
    rules = [(one.name, one.severity) for one in checks().values()]
    db.execute("CREATE OR REPLACE TEMP TABLE rules (rule VARCHAR, severity VARCHAR)")
    db.executemany("INSERT INTO rules VALUES (?, ?)", rules)
    db.execute(
        """
        CREATE OR REPLACE TEMP TABLE bodies AS
        SELECT *, hash(authority_id) AS habit
        FROM (
            SELECT places.*, body, code || '-' || left(md5(code || '/' || body), 8) AS authority_id,
                CASE body WHEN 0 THEN 'government' ELSE coalesce(department, 'other') END AS department,
                CASE body WHEN 0 THEN name || '人民政府' ELSE name || '第' || body || '局' END AS authority
            FROM (SELECT *, unnest(range(bodies)) AS body FROM places) AS places
            LEFT JOIN ranks ON ranks.rank = body
        )
        """
    )


def dictionaries(db: Connection) -> None:
    db.execute(
        """
        INSERT INTO authorities
        SELECT authority_id, authority, code, level, department, [] FROM bodies ORDER BY authority_id
        """
    )


def provinces(db: Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT DISTINCT province FROM places ORDER BY ALL").fetchall()]


def spans(reports: int) -> list[list[int]]:
    """The years that are made at once: all those of a small nation, where a statement costs more than its rows."""
    years = list(shape.SHARES)
    return [years] if reports <= _SMALL else [[year] for year in years]


def fill(db: Connection, province: str, years: list[int]) -> None:
    """A province in these years, in the order that loads keep."""
    db.execute(_DRAWN, {"province": province, "years": years})
    for statement in (_REPORTS, _CONTENTS, _SOURCES, _DOCUMENTS, _CHECKS):
        db.execute(statement)
    db.execute(_FACTS)


# A body reports of a year when its place in the row of its division's bodies is within the share of that year.
_DRAWN = """
CREATE OR REPLACE TEMP TABLE drawn AS
SELECT *,
    habit % 4 AS variant,
    CASE WHEN body = 0 THEN 5.0 ELSE 1.0 END * (0.5 + (habit % 100) / 50.0) AS size,
    CASE WHEN luck % 100 < 80 THEN 'html' WHEN luck % 100 < 93 THEN 'pdf' WHEN luck % 100 < 98 THEN 'docx'
        ELSE 'scan' END AS extractor,
    'http://www.' || code || '.gov.cn/zwgk/xxgknb/' AS column_url
FROM (
    SELECT bodies.*, years.year, years.form, authority_id || '-' || years.year AS report_id,
        hash(authority_id, years.year) AS luck
    FROM bodies, years
    WHERE bodies.province = $province AND list_contains($years, years.year) AND body < ceil(bodies * share)
)
ORDER BY year, report_id
"""

_REPORTS = """
INSERT INTO reports
SELECT report_id, province, year, province_name, code, name, authority, authority_id, level, department,
    authority || year || '年政府信息公开工作年度报告', form,
    make_date(year + 1, 1, 5) + (luck % 80)::INTEGER, 'p' || code,
    column_url || 't' || (luck % 100000000) || '.html',
    column_url || CASE extractor WHEN 'html' THEN 't' || (luck % 100000000) || '.html'
        ELSE 'P0' || (luck % 100000000) || '.' || extractor END,
    CASE extractor WHEN 'html' THEN 'text/html' WHEN 'docx'
        THEN 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' ELSE 'application/pdf' END,
    sha256(report_id), make_timestamptz(year + 1, 4, 1, 2, 30, luck % 60), extractor,
    (SELECT count(*) FROM cells WHERE cells.form = drawn.form AND cells.variant = 0)::INTEGER, 0, 'complete', 1
FROM drawn ORDER BY year, report_id
"""

_CONTENTS = """
INSERT INTO nianbao_contents (report_id, fingerprint, confidence, figures, text, loaded_at)
SELECT report_id, sha256('c' || report_id) || ':' || left(md5(report_id), 16), 1.0, md5('f' || report_id),
    md5('t' || report_id), make_timestamptz(year + 1, 4, 1, 2, 30, 0)
FROM drawn ORDER BY year, report_id
"""

_SOURCES = """
INSERT INTO nianbao_sources
SELECT authority_id, year, column_url || 't' || (luck % 100000000) || '.html', md5('f' || report_id),
    md5('t' || report_id)
FROM drawn ORDER BY year, report_id
"""

_DOCUMENTS = """
INSERT INTO documents
SELECT reports.file_url, reports.portal_id, 'r' || reports.year, 200, reports.media_type, 20000 + luck % 200000,
    reports.sha256, reports.fetched_at, reports.year || '-' || (luck % 8) || '.warc.gz@' || (luck % 1000000000),
    'report', 'loaded', '', reports.title
FROM drawn JOIN reports USING (report_id, province, year) ORDER BY year, report_id
"""

# One check in fifty fails.
_CHECKS = """
INSERT INTO checks
SELECT report_id, province, year, rule, hash(luck, rule) % 50 <> 0, severity, NULL, NULL,
    CASE WHEN hash(luck, rule) % 50 = 0 THEN (luck % 90)::DECIMAL(20, 4) END,
    CASE WHEN hash(luck, rule) % 50 = 0 THEN (luck % 90 + 1)::DECIMAL(20, 4) END,
    CASE WHEN hash(luck, rule) % 50 = 0 THEN '应为' || luck % 90 || '，印为' || luck % 90 + 1 ELSE '' END
FROM drawn, rules ORDER BY year, report_id, rule
"""

# What a body prints in a cell is nearly the same every year: mostly zero, the rest skewed, governments more.
_FACTS = """
INSERT INTO facts
WITH thrown AS (
    SELECT report_id, province, year, item, applicant, position, extractor, cell, page, x, y, size, money,
        (hash(habit, position) % 1000000) / 1000000.0 AS place,
        hash(luck, position) AS chance, (luck % 97) / 7.0 AS shift
    FROM drawn JOIN cells USING (form, variant)
),
printed AS (
    SELECT *,
        CASE WHEN chance % 1000 < 10 THEN 'dash' WHEN chance % 1000 < 20 THEN 'blank'
            WHEN chance % 1000 < 25 THEN 'none' ELSE 'number' END AS kind,
        CASE WHEN place < 0.85 THEN 0
            ELSE floor(exp(7 * pow((place - 0.85) / 0.15, 3)) * size * (0.85 + (chance % 30) / 100.0))
        END::BIGINT AS number,
        extractor IN ('pdf', 'scan') AS paged
    FROM thrown
)
SELECT report_id, province, year, item, applicant, kind,
    CASE WHEN kind = 'number' THEN number + CASE WHEN money THEN (chance % 100) / 100.0 ELSE 0 END END::DECIMAL(20, 4),
    CASE kind WHEN 'number' THEN CASE WHEN money THEN (number + (chance % 100) / 100.0)::DECIMAL(18, 2)::VARCHAR
        ELSE number::VARCHAR END WHEN 'dash' THEN '/' WHEN 'none' THEN '无' ELSE '' END,
    CASE WHEN paged THEN page END,
    CASE WHEN paged THEN [round(x + shift, 2), round(y + shift, 2), round(x + shift + 7, 2),
        round(y + shift + 12, 2)] END::DOUBLE[4],
    CASE WHEN NOT paged THEN cell END,
    CASE extractor WHEN 'scan' THEN 'ocr' ELSE 'cell' END,
    CASE WHEN extractor <> 'scan' THEN 1.0 WHEN chance % 31 = 0 THEN 0.8 ELSE 0.9995 END,
    CASE WHEN extractor = 'scan' AND chance % 31 = 0 THEN 'two readings disagree' ELSE '' END
FROM printed ORDER BY year, report_id, position
"""
