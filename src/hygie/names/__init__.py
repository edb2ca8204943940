"""Who is who: makers, products, versions and ranges of versions, CPE, purl, operating systems.

What comes in: texts as records, tables and traffic write them, and tables of aliases as arguments. What goes out:
normal forms, relations and probabilities. `None` means "cannot be said"; nothing here guesses. No I/O.

To add an order of versions: a function `compare(one, other) -> int | None` (and, where the order is total, a key) and
one line in `version.ORDERS`. To add a way of writing ranges: one rule in `ranges`, with labelled texts in its test.
"""
