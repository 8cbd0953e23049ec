"""Writes Stata's .dta, format 118 (Stata 14 and later, UTF-8), observation by observation.

The layout is that of Stata's published description of the format: tagged parts, little-endian, and a map of where each
of them begins. Long texts (strL) gather in a file aside while the observations are written."""

from __future__ import annotations

import math
import shutil
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Literal

Kind = Literal["byte", "long", "double", "date", "datetime", "text", "long_text"]

NAME = 32  # characters of a variable's name
_LABEL = 80  # characters of a label
_TEXT = 2045  # bytes of a text of fixed width

_CODES = {"byte": 65530, "long": 65528, "double": 65526, "date": 65528, "datetime": 65526, "long_text": 32768}
_FORMATS = {"byte": "%8.0g", "long": "%12.0g", "double": "%16.0g", "date": "%td", "datetime": "%tc", "long_text": "%9s"}
_PACKED = {"byte": "b", "long": "i", "double": "d", "date": "i", "datetime": "d", "long_text": "Q"}
_MISSING: Mapping[str, Any] = {
    "byte": 101,
    "long": 2147483621,
    "date": 2147483621,
    "double": struct.unpack("<d", bytes.fromhex("000000000000e07f"))[0],
    "datetime": struct.unpack("<d", bytes.fromhex("000000000000e07f"))[0],
}
_LARGEST_LONG = 2147483620
_EPOCH = date(1960, 1, 1)
_PARTS = (
    "stata_dta", "map", "variable_types", "varnames", "sortlist", "formats", "value_label_names", "variable_labels",
    "characteristics", "data", "strls", "value_labels",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    kind: Kind
    label: str = ""
    note: str = ""
    width: int = 1  # bytes, of a text
    codes: Mapping[str, int] | None = None  # text -> number, where the numbers are labelled
    labels: str = ""  # which set of value labels


class Table:
    """One file. `labels` are sets of value labels: name -> number -> text."""

    def __init__(
        self, path: Path, variables: Sequence[Variable], rows: int, title: str, labels: Mapping[str, Mapping[int, str]]
    ) -> None:
        self._path, self._variables, self._rows = path, variables, rows
        self._title, self._labels = title, labels
        self._starts: dict[str, int] = {}
        self._row = struct.Struct("<" + "".join(_packed(one) for one in variables))

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        aside = self._path.with_name(self._path.name + ".strls")
        with self._path.open("w+b") as stream, aside.open("w+b") as texts:
            self._write_head(stream)
            written = self._write_rows(stream, texts, rows)
            if written != self._rows:
                raise ValueError(f"{self._path.name}: {self._rows} rows announced, {written} given")
            self._open(stream, "strls")
            texts.seek(0)
            shutil.copyfileobj(texts, stream)
            stream.write(b"</strls>")
            self._write_value_labels(stream)
            end = stream.tell()
            stream.write(b"</stata_dta>")
            self._write_map(stream, end)
        aside.unlink()

    def _open(self, stream: IO[bytes], tag: str) -> None:
        self._starts[tag] = stream.tell()
        stream.write(f"<{tag}>".encode())

    def _write_head(self, stream: IO[bytes]) -> None:
        variables = self._variables
        title = _cut(self._title, _LABEL).encode()
        self._open(stream, "stata_dta")
        stream.write(b"<header><release>118</release><byteorder>LSF</byteorder>")
        stream.write(b"<K>" + struct.pack("<H", len(variables)) + b"</K>")
        stream.write(b"<N>" + struct.pack("<Q", self._rows) + b"</N>")
        stream.write(b"<label>" + struct.pack("<H", len(title)) + title + b"</label>")
        stream.write(b"<timestamp>\x00</timestamp></header>")
        self._part(stream, "map", bytes(8 * 14))
        self._part(stream, "variable_types", b"".join(struct.pack("<H", _code(one)) for one in variables))
        self._part(stream, "varnames", b"".join(_fixed(one.name, 129) for one in variables))
        self._part(stream, "sortlist", bytes(2 * (len(variables) + 1)))
        self._part(stream, "formats", b"".join(_fixed(_format(one), 57) for one in variables))
        self._part(stream, "value_label_names", b"".join(_fixed(one.labels, 129) for one in variables))
        self._part(stream, "variable_labels", b"".join(_fixed(_cut(one.label, _LABEL), 321) for one in variables))
        notes = b"".join(_note(one.name, name, text) for one in variables if one.note
                         for name, text in (("note0", "1"), ("note1", one.note)))  # fmt: skip
        self._part(stream, "characteristics", notes)

    def _part(self, stream: IO[bytes], tag: str, content: bytes) -> None:
        self._open(stream, tag)
        stream.write(content + f"</{tag}>".encode())

    def _write_rows(self, stream: IO[bytes], texts: IO[bytes], rows: Iterable[Sequence[Any]]) -> int:
        self._open(stream, "data")
        number = 0
        for number, row in enumerate(rows, start=1):
            packed = []
            for place, (variable, value) in enumerate(zip(self._variables, row, strict=True), start=1):
                if variable.kind == "long_text":
                    packed.append(_long_text(texts, place, number, value))
                else:
                    packed.append(_value(variable, value))
            stream.write(self._row.pack(*packed))
        stream.write(b"</data>")
        return number

    def _write_value_labels(self, stream: IO[bytes]) -> None:
        self._open(stream, "value_labels")
        used = dict.fromkeys(one.labels for one in self._variables if one.labels)
        for name in used:
            entries = sorted(self._labels[name].items())
            texts = [text.encode() + b"\0" for _, text in entries]
            places = [sum(map(len, texts[:number])) for number in range(len(texts))]
            body = struct.pack("<ii", len(entries), sum(map(len, texts)))
            body += struct.pack(f"<{len(entries)}i", *places)
            body += struct.pack(f"<{len(entries)}i", *(value for value, _ in entries)) + b"".join(texts)
            stream.write(b"<lbl>" + struct.pack("<i", len(body)) + _fixed(name, 129) + bytes(3) + body + b"</lbl>")
        stream.write(b"</value_labels>")

    def _write_map(self, stream: IO[bytes], end: int) -> None:
        places = [self._starts[part] for part in _PARTS] + [end, end + len("</stata_dta>")]
        stream.seek(self._starts["map"] + len("<map>"))
        stream.write(struct.pack("<14Q", *places))


def _packed(variable: Variable) -> str:
    return f"{variable.width}s" if variable.kind == "text" else _PACKED[variable.kind]


def _code(variable: Variable) -> int:
    return variable.width if variable.kind == "text" else _CODES[variable.kind]


def _format(variable: Variable) -> str:
    return f"%{min(variable.width, _TEXT)}s" if variable.kind == "text" else _FORMATS[variable.kind]


def _value(variable: Variable, value: Any) -> Any:
    if variable.kind == "text":
        return (value or "").encode()
    if value is None:
        return _MISSING[variable.kind]
    if variable.codes is not None:
        return variable.codes[str(value)]
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - datetime(1960, 1, 1)).total_seconds() * 1000  # noqa: DTZ001
    if isinstance(value, date):
        return (value - _EPOCH).days
    if variable.kind == "double":
        number = float(value)
        return number if math.isfinite(number) else _MISSING["double"]
    return int(value) if abs(value) <= _LARGEST_LONG else _MISSING[variable.kind]


def _long_text(texts: IO[bytes], variable: int, row: int, text: str | None) -> int:
    """Where the text is found: the variable in two bytes, the observation in six. An empty one is nowhere."""
    if not text:
        return 0
    content = text.encode() + b"\0"
    texts.write(b"GSO" + struct.pack("<IQBI", variable, row, 130, len(content)) + content)
    return variable | row << 16


def _note(variable: str, name: str, text: str) -> bytes:
    content = _fixed(variable, 129) + _fixed(name, 129) + text.encode() + b"\0"
    return b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


def _fixed(text: str, size: int) -> bytes:
    encoded = text.encode()
    return encoded + bytes(size - len(encoded))


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1] + "…"
