"""Who a report is by: from a printed name and where it was found to an authority of the register.

`titles` finds the name in a title, `names` takes a name apart, `departments` knows the kinds of bodies, `places` finds
the division, `authority` puts the parts together, `reports` asks all the places of a report that may say who wrote it.
"""

from pipeline.identity.authority import authority_of, government_of
from pipeline.identity.context import Context
from pipeline.identity.reports import report_authority
from pipeline.identity.titles import name_in_title, tidy_title

__all__ = ["Context", "authority_of", "government_of", "name_in_title", "report_authority", "tidy_title"]
