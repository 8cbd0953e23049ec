"""Files of a site before they are written, the templates they are filled from, and what a static server cannot know."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from string import Template

_TEMPLATES = Path(__file__).resolve().parent / "templates"
ROUTES = "routes.json"


@dataclass(frozen=True)
class File:
    path: str  # relative to the site's folder
    content: bytes


@dataclass(frozen=True)
class Route:
    """An address that is no file name: a script with parameters, or one that only points elsewhere."""

    path: str
    query: dict[str, str] = field(default_factory=dict)  # parameters that a request must carry; it may carry others
    file: str = ""
    media_type: str = ""
    filename: str = ""  # of the download, for Content-Disposition
    redirect: str = ""


def text(path: str, content: str, encoding: str = "utf-8") -> File:
    return File(path, content.encode(encoding))


def fill(template: str, **values: object) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)


def routes_file(routes: list[Route]) -> File:
    described = [{name: value for name, value in asdict(route).items() if value} for route in routes]
    return text(ROUTES, json.dumps(described, ensure_ascii=False, indent=1) + "\n")


def write(folder: Path, files: list[File]) -> None:
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise ValueError(f"two files for {file.path}")
        target.write_bytes(file.content)
