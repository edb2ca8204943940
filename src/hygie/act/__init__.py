"""Priorities -> measures: what may be done, who must decide it, and its effect on both safeties.

What comes in: a ground that gives rows by kind. What goes out: `propose(ground)`, measures by model (and by operating
system out of support); `plan(measures)`, their order on one page; `cut(target, ground)`, what stops if the internet, a
zone or a device is cut.

Where measures come from, one module each: `advised` (remediations of advisories), `allowed` (what the manufacturer's
letters and MDS2 allow), `network` (restricting flows), `lifecycle` (ends of support). `effects` says what each does to
the attacker and to care; `target` gathers what a measure is about; `permissions` and `remedies` tie words to models.

Rules that hold for every measure, checked by a property test:
- on a device that may carry a CE mark, "hospital alone" needs the manufacturer's permission, which is named;
- a third party's advice needs the manufacturer's word;
- a network control on therapy or monitoring, on a critical function, without the manufacturer's permission, or without
  observed flows, is decided together.

To add a source of measures: a module with a function from targets to measures, and its line in `measures.propose`.
"""

from hygie.act.cuts import Cut, cut
from hygie.act.measures import plan, propose

__all__ = ["Cut", "cut", "plan", "propose"]
