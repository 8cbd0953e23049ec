"""Who a whole report is by: every place where it may say so, the most trusted first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.divisions import divisions
from pipeline.identity.authority import authority_of, name_digest
from pipeline.identity.context import Context
from pipeline.identity.departments import departments
from pipeline.identity.names import parse_name
from pipeline.identity.titles import name_in_title, tidy_title
from pipeline.model import Authority

_QUOTED_TITLE = re.compile(r"《([^《》]{4,80})》")
_OF_A_DEPARTMENT = re.compile(r"[我本](?:局|委|厅|镇|乡|街道|中心|支队|大队)")
_BODY = r"([\u3400-\u9fff]{1,25}?(?:人民政府|委员会|办事处|[局厅委]))"
# A government's office compiles and answers for the government's report, so 办公室 stays outside the name.
_SIGNED = (
    re.compile(rf"由{_BODY}(?:办公[室厅])?(?:负责)?(?:编制|公布|发布)"),
    re.compile(rf"(?:19|20)\d\d\s*年度?[，,]\s*{_BODY}"),
    re.compile(rf"(?:请与|请联系|请径向|可向){_BODY}"),
)
_GOVERNMENT_BODIES = ("人民政府", "行政公署")


def report_authority(titles: Sequence[str], context: Context) -> Authority | None:
    """Who a report is by: the user's word, the first title that names somebody, then what the preamble quotes or
    says of itself, the metadata's source, and the portal's own authority."""
    found = _first_known(_names(titles, context), context)
    if found is None and context.authority:
        found = _as_the_user_says(titles, context)
    if found is not None and context.province and found.division[:2] != context.province[:2]:
        found = _moved(found, context.province)
    return found


def _first_known(names: Sequence[str], context: Context) -> Authority | None:
    known = (authority_of(name, context=context) for name in names)
    return next((authority for authority in known if authority is not None), None)


def _as_the_user_says(titles: Sequence[str], context: Context) -> Authority | None:
    """A body under the user's name for it, in the place of the one that the report itself names, or in the province
    that the user gives."""
    own = _first_known(_names(titles, replace(context, authority=None)), replace(context, authority=None))
    division = own.division if own else context.province or context.portal_division
    if division is None or context.authority is None:
        return None
    name = tidy_title([context.authority])
    place = divisions().get(division)
    level = own.level if own else place.level if place else "province"
    return Authority(f"{division}-{name_digest(name)}", name, division, level, departments().code_of(name))


def _moved(authority: Authority, province: str) -> Authority:
    """Into the province that the user gives, whose own division is all that is then known of the place."""
    digest = authority.authority_id.rpartition("-")[2]
    return replace(authority, authority_id=f"{province}-{digest}", division=province)


def _names(titles: Sequence[str], context: Context) -> list[str]:
    if context.authority:
        return [context.authority]
    text = context.preamble
    in_titles = [name for title in titles if (name := name_in_title(title)) and not _is_site_name(title, context)]
    names = in_titles + [name for quoted in _QUOTED_TITLE.findall(text) if (name := name_in_title(quoted))]
    names += [found[1] for pattern in _SIGNED if (found := pattern.search(text)) and _is_body(found[1])]
    if _is_body(context.source):
        names.append(context.source)
    if not in_titles and _may_speak_for(context.portal_authority, text):
        names.append(context.portal_authority)  # a title that names an unknown body is not the portal's own
    return [name for name in names if name]


def _is_site_name(title: str, context: Context) -> bool:
    """Metadata titles are often the portal's name alone, which says nothing of this report."""
    return context.portal_authority.endswith(tidy_title([title]))


def _may_speak_for(portal_authority: str, text: str) -> bool:
    """A government's portal carries its departments' reports too; one that says 我局 is not the government's own."""
    return not (portal_authority.endswith(_GOVERNMENT_BODIES) and _OF_A_DEPARTMENT.search(text))


def _is_body(name: str) -> bool:
    parsed = parse_name(name, divisions(), departments())
    if parsed is None or not (parsed.body or parsed.township):
        return False
    return bool(parsed.township) or departments().code_of(parsed.body) != "other"
