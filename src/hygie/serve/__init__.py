"""The doors: the command line. No other decision is taken here.

What comes in: a person's words. What goes out: calls of `hygie.walk`, and what it says, in French or English.
Modules are imported late: `hygie --help` loads no store, no table reader, no renderer.

To add a command: one function in `cli` (or the module of its family), its texts in `words/{fr,en}/serve.po`, a line in
docs/reference/cli.md and docs/fr/reference/cli.md.
"""
