"""The doors: the command line. No other decision is taken here.

What comes in: a person's words. What goes out: calls of `hygie.walk`, and what it says, in French or English.
Modules are imported late: `hygie --help` loads no store, no table reader, no renderer.

To add a command: one function in the module of its family, of the class `helping.Verb`; its texts in
`words/{fr,en}/serve.po` (`help.<command>`, `help.<command>.<option>`, `metavar.<NAME>`: a test asks for them); a
section in docs/reference/cli.md and docs/fr/reference/cli.md.
"""
