"""SSVC tables of the deployer: from five decision points to how soon to act.

What comes in: values as SSVC names them, lower case ("public poc", "mef failure"...). What goes out:
`human_impact(...)` and `deploy(...)`. Both raise KeyError or ValueError on a value that the tables do not have.

Two profiles of human impact. "table" is CERT/CC's decision table and the default. "safety first" follows CERT/CC's own
value definitions (Human Impact 2.0.2), which disagree with its table in four cells, always upwards; they are silent on
critical safety with failure of a mission-essential function, where the table's value stands. A profile is chosen whole:
never mixed.

SSVC sets no days. The assumed values are SSVC's suggested defaults, for when nothing is known.

Source: CERT/CC SSVC, DT_HI 1.0.0, Human Impact 2.0.2, Deployer Patch Application Priority 1.0.0 (2026-07-20); default
values: SSVC, "Suggested Default Values".
"""

from hygie.model.verdict import Outcome

VERSION = "DT_HI 1.0.0, deployer 1.0.0"
"""Versions of the upstream tables."""

EXPLOITATION = ("none", "public poc", "active")
EXPOSURE = ("small", "controlled", "open")
AUTOMATABLE = ("no", "yes")
SAFETY = ("negligible", "marginal", "critical", "catastrophic")
MISSION = ("degraded", "crippled", "mef failure", "mission failure")
"""SSVC's "MEF support crippled" is "crippled" here; MEF: mission-essential function."""
HUMAN = ("low", "medium", "high", "very high")

ASSUMED = {"exposure": "open", "automatable": "yes", "safety": "marginal", "mission": "crippled"}
"""What stands where nobody said, always shown as assumed. SSVC's own defaults."""

TABLE = "table"
SAFETY_FIRST = "safety first"

_HUMAN_IMPACT = {
    # degraded, crippled, mef failure, mission failure
    "negligible": ("low", "low", "medium", "very high"),
    "marginal": ("low", "low", "medium", "very high"),
    "critical": ("medium", "high", "high", "very high"),
    "catastrophic": ("very high", "very high", "very high", "very high"),
}
"""DT_HI 1.0.0."""

_DEFINITIONS = _HUMAN_IMPACT | {
    "marginal": ("medium", "medium", "high", "very high"),
    "critical": ("high", "high", "high", "very high"),
}
"""Value definitions of Human Impact 2.0.2: four cells above the table's."""

PROFILES = {TABLE: _HUMAN_IMPACT, SAFETY_FIRST: _DEFINITIONS}

_D, _S, _O, _I = Outcome.DEFER, Outcome.SCHEDULED, Outcome.OUT_OF_CYCLE, Outcome.IMMEDIATE

_DEPLOYER = {
    # human impact: low, medium, high, very high
    ("none", "small", "no"): (_D, _D, _S, _S),
    ("none", "small", "yes"): (_D, _S, _S, _S),
    ("none", "controlled", "no"): (_D, _S, _S, _S),
    ("none", "controlled", "yes"): (_S, _S, _S, _S),
    ("none", "open", "no"): (_D, _S, _S, _S),
    ("none", "open", "yes"): (_S, _S, _S, _O),
    ("public poc", "small", "no"): (_D, _S, _S, _S),
    ("public poc", "small", "yes"): (_S, _S, _S, _S),
    ("public poc", "controlled", "no"): (_D, _S, _S, _S),
    ("public poc", "controlled", "yes"): (_S, _S, _S, _O),
    ("public poc", "open", "no"): (_S, _S, _S, _O),
    ("public poc", "open", "yes"): (_S, _S, _O, _O),
    ("active", "small", "no"): (_S, _S, _O, _O),
    ("active", "small", "yes"): (_S, _O, _O, _O),
    ("active", "controlled", "no"): (_S, _S, _O, _O),
    ("active", "controlled", "yes"): (_O, _O, _O, _O),
    ("active", "open", "no"): (_S, _O, _O, _I),
    ("active", "open", "yes"): (_O, _O, _I, _I),
}
"""Deployer Patch Application Priority 1.0.0: 72 outcomes."""


def human_impact(safety: str, mission: str, profile: str = TABLE) -> str:
    """low, medium, high or very high. Raises KeyError, ValueError on a value that the table does not have."""
    return PROFILES[profile][safety][MISSION.index(mission)]


def deploy(exploitation: str, exposure: str, automatable: str, human: str) -> Outcome:
    """How soon to act. Raises KeyError, ValueError on a value that the table does not have."""
    return _DEPLOYER[exploitation, exposure, automatable][HUMAN.index(human)]
