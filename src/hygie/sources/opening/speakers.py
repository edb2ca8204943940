"""Whether a publisher speaks of its own products.

A vendor's word on its own product is the manufacturer's; on another's it is a third party's. Names are compared by
their telling words ("Siemens ProductCERT" is "Siemens AG"), by the table of makers' spellings ("BD" is "Becton
Dickinson"), or by the publisher's own host name ("Red Hat" and redhat.com). In doubt the answer is no: a third party's
word is never shown as the manufacturer's.
"""

import re
import unicodedata
from functools import lru_cache

from hygie.facts.makers import SPELLING, makers
from hygie.names import maker as makes

COMMON = frozenset(
    """ab ag aktiebolag and bv cert co company coordination corp corporation cve computer csirt cyber cybersecurity
    de department dept device devices digital emergency for formally foundation gmbh group health healthcare holding
    holdings inc incident incorporated information international it kg kk la limited llc ltd management medical
    medtech network networks of office ohg oy plc product productcert products project psirt pty response s sa sarl
    sas se security service services software solution solutions spa srl system systems team technologies technology
    the und unit vulnerability""".split()
)
"""Words of company names that tell nobody apart."""


@lru_cache(maxsize=4096)
def words(name: str) -> frozenset[str]:
    """The telling words of a name, folded; all of its words where none is telling."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    found = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return frozenset(found) - COMMON or frozenset(found)


@lru_cache(maxsize=4096)
def same(publisher: str, maker: str, address: str = "") -> bool:
    """Whether a publisher (with the address of its site, "" unknown) is the maker that is named."""
    left, right = words(publisher), words(maker)
    if not left or not right:
        return False
    if left <= right or right <= left:
        return True
    if _one_spelling(publisher, maker):
        return True
    joined = "".join(re.findall(r"[a-z0-9]+", maker.casefold()))
    told = "".join(re.findall(r"[a-z0-9]+", publisher.casefold()))
    host = re.sub(r"^[a-z]+://", "", address.casefold()).partition("/")[0].partition(":")[0].split(".")
    return joined == told or (len(joined) > 3 and joined in host[:-1])


def _one_spelling(publisher: str, maker: str) -> bool:
    """Whether the table of makers knows both names as spellings of one."""
    (one, sure), (other, as_sure) = makes.maker(publisher, makers()), makes.maker(maker, makers())
    return one == other and min(sure, as_sure) >= SPELLING
