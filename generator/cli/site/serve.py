"""`almanac serve`: the site on the loopback, made again when a file changes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import NoReturn

import click

from generator.cli.site.setup import check_setup
from generator.cli.terminal import err
from generator.errors import SetupError


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to begin looking at.",
)
def serve(port: int) -> None:
    """Build the site and serve it on 127.0.0.1, building again when a file changes."""
    check_setup()
    free = _free_port(port)
    if free != port:
        err.print(f"Port {port} is taken; serving at http://127.0.0.1:{free}/")
    _mkdocs("serve", "--dev-addr", f"127.0.0.1:{free}")


def _free_port(wanted: int) -> int:
    for port in range(wanted, min(wanted + 50, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SetupError(f"no free port from {wanted} on; name another with --port")


def _mkdocs(*arguments: str) -> NoReturn:
    """Become MkDocs, so that a signal to this command is a signal to it."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "ALMANAC_ON_DEMAND": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment)  # noqa: S606 (our own arguments)
    try:
        code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        code = 130
    raise SystemExit(code)
