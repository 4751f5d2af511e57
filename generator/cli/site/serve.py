"""`almanac serve`: the site on the loopback, made again when a file changes."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from generator.cli.site.setup import check_setup, configured, logged, plugin_of
from generator.cli.terminal import err
from generator.errors import SetupError

HOST = "127.0.0.1"
#: How many ports are tried.
PORTS = 50
#: How many browsers may wait for the first build.
WAITING = 128


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
    listener = listen(port)
    free = listener.getsockname()[1]
    if free != port:
        err.print(
            f"Port {port} is taken, by another almanac serve or another program; "
            f"serving at http://{HOST}:{free}/ (--port names another)",
            highlight=False,
            soft_wrap=True,
        )
    plugin = plugin_of(configured())
    plugin.serve_on_demand()

    from generator.site import served

    with logged():
        served.serve(listener, Path(plugin.config.cache).parent / "served", configured)


def listen(wanted: int) -> socket.socket:
    """A socket that listens at the first port from `wanted` on that no program has. Raises SetupError.

    It is taken before the site is built: two commands that only looked would both see the same port free.
    """
    last = min(wanted + PORTS, 65536) - 1
    for port in range(wanted, last + 1):
        try:
            return socket.create_server((HOST, port), backlog=WAITING)
        except OSError as error:
            why = error.strerror or str(error)
    raise SetupError(
        f"no port from {wanted} to {last} can be had ({why}); other programs hold them, or this user may "
        "not: name another with --port"
    )
