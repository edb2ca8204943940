"""The command `hygie`: stable words that scripts and tests rely on.

Exit codes: 0 done; 1 done, but some input was refused (each listed); 2 wrong usage; 3 could not do the job.
Source: docs/reference/cli.md.
"""

import click

from hygie import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hygie")
def hygie() -> None:
    """Both safeties of connected medical devices: the patients' and the information system's."""


def main() -> None:
    """Entry point of the command."""
    from hygie.serve import asking, feeding, handing

    for family in (feeding, asking, handing):
        for command in family.COMMANDS:
            hygie.add_command(command)
    hygie(prog_name="hygie")
