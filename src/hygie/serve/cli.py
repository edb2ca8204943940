"""The command `hygie`: stable words that scripts and tests rely on.

Exit codes: 0 done; 1 done, but some input was refused (each listed); 2 wrong usage; 3 could not do the job.
Source: docs/reference/cli.md.
"""

import io
import os
import signal
import sys
from typing import Any

import click

from hygie import __version__
from hygie.serve.helping import Family, before, general


@click.group(cls=Family, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hygie")
@general
@click.pass_context
def hygie(ctx: click.Context, /, **given: Any) -> None:
    """Both safeties of connected medical devices: the patients' and the information system's."""
    before(ctx, **given)


def run() -> None:
    """Entry point of the command: `main`, and the process ends at once.

    All is written and closed by then; to take apart some million rows one by one would take a second more.
    """
    try:
        main()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 0)  # `main` has flushed what it printed


def main() -> None:
    """The command. Whatever happens, it ends with a sentence and a code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a file's name need not fit the terminal
    try:
        code = _run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = _ended("interrupted")
    except BrokenPipeError:  # who read the output has seen enough
        _hush()
        code = 0
    except OSError as error:
        _hush()
        code = _ended("output.failed", f"detail={error.strerror or error}")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: an interruption now changes nothing
    raise SystemExit(code)


def _run() -> int:
    """Runs the command; gives the exit code."""
    from hygie.serve import asking, feeding, handing, listening, trusting

    for family in (feeding, listening, asking, handing, trusting):
        for command in family.COMMANDS:
            hygie.add_command(command)
    try:
        return int(hygie.main(prog_name="hygie", standalone_mode=False) or 0)
    except click.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0


def _ended(key: str, *args: str) -> int:
    from hygie import words
    from hygie.serve.console import FAILED, default_language

    print(words.say(default_language(), key, args), file=sys.stderr)
    return FAILED


def _hush() -> None:
    from hygie.serve.console import hush

    hush()
