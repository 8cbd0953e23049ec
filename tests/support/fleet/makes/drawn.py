"""山东 gongkai: articles as pages, listings drawn by script from an interface that nothing documents, further pages by
clicks. It takes a browser."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.support.fleet.draft import Make
from tests.support.fleet.truth import Column
from tests.support.sites import Answer, Asked

_DRAW = """<ul id="list"></ul>
<div class="pages"><a id="next" href="javascript:void(0)" onclick="turn()">下一页</a></div>
<script>
let here = 1;
function draw() {
  fetch('%s?page=' + here).then(reply => reply.json()).then(found => {
    document.getElementById('list').innerHTML = found.rows.map(
      row => `<li><a href="${row[0]}">${row[1]}</a><span>${row[2]}</span></li>`).join('');
    document.getElementById('next').className = here < found.pages ? '' : 'disabled';
  });
}
function turn() { here += 1; draw(); }
draw();
</script>"""


class Gongkai(Make):
    divides = False

    def column(self, slug: str) -> str:
        return f"/gongkai/site_{slug}/channel_{self.draft.name(24)}/"

    def article(self, column: str, day: date) -> str:
        return f"{column}doc_{self.draft.name(24)}.html"

    def publish(self, column: Column) -> None:
        place = f"/gongkai/api/{self.draft.number()}"
        self.draft.put(column.address, self.draft.column_page(column, _DRAW % place, column.address))
        self.draft.put(place, lambda asked, times: self._reply(column, asked))

    def _reply(self, column: Column, asked: Asked) -> Answer:
        page = int(parse_qs(urlsplit(asked.path).query)["page"][0])
        rows = [[row.address, row.said, str(row.day)] for row in column.pages[page - 1]]
        reply = {"rows": rows, "pages": len(column.pages)}
        return Answer(json.dumps(reply, ensure_ascii=False), headers={"Content-Type": "application/json"})
