"""The MDS2 form of 2019: its question ids, what each asks in our own words, and what an answer lets one conclude.

What comes in: nothing. What goes out: `questions()` by id in the form's order, `SECTIONS`, `MEANINGS`. The wording is
ours, short, in French and English: the form that the hospital imports holds the questions themselves.

Source: ANSI/NEMA HN 1-2019 (ids and their sections, 240 questions; what they mean is our reading of them).
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

VERSION = "1"
"""Raised whenever a row changes meaning."""


class Question(NamedTuple):
    """One question of the form."""

    id: str
    """Such as "AUDT-2.8.1"."""
    section: str
    en: str
    """What it asks, short."""
    fr: str


class Meaning(NamedTuple):
    """What an answer says of what may be done with the product."""

    subject: str
    """As of `model.Permission.subject`."""
    yes: bool | None
    """Allowed, where the answer is yes; None: this answer alone says nothing."""
    no: bool | None
    beside: str = ""
    """Another question that decides whether this one speaks; "" none."""
    answers: tuple[str, ...] = ()
    """Answers to `beside` with which it does."""


MEANINGS: Mapping[str, tuple[Meaning, ...]] = MappingProxyType(
    {
        # CSUP-2 to 6: operating system, drivers and firmware, antivirus, commercial components, other software.
        # .1 the hospital has instructions to install updates, .2 they need the maker's service, .4 third-party ones
        # are allowed without approval
        **{f"CSUP-{part}.1": (Meaning("patch", True, None, f"CSUP-{part}.2", ("no",)),) for part in (3, 5, 6)},
        **{f"CSUP-{part}.2": (Meaning("patch", False, None),) for part in (3, 5, 6)},
        **{f"CSUP-{part}.4": (Meaning("component_patch", True, False),) for part in (3, 5, 6)},
        "CSUP-2.1": (Meaning("patch", True, None, "CSUP-2.2", ("no",)),),
        "CSUP-2.2": (Meaning("patch", False, None),),
        "CSUP-2.4": (Meaning("os_update", True, False), Meaning("component_patch", True, False)),
        "MLDP-2": (Meaning("antivirus", True, False, "MLDP-2.3", ("yes", "n/a", "")),),
        "MLDP-2.3": (Meaning("antivirus", True, False),),
        "MLDP-3": (Meaning("other: compensating protection", True, False),),
        "MLDP-4": (Meaning("allow_listing", True, None),),
        "MLDP-5.2": (Meaning("other: host intrusion detection", True, False),),
        "SAHD-13": (Meaning("scan", True, False),),
        "SAHD-14": (Meaning("configuration", True, False),),
        "RMOT-1": (Meaning("remote_access", True, False),),
        "DTBK-5": (Meaning("backup", True, False),),
    }
)
"""Question -> what yes and no allow or forbid. N/A says nothing, See Notes leaves it open, a blank is no answer."""

ONLY_IN_2013 = "CNFS"
"""Section of the edition of 2013 that the one of 2019 no longer has; its questions are numbered "1-1", "12-2.1"."""


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    """Rows (id or section, English, French) of the text beside this module."""
    text = resources.files(__package__ or "hygie.facts").joinpath("mds2.txt").read_text("utf-8")
    rows = (tuple(part.strip() for part in line.split(" | ")) for line in text.splitlines() if line.strip())
    return tuple((key, en, fr) for key, en, fr in rows)


@cache
def questions() -> Mapping[str, Question]:
    """Id -> question, in the form's order."""
    return MappingProxyType(
        {key: Question(key, key.partition("-")[0], en, fr) for key, en, fr in _table() if "-" in key}
    )


@cache
def sections() -> Mapping[str, tuple[str, str]]:
    """Section -> its title in English and French, in the form's order; OTHR is free text without questions."""
    return MappingProxyType({key: (en, fr) for key, en, fr in _table() if "-" not in key})
