"""Devices x vulnerabilities -> findings, each with who says so and why.

What comes in: rows of the register (devices, models), of knowledge (statements, records, SBOMs) and people's decisions;
tables of makers as arguments. What goes out: `Profile`, `ProfileOf`, `Finding`. No I/O.

The way: `profiles` (devices that are alike share one profile) -> `naming` (which names mean the same thing) ->
`statements` and `records` (what is said of each part: a `Claim` each) -> `judge` (whose word wins) -> `find`.
`affected` asks the other way round, `uncovered` lists the models of which nobody speaks.

Rules: no match is never "not affected": that verdict needs a statement, or a known version outside every range of a
record that names the product. The manufacturer goes before third parties, the more specific before the general, the
newer before the older; what lost is kept beside. What rests on a doubtful name, a version that is not known or a range
that is not understood is "possible", with the question that would settle it.

To add a source of claims: a module that yields `claims.Claim` for a part, and one line in `find`.
"""
