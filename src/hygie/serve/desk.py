"""What every command stands at: the terminal, the workspace, its settings, the date; and options that some share."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, NoReturn, ParamSpec

import click

from hygie.serve.console import DONE, FAILED, USAGE, Console, default_language, hush
from hygie.serve.helping import Chosen, gathered, general
from hygie.serve.settings import WORKSPACE, Settings, settings

if TYPE_CHECKING:
    from hygie.store import Ledger

P = ParamSpec("P")


class Desk(NamedTuple):
    """What every command has: the terminal, the workspace, the date."""

    console: Console
    workspace: Path
    as_of: str
    settings: Settings = Settings()


def desk(function: Callable[Concatenate[Desk, P], None]) -> Callable[P, None]:
    """Gives a command its desk from the options that all commands share."""

    @general
    @wraps(function)
    def command(*args: P.args, **options: P.kwargs) -> None:
        at = _seat(gathered(options))
        console = at.console
        try:
            function(at, *args, **options)
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


def _seat(given: dict[str, Any]) -> Desk:
    """The desk that the general options and the workspace's settings ask for; wrong ones end the program."""
    console = Console(given["lang"] or default_language(), bool(given["quiet"]))
    workspace = given["workspace"] or WORKSPACE
    try:
        found = settings(workspace)
    except ValueError as error:
        key, *args = map(str, error.args)
        console.fail(USAGE, key, *args)
    except OSError as error:
        console.fail(FAILED, "workspace.disk", f"folder={workspace}", f"detail={error.strerror or error}")
    if found.lang and not given["lang"]:
        console.language = found.lang
    return Desk(console, workspace, _date(console, given["as_of"] or ""), found)


def interrupted(error: BaseException) -> bool:
    """Whether a person stopped the program: in the middle of a query, databases make an error of their own of it."""
    known: list[BaseException | None] = [error]
    for one in known:
        if isinstance(one, KeyboardInterrupt) or type(one).__name__ == "InterruptException":  # DuckDB's
            return True
        if one is not None:
            known += [each for each in (one.__cause__, one.__context__) if each not in known]
    return False


def listing(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command `--format table|json|csv`."""
    return click.option("--format", "form", type=Chosen(["table", "json", "csv"]), default="table")(function)


def filtered(function: Callable[P, None]) -> Callable[P, None]:
    """Gives a command `--filter EXPR`."""
    return click.option("--filter", "expression", metavar="EXPR", default="")(function)


site_option = click.option("--site", metavar="NAME", default="")
source_option = click.option("--source", "series", metavar="NAME", default="")


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps the cycle collector from walking millions of rows that hold no cycle: a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # what is there stays to the end: it need not be walked once more
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
        if isinstance(error, FileNotFoundError) and str(error) == str(at.workspace):
            absent(at)
        at.console.fail(FAILED, "workspace.disk", f"folder={at.workspace}", f"detail={error.strerror or error}")
    except BROKEN as error:
        if interrupted(error):
            raise KeyboardInterrupt from error
        key, detail = trouble(error)
        at.console.fail(FAILED, key, f"folder={at.workspace}", f"detail={detail}")


def absent(at: Desk) -> NoReturn:
    """Says that there is no workspace here, and ends."""
    key = "workspace.not_a_folder" if at.workspace.is_file() else "workspace.absent"
    at.console.fail(FAILED, key, f"folder={at.workspace}")


def _date(console: Console, text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        console.fail(USAGE, "usage.date", f"text={text}")


def iso(at: Desk, text: str) -> str:
    """A day that a person gave, in ISO 8601; another text ends the program."""
    return _date(at.console, text)
