"""Versioned tables of facts and their loaders. Data, not behaviour: other rooms decide with them.

What comes in: nothing (some tables are read from the package itself). What goes out: frozen rows.

Every module holds one subject, carries `VERSION` (raised whenever a row changes meaning) and says where its rows come
from: a standard, a public list with its date, or Hygie's own judgement. A judgement is shown as such until a person
of the hospital confirms it.

To add a table: one module with a docstring that ends with `Source:`, a `VERSION`, a loader, and a test that checks
each row against its source where one is at hand.
"""
