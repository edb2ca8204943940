"""From paths to contents, cells and keys: what every reader stands on.

What comes in: paths, standard input, uploads. What goes out: `Content` (the Input of `model.seams`), one for each file
or member of an archive, or a `Refusal` that tells why not. Nothing here knows what a content means.

`files` walks folders and opens archives within `Limits`; `Content.sheets` gives tables as text cells (office files
through a child process, see `office`); `top` looks into JSON; `refusal` turns an exception into a Refusal.
"""

from hygie.sources.opening.coming import Coming
from hygie.sources.opening.content import Content
from hygie.sources.opening.folders import again, files, upload
from hygie.sources.opening.json import top
from hygie.sources.opening.limits import Limits
from hygie.sources.opening.refusals import DAMAGE, UNREADABLE, refusal, shown
from hygie.sources.opening.secrets import Secret

__all__ = [
    "DAMAGE",
    "UNREADABLE",
    "Coming",
    "Content",
    "Limits",
    "Secret",
    "again",
    "files",
    "refusal",
    "shown",
    "top",
    "upload",
]
