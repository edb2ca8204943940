"""Where everything rests: one folder, private to its owner.

What comes in: readings with their rows, and what stages derive from them. What goes out: the same rows, a digest of
them, and nothing that was forgotten. Bulk rows rest in immutable Parquet parts; SQLite holds the manifest that says
which parts count. A part is written, flushed and renamed before its manifest row is committed, so a process that dies
at any moment leaves either the old state or the new one; files that no row names are swept at the next start.

Modules: `folder` (the workspace folder, its rights and its lock), `columns` (rows <-> columns), `parts` (Parquet
files), `schema` (the manifest's tables), `ledger` (the `Store` itself), `workspace` (opening it), `expression` (the
filter grammar), `trouble` (errors from beneath).

To add a kind of row: nothing here; see `hygie.model`. To change the manifest: `schema` and a migration in it.
"""

from hygie.store.folder import LockHeldError, UnsafeFolderError
from hygie.store.ledger import Ledger
from hygie.store.parts import Part, Parts
from hygie.store.trouble import BROKEN, trouble
from hygie.store.workspace import open_workspace

__all__ = ["BROKEN", "Ledger", "LockHeldError", "Part", "Parts", "UnsafeFolderError", "open_workspace", "trouble"]
