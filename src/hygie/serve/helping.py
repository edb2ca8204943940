"""Help and usage errors in the reader's language; the general options, before or after the command's name.

What comes in: the words of a command line. What goes out: help and errors made of the texts of `words`:
`help.<command>` (its first line is the short form), `help.<command>.<option>` or else `help.option.<option>`,
`metavar.<NAME>`. Docstrings of commands are for who reads the code.

The language is that of `--lang`, wherever it stands, else that of the workspace's `hygie.toml`, else the locale's.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from hygie import words
from hygie.serve.console import USAGE, default_language
from hygie.serve.settings import WORKSPACE, settings

P = ParamSpec("P")
R = TypeVar("R")
LANGUAGE, GENERAL = "hygie.language", "hygie.general"
"""Keys of what all contexts of one command line share: its language; general options given before the command."""

_NAME = re.compile(r"[A-Z][A-Z_]+")


def spoken(line: Sequence[str]) -> str:
    """The language that a command line asks for, else that of its workspace's settings, else the locale's."""
    said = {"--lang": "", "--workspace": ""}
    for i, word in enumerate(line):
        if word == "--":
            break
        name, equal, value = word.partition("=")
        if name in said:
            value = value if equal else "".join(line[i + 1 : i + 2])
            said[name] = value if name != "--lang" or value in words.LANGUAGES else said[name]
    return said["--lang"] or _settled(Path(said["--workspace"] or WORKSPACE)) or default_language()


def _settled(workspace: Path) -> str:
    """The language of a workspace's settings; "" where they say none or cannot be read: commands tell why, help not."""
    try:
        return settings(workspace).lang
    except (ValueError, OSError):
        return ""


def text(ctx: click.Context, key: str, *args: str) -> str:
    """The sentence of a key in the language of a command line."""
    return words.say(ctx.meta.get(LANGUAGE) or default_language(), key, args)


def _known(ctx: click.Context, *keys: str) -> str:
    """The text of the first of these keys that has one; "" none."""
    texts = words.catalogue(ctx.meta.get(LANGUAGE) or default_language())
    return next((texts[key] for key in keys if key in texts), "")


class Chosen(click.Choice[str]):
    """One of some words; another is refused with the words that are."""

    name = "choice"

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Says what was given, and what may be."""
        ctx = ctx or click.get_current_context()
        return text(ctx, "usage.choice", f"text={value}", f"words={', '.join(map(str, self.choices))}")


def general(function: Callable[P, R]) -> Callable[P, R]:
    """Gives a command, or a family of commands, the options that all take."""
    for option in (
        click.option("--quiet", is_flag=True),
        click.option("--as-of", metavar="DATE", default=None),
        click.option("--lang", type=Chosen(words.LANGUAGES), default=None),
        click.option("--workspace", metavar="FOLDER", type=click.Path(path_type=Path, readable=False), default=None),
    ):
        function = option(function)
    return function


def before(ctx: click.Context, **given: Any) -> None:
    """Keeps the general options that stand before a command's name; without a command, shows help as wrong usage."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)
    kept = ctx.meta.setdefault(GENERAL, {})
    kept.update({name: value for name, value in given.items() if value})


def gathered(options: dict[str, Any]) -> dict[str, Any]:
    """Takes the general options out of a command's: those given before its name hold where it has none of its own."""
    ahead = click.get_current_context().meta.get(GENERAL, {})
    return {name: options.pop(name) or ahead.get(name) for name in ("workspace", "lang", "as_of", "quiet")}


class Verb(click.Command):
    """A command that speaks the reader's language."""

    allow_extra_args = True  # told here, in words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; words too many are refused in the reader's language."""
        with _heard(ctx, args):
            super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(text(ctx, "usage.extra", f"words={' '.join(ctx.args)}"), ctx)
        return ctx.args

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        _usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is for."""
        _purpose(ctx, formatter)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments are told in the text."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options."""
        _options(self, ctx, formatter)


class Family(click.Group):
    """A group of commands that speaks the reader's language."""

    command_class = Verb

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does."""
        with _heard(ctx, args):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own form
        """In the order of the work, the main job first."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a name that is none is refused with those that are like it. Raises UsageError."""
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing:
            near = _near(ctx, args[0], self.list_commands(ctx))
            raise click.UsageError(f"{text(ctx, 'usage.command', f'name={args[0]}')}{near}", ctx)
        return args[0], found, args[1:]

    def main(self, args: Sequence[str] | None = None, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]
        """Runs; wrong usage is told in the reader's language. Gives the exit code, or ends with it."""
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except click.ClickException as error:
            click.echo(told(error), err=True)
            code = error.exit_code
        if not standalone_mode:
            return code
        sys.exit(code or 0)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        _usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it is for."""
        _purpose(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its commands, then the options."""
        names = self.list_commands(ctx)
        lines = [(name, _known(ctx, f"help.{_path(ctx, name)}").partition("\n")[0]) for name in names]
        with formatter.section(text(ctx, "help.commands")):
            formatter.write_dl(lines)
        _options(self, ctx, formatter)


def told(error: click.ClickException) -> str:
    """What is wrong with a command line, how it is used, and where help is."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is None:
        return error.format_message()
    usage = ctx.get_usage()
    return f"{usage}\n{text(ctx, 'usage.try', f'command={ctx.command_path} --help')}\n\n{_wrong(error, ctx)}"


def _wrong(error: click.ClickException, ctx: click.Context) -> str:
    """The sentence of an error of click's, by its kind."""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in ctx.command.get_params(ctx) for name in param.opts]
        near = _near(ctx, error.option_name, [name for name in known if name.startswith("-")])
        return f"{text(ctx, 'usage.option', f'name={error.option_name}')}{near}"
    if isinstance(error, click.BadOptionUsage):
        flag = any(error.option_name in p.opts and getattr(p, "is_flag", False) for p in ctx.command.get_params(ctx))
        return text(ctx, "usage.option.flag" if flag else "usage.option.value", f"name={error.option_name}")
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = _shown(ctx, error.param)
        if isinstance(error, click.MissingParameter):
            return text(ctx, "usage.missing", f"name={name}")
        return text(ctx, "usage.value", f"name={name}", f"reason={error.message}")
    return error.format_message()


def _near(ctx: click.Context, word: str, known: Iterable[str]) -> str:
    """ " Did you mean ...?"; "" where nothing is like it."""
    found = get_close_matches(word, list(known))
    return " " + text(ctx, "usage.nearest", f"words={', '.join(found)}") if found else ""


@contextmanager
def _heard(ctx: click.Context, line: Sequence[str]) -> Iterator[None]:
    """Finds the language of a command line, which the outermost context has whole; errors know where they arose."""
    if LANGUAGE not in ctx.meta:
        ctx.meta[LANGUAGE] = spoken(line)
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def _path(ctx: click.Context, *more: str) -> str:
    """Names of the command and those that it belongs to, without the program's: "feeds.import"."""
    names: list[str] = []
    at: click.Context | None = ctx
    while at is not None and at.parent is not None:
        names.insert(0, str(at.command.name))
        at = at.parent
    return ".".join((*names, *more))


def _named(ctx: click.Context, metavar: str) -> str:
    """A metavar in the reader's language."""
    return _NAME.sub(lambda found: _known(ctx, f"metavar.{found[0]}") or found[0], metavar)


def _shown(ctx: click.Context, param: click.Parameter) -> str:
    """How a person knows a parameter: the option's longest name, the argument's metavar."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else _named(ctx, param.metavar or "")


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = ["[OPTIONS]", *(p.metavar or "" for p in command.get_params(ctx) if isinstance(p, click.Argument))]
    if isinstance(command, click.Group):
        pieces.append("COMMAND [ARGUMENTS]...")
    told = " ".join(_named(ctx, piece) for piece in pieces)
    formatter.write_usage(ctx.command_path, told, prefix=f"{text(ctx, 'help.usage')} ")


def _purpose(ctx: click.Context, formatter: click.HelpFormatter) -> None:
    path = _path(ctx)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(_known(ctx, f"help.{path}" if path else "help.hygie").replace("\n", "\n\n"))


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Options of its own, then those that all take."""
    shared = {"workspace", "lang", "as_of", "quiet"}
    own: list[tuple[str, str]] = []
    every: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        if isinstance(param, click.Option):
            helping = param is command.get_help_option(ctx)
            name = "help" if helping else str(param.name)
            (every if name in shared or helping else own).append((_heads(ctx, param), _about(ctx, name)))
    for title, lines in (("help.options", own), ("help.general", every)):
        if lines:
            with formatter.section(text(ctx, title)):
                formatter.write_dl(lines)


def _about(ctx: click.Context, option: str) -> str:
    return _known(ctx, f"help.{_path(ctx)}.{option}", f"help.option.{option}")


def _heads(ctx: click.Context, option: click.Option) -> str:
    """ "-o, --output FILE"."""
    names = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} {'|'.join(map(str, option.type.choices))}"
    return f"{names} {_named(ctx, option.metavar or '')}"
