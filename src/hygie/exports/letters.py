"""The blank table for what manufacturers say by letter, mail or call, ready to be filled in and read back.

What comes in: a language. What goes out: `statements.xlsx` with headings that the reader knows, help beside each cell,
words to choose from, and one example that the reader leaves out as long as nobody changes it.
"""

from hygie.exports.pen import Pen
from hygie.exports.sheets import Column, Page, workbook

FIELDS = {
    "make": 24,
    "product": 24,
    "version": 20,
    "subject": 26,
    "allowed": 16,
    "condition": 44,
    "support_end": 14,
    "who": 24,
    "dated": 12,
    "document": 28,
    "fixed_version": 16,
}
"""Columns, by the reader's name of the field, with their width."""
SUBJECTS = (
    "patch",
    "os_update",
    "component_patch",
    "antivirus",
    "allow_listing",
    "configuration",
    "network_control",
    "scan",
    "remote_access",
    "backup",
)
ANSWERS = ("yes", "no", "studied", "affected", "not_affected", "fixed")
ROWS = 200
"""Rows that are ready to be filled in."""


def blank(language: str) -> bytes:
    """The table, its example in the first row."""
    pen = Pen(language, ())
    choices = {
        "subject": tuple(pen.text(f"letters.subject.{key}") for key in SUBJECTS),
        "allowed": tuple(pen.text(f"letters.answer.{key}") for key in ANSWERS),
    }
    columns = [
        Column(
            pen.text(f"letters.{field}"),
            width,
            choices.get(field, ()),
            filled=True,
            other=True,
            help=pen.text(f"letters.{field}.help"),
        )
        for field, width in FIELDS.items()
    ]
    example = [pen.known(f"letters.{field}.example", "") for field in FIELDS]
    return workbook([Page(pen.text("letters.sheet"), columns, [example], pen.text("letters.note"), ROWS)])
