"""What every command stands at: the terminal, the workspace, the date; and the options that commands share."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec

import click

from hygie.serve.console import DONE, FAILED, USAGE, Console, default_language, hush

if TYPE_CHECKING:
    from hygie.store import Ledger

P = ParamSpec("P")


class Desk(NamedTuple):
    """What every command has: the terminal, the workspace, the date."""

    console: Console
    workspace: Path
    as_of: str


def desk(function: Callable[Concatenate[Desk, P], None]) -> Callable[P, None]:
    """Gives a command its desk from the options that all commands share."""

    @click.option("--workspace", type=click.Path(path_type=Path), default=Path("hygie-workspace"), show_default=True)
    @click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Default: from the locale.")
    @click.option("--as-of", metavar="DATE", default="", help="Date that stands for today (ISO 8601).")
    @click.option("--quiet", is_flag=True, help="No progress.")
    @wraps(function)
    def command(*args: P.args, **options: P.kwargs) -> None:
        language = str(options.pop("lang", None) or default_language())
        console = Console(language, bool(options.pop("quiet")))
        workspace, as_of = options.pop("workspace"), str(options.pop("as_of"))
        try:
            function(Desk(console, Path(str(workspace)), _date(console, as_of)), *args, **options)
        except BrokenPipeError:  # who read the output has seen enough
            hush()
            raise SystemExit(DONE) from None
        except (KeyboardInterrupt, RuntimeError) as error:
            if not interrupted(error):
                raise
            console.fail(FAILED, "interrupted")
        except MemoryError:
            console.fail(FAILED, "workspace.memory")

    return command


def interrupted(error: BaseException) -> bool:
    """Whether a person stopped the program; DuckDB makes a RuntimeError of it in the middle of a query."""
    return any(isinstance(one, KeyboardInterrupt) for one in (error, error.__cause__, error.__context__))


def listing(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command `--format table|json|csv`."""
    option = click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
    )
    return option(function)


def filtered(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command `--filter EXPR`."""
    return click.option(
        "--filter", "expression", metavar="EXPR", default="", help='e.g. make ~ "dräger" and seen != x'
    )(function)


site_option = click.option("--site", default="local", show_default=True, help="Site that the files are from.")
source_option = click.option("--source", "series", default="", help="Name of the series that the files belong to.")


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps the cycle collector from walking millions of rows that hold no cycle: a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def workspace(at: Desk, write: bool = False) -> Iterator["Ledger"]:
    """The store; what stands in the way is said, with exit code 3."""
    from hygie.store import BROKEN, LockHeldError, UnsafeFolderError, open_workspace, trouble

    try:
        with open_workspace(at.workspace, write) as store, uncollected():
            yield store
    except LockHeldError:
        at.console.fail(FAILED, "workspace.locked", f"folder={at.workspace}")
    except UnsafeFolderError as error:
        at.console.fail(FAILED, str(error.args[0]), f"folder={at.workspace}", f"kind={error.args[-1]}")
    except BrokenPipeError:
        raise
    except ValueError as error:
        if error.args[:1] != ("workspace.newer",):
            raise
        at.console.fail(FAILED, "workspace.newer", f"folder={at.workspace}")
    except OSError as error:
        absent = isinstance(error, FileNotFoundError) and str(error) == str(at.workspace)
        key = "workspace.absent" if absent else "workspace.disk"
        at.console.fail(FAILED, key, f"folder={at.workspace}", f"detail={error.strerror or error}")
    except BROKEN as error:
        key, detail = trouble(error)
        at.console.fail(FAILED, key, f"folder={at.workspace}", f"detail={detail}")


def _date(console: Console, text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        console.fail(USAGE, "usage.date", f"text={text}")
