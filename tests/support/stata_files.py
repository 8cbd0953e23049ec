"""Reads Stata's .dta, format 118, by its published description: through the map of parts, not in the order in which a
writer wrote them."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

_NUMBERS = {65530: ("b", 1, 100), 65529: ("h", 2, 32740), 65528: ("i", 4, 2147483620), 65526: ("d", 8, 2.0**1022)}
_STRL = 32768


@dataclass(frozen=True)
class StataFile:
    title: str
    names: list[str]
    labels: list[str]
    labelled: list[bool]  # whether its numbers are codes
    notes: dict[str, str]
    value_labels: dict[str, dict[int, str]]
    rows: list[tuple[Any, ...]]  # with labelled numbers as their labels


def read_stata(path: Path) -> StataFile:
    data = path.read_bytes()
    assert data.startswith(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>")
    places = struct.unpack_from("<14Q", data, data.index(b"<map>") + 5)
    assert data[places[12] :] == b"</stata_dta>" and places[13] == len(data)

    def part(number: int, tag: str) -> bytes:
        content = data[places[number] : places[number + 1]]
        assert content.startswith(f"<{tag}>".encode()) and content.endswith(f"</{tag}>".encode()), tag
        return content[len(tag) + 2 : -len(tag) - 3]

    head = data[: places[1]]
    columns = struct.unpack_from("<H", head, head.index(b"<K>") + 3)[0]
    count = struct.unpack_from("<Q", head, head.index(b"<N>") + 3)[0]
    types = struct.unpack(f"<{columns}H", part(2, "variable_types"))
    formats = _texts(part(5, "formats"), 57)
    label_names = _texts(part(6, "value_label_names"), 129)
    value_labels = _value_labels(part(11, "value_labels"))
    long_texts = _long_texts(part(10, "strls"))
    rows, content, place = [], part(9, "data"), 0
    for _ in range(count):
        row = []
        for kind, shown, labelled in zip(types, formats, label_names, strict=True):
            value, place = _value(content, place, kind, shown, long_texts)
            row.append(value_labels[labelled][value] if labelled and value is not None else value)
        rows.append(tuple(row))
    assert place == len(content)
    return StataFile(
        _title(head),
        _texts(part(3, "varnames"), 129),
        _texts(part(7, "variable_labels"), 321),
        list(map(bool, label_names)),
        _notes(part(8, "characteristics")),
        value_labels,
        rows,
    )


def _value(content: bytes, place: int, kind: int, shown: str, long_texts: dict[int, str]) -> tuple[Any, int]:
    if kind == _STRL:
        (key,) = struct.unpack_from("<Q", content, place)
        return (long_texts[key] if key else ""), place + 8
    if kind not in _NUMBERS:
        return content[place : place + kind].rstrip(b"\0").decode(), place + kind
    code, size, largest = _NUMBERS[kind]
    (number,) = struct.unpack_from(f"<{code}", content, place)
    if number > largest:
        return None, place + size
    if shown == "%td":
        return date(1960, 1, 1) + timedelta(days=number), place + size
    if shown == "%tc":
        return datetime.combine(date(1960, 1, 1), time()) + timedelta(milliseconds=number), place + size
    return number, place + size


def _title(head: bytes) -> str:
    start = head.index(b"<label>") + 7
    (size,) = struct.unpack_from("<H", head, start)
    return head[start + 2 : start + 2 + size].decode()


def _texts(content: bytes, size: int) -> list[str]:
    return [content[at : at + size].split(b"\0")[0].decode() for at in range(0, len(content), size)]


def _notes(content: bytes) -> dict[str, str]:
    notes, place = {}, 0
    while place < len(content):
        assert content[place : place + 4] == b"<ch>"
        (size,) = struct.unpack_from("<I", content, place + 4)
        body = content[place + 8 : place + 8 + size]
        variable, name = _texts(body[:258], 129)
        notes[f"{variable}.{name}"] = body[258:].rstrip(b"\0").decode()
        place += 8 + size + 5
    return notes


def _value_labels(content: bytes) -> dict[str, dict[int, str]]:
    sets, place = {}, 0
    while place < len(content):
        (size,) = struct.unpack_from("<i", content, place + 5)
        (name,) = _texts(content[place + 9 : place + 138], 129)
        body = content[place + 141 : place + 141 + size]
        count, _ = struct.unpack_from("<ii", body)
        starts = struct.unpack_from(f"<{count}i", body, 8)
        values = struct.unpack_from(f"<{count}i", body, 8 + 4 * count)
        texts = body[8 + 8 * count :]
        sets[name] = {
            value: texts[start:].split(b"\0")[0].decode() for value, start in zip(values, starts, strict=True)
        }
        place += 141 + size + 6
    return sets


def _long_texts(content: bytes) -> dict[int, str]:
    texts, place = {}, 0
    while place < len(content):
        assert content[place : place + 3] == b"GSO"
        variable, row, kind, size = struct.unpack_from("<IQBI", content, place + 3)
        assert kind == 130
        texts[variable | row << 16] = content[place + 20 : place + 20 + size].rstrip(b"\0").decode()
        place += 20 + size
    return texts
