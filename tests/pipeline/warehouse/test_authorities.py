from itertools import permutations
from pathlib import Path

from pipeline import warehouse
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_authority, make_report, make_run, rows


def test_an_authority_bears_its_latest_name_and_keeps_the_others_whatever_comes_first(tmp_path: Path) -> None:
    named = {
        2014: make_authority(1, name="石嘴山市环境保护局", division="640299"),
        2019: make_authority(1, name="石嘴山市生态环境局", aliases=("市生态环境局",)),
        2017: make_authority(1, name="石嘴山市环境保护局", aliases=("石嘴山市环保局",)),
    }
    reports = [rows(make_report(1, year, authority=authority)) for year, authority in named.items()]
    for number, order in enumerate(list(permutations(reports))[::2]):
        data = tmp_path / str(number)
        for run, one in enumerate(order):
            given = {"documents": (), "portals": (), "outcomes": (), "divisions": DIVISIONS}
            warehouse.load(data, reports=[one], run=make_run(f"r{run}"), **given)  # type: ignore[arg-type]
        assert warehouse.query(
            data, "SELECT name, division, aliases FROM authorities WHERE department <> 'government'"
        ).rows == (("石嘴山市生态环境局", "640200", ["市生态环境局", "石嘴山市环保局", "石嘴山市环境保护局"]),)
        assert warehouse.query(data, "SELECT authority FROM reports ORDER BY year").rows[0] == ("石嘴山市环境保护局",)
