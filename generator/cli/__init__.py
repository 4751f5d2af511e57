"""The command `almanac`. Every failure ends in one message and an exit code: 1 data, 2 surroundings."""

from __future__ import annotations

import sys

import click
import stamina

from generator.cli.catalog.check import check
from generator.cli.catalog.diff import diff
from generator.cli.catalog.refresh import refresh
from generator.cli.catalog.report import report
from generator.cli.catalog.show import show
from generator.cli.choose import choose
from generator.cli.compare import compare
from generator.cli.cost import cost
from generator.cli.lint import lint
from generator.cli.mcp import mcp
from generator.cli.site.build import build
from generator.cli.site.new import new
from generator.cli.site.runtime import runtime
from generator.cli.site.serve import serve
from generator.cli.terminal import err
from generator.cli.versus import versus
from generator.errors import AlmanacError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="model-almanac", prog_name="almanac")
def cli() -> None:
    """Model Almanac: facts about AI models with their sources, and a site made from them."""


#: In the order in which they are listed.
COMMANDS = (
    *(check, show, new, build, serve, mcp, runtime, compare),
    *(refresh, report, lint, diff, choose, versus, cost),
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command; an error that a person can act on is shown as one message."""
    # A retry is no news on a terminal; what stays broken is said at the end.
    stamina.instrumentation.set_on_retry_hooks(())
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        err.print("Stopped; the catalog is as it was.")
        sys.exit(130)
    except AlmanacError as error:
        err.print(f"almanac: {error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        err.print(
            f"almanac: {name}{error.strerror or error}; look at the file, its rights and the disk's room",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
