"""The registry of portals: reads `config/portals/*.yaml`, and says with file and line what is wrong there.

Whether a portal answers, and which platforms exist, is for `crawlers` to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from pipeline.divisions import divisions
from pipeline.errors import ConfigError
from pipeline.model import Portal
from pipeline.registry_values import READERS, REQUIRED, WrongValue

_MAX_FILE = 4 * 1024 * 1024
_MAX_DEPTH = 8
_SUFFIXES = (".yaml", ".yml")

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    file: Path
    line: int  # 0: the file as a whole
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


def load_portals(paths: Sequence[Path]) -> tuple[Portal, ...]:
    """The portals of these files and folders, in their order. ConfigError when anything is wrong with any."""
    portals, problems = read_portals(paths)
    if problems:
        more = f"（另有 {len(problems) - 1} 处 / and {len(problems) - 1} more）" if len(problems) > 1 else ""
        raise ConfigError(f"{problems[0]}{more}")
    return tuple(portals)


def province_code(text: str) -> str:
    """The six-digit code of a province given as code (640000) or name (宁夏, 宁夏回族自治区)."""
    known = divisions()
    wanted = text.strip()
    found = [known.get(wanted)] if wanted.isdigit() else list(known.named(wanted))
    for division in found:
        if division is not None and division.level in ("province", "central"):
            return division.code
    valid = "、".join(f"{one.code} {one.name}" for one in [known.get("000000"), *known.children("000000")] if one)
    raise ConfigError(f"没有这个省份 / unknown province: {text!r}（可用 / valid: {valid}）")


# --- files -----------------------------------------------------------------------------------------------


def read_portals(paths: Sequence[Path]) -> tuple[list[Portal], list[Problem]]:
    """What can be read, and everything that keeps the rest from being read, in the order of the files."""
    portals: list[Portal] = []
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    for file in _files(paths, problems):
        entries, found = _read_file(file, ids)
        portals += entries
        problems += found
    return portals, problems


def _files(paths: Sequence[Path], problems: list[Problem]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and file.is_file())
            if not files:
                problems.append(Problem(path, 0, "文件夹里没有门户文件 / no portal files (*.yaml) in this folder"))
        elif path.is_file():
            files = [path]
        else:
            files = []
            problems.append(Problem(path, 0, "找不到文件或文件夹 / no such file or folder"))
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _read_file(file: Path, ids: dict[str, str]) -> tuple[list[Portal], list[Problem]]:
    """`ids` are those that are taken, with their places; the file's own are added."""
    try:
        if file.stat().st_size > _MAX_FILE:
            return [], [Problem(file, 0, f"文件过大 / larger than {_MAX_FILE} bytes")]
        text = file.read_text(encoding="utf-8")
        if not _is_flat(text):
            return [], [Problem(file, 0, "嵌套过深或含锚点 / nested too deeply, or with anchors")]
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return [], [Problem(file, line, f"不是合法的 YAML / not valid YAML: {error.problem or error.context}")]
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        return [], [Problem(file, 0, f"无法读取 / cannot be read: {str(error).splitlines()[0]}")]
    if not isinstance(root, yaml.SequenceNode):
        return [], [Problem(file, 1, "应为门户列表 / must be a list of portals (- id: …)")]
    portals: list[Portal] = []
    problems: list[Problem] = []
    for node in root.value:
        portal, found = _portal(file, node)
        problems += [*found, *_repeated_id(file, node, ids)]
        if portal is not None:
            portals.append(portal)
    return portals, problems


def _is_flat(text: str) -> bool:
    """Composing recurses in C and would crash the process on deep nesting; parsing to events does not."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _repeated_id(file: Path, node: yaml.Node, ids: dict[str, str]) -> Iterator[Problem]:
    """Also of an entry that cannot be read otherwise: all its mistakes are told at once."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    given = next((str(value.value) for key, value in pairs if key.value == "id"), None)
    if given is None:
        return
    line = node.start_mark.line + 1
    if given in ids:
        yield Problem(file, line, f"id 重复 / id {given!r} is taken: {ids[given]}")
    ids.setdefault(given, f"{file}:{line}")


# --- one portal ------------------------------------------------------------------------------------------


def _portal(file: Path, node: yaml.Node) -> tuple[Portal | None, list[Problem]]:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem(file, line, "应为门户条目 / must be a portal (id: …, authority: …)")]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key_node, value_node in node.value:
        key, at = str(key_node.value), key_node.start_mark.line + 1
        if key not in READERS:
            problems.append(Problem(file, at, f"未知的键 / unknown key {key!r} (known: {', '.join(READERS)})"))
        elif key in values:
            problems.append(Problem(file, at, f"键重复 / key {key!r} stands twice"))
        else:
            try:
                values[key] = READERS[key](value_node)
            except WrongValue as wrong:
                values[key] = None
                problems.append(Problem(file, value_node.start_mark.line + 1, f"{key}: {wrong}"))
    problems += [Problem(file, line, f"缺少 / {key!r} is missing") for key in REQUIRED if key not in values]
    if problems:
        return None, problems
    portal = Portal(defined_in=f"{file}:{line}", **_fields(values))
    columns = next((value for key, value in node.value if key.value == "columns"), None)
    return portal, [Problem(file, _line_of(columns, at), said) for at, said in _stray_columns(portal)]


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = {key: value for key, value in values.items() if value is not None}
    if "expect" in fields:
        fields["min_reports"] = fields.pop("expect")
    return fields


def _line_of(values: yaml.Node | None, index: int) -> int:
    assert isinstance(values, yaml.SequenceNode)
    line: int = values.value[index].start_mark.line + 1
    return line


def _stray_columns(portal: Portal) -> Iterator[tuple[int, str]]:
    """Columns that the crawl would never fetch, by their place in the list."""
    hosts = {urlsplit(portal.url).netloc, *portal.hosts}
    hosts |= {host.partition(":")[0] for host in hosts}
    for index, column in enumerate(portal.columns):
        parts = urlsplit(column)
        if parts.netloc not in hosts and parts.hostname not in hosts:
            said = f"columns: {column} 不在门户的主机上 / is on no host of this portal"
            yield index, f"{said}; list {parts.netloc} under hosts"
