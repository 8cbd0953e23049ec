"""Writes generated documents, or reads them and tells what came out wrong.

python -m tests.support.reports --seed 7 [--count 20] [--format html] [--plain] [--set hand=dashes]... --out DIR
python -m tests.support.reports --seed 7 --count 500 --read
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from pipeline.extract import extract
from pipeline.readers import read
from tests.support.reports.comparing import Comparison, compare
from tests.support.reports.formats import BORN_DIGITAL, FORMATS
from tests.support.reports.making import Made, make
from tests.support.reports.options import Options, choose


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--format", choices=list(FORMATS), action="append")
    parser.add_argument("--plain", action="store_true", help="nothing by chance but the figures")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="defects=one,two")
    parser.add_argument("--out", type=Path, help="write the documents here")
    parser.add_argument("--read", action="store_true", help="read them and compare")
    arguments = parser.parse_args()
    total: Counter[str] = Counter()
    for seed in range(arguments.seed, arguments.seed + arguments.count):
        chosen = Options(seed) if arguments.plain else choose(seed, formats=arguments.format or BORN_DIGITAL)
        options = with_settings(chosen, arguments.set)
        made = make(options)
        if arguments.out:
            arguments.out.mkdir(parents=True, exist_ok=True)
            path = arguments.out / f"{seed}-{made.name}"
            path.write_bytes(made.body)
            print(path, options)
        if arguments.read:
            total += _read(made)
    if arguments.read:
        print(dict(total))


def with_settings(options: Options, settings: list[str]) -> Options:
    for setting in settings:
        name, _, value = setting.partition("=")
        is_flag = isinstance(getattr(options, name), bool)
        typed = tuple(filter(None, value.split(","))) if name == "defects" else value == "True" if is_flag else value
        options = replace(options, **{name: typed})
    return options


def _read(made: Made) -> Counter[str]:
    try:
        result = compare(made.printed, extract(read(made.body, made.name)).facts)
    except Exception as error:  # whatever it is, the seed has to be told
        print(f"{made.options}\n  raises {error!r}")
        return Counter(documents=1, raised=1)
    if not result.whole:
        tell(made, result)
    return Counter(
        documents=1, cells=result.cells, exact=result.exact, exact_sure=result.exact_sure, missing=len(result.missing),
        wrong=len(result.wrong), wrong_sure=len(result.wrong_sure), failed=not result.whole,
    )  # fmt: skip


def tell(made: Made, result: Comparison) -> None:
    counts = (len(result.missing), len(result.wrong), len(result.wrong_sure))
    print(f"{made.options.command}\n  {counts[0]} missing, {counts[1]} wrong, {counts[2]} wrong and sure")
    for one in (*result.wrong_sure[:3], *result.wrong[:2], *result.missing[:2]):
        print(f"    {one}")


if __name__ == "__main__":
    main()
