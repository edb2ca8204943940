"""Findings + place + clinical function -> priorities.

What comes in: a ground that gives rows by kind (findings, profiles, devices, flows, bindings, zones, coverage,
decisions; vulnerabilities, exploited and scores of the findings alone). What goes out: `rank(ground)`, one `Priority`
per (finding, exposure, clinical kind, mission) with every input's because and origin; `stand(ground)`, the exposure and
mission taken for each device, and why.

SSVC's decision points, one module each: `exploitation`, `exposure`, `automatable`, `safety`, `mission`; `flaw` reads
what the records of one vulnerability say; `priorities` puts all of it through the
tables of `facts.ssvc`. What nobody said takes SSVC's suggested default and is shown as assumed. No input is guessed
from EPSS or from the MDR class.

To add an input: a module that gives a value and its because, and its line in `priorities`.
Source: CERT/CC SSVC, deployer.
"""

from hygie.risk.priorities import rank, stand

__all__ = ["rank", "stand"]
