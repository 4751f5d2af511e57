"""The site as `almanac serve` answers it, by MkDocs' server that builds again when a file changes.

Three things are other than MkDocs has them. The server answers at a socket that listens already, so that no
port is lost to another program while the site is built. The script by which a page loads again is a file of
this site, which each page's policy allows. And the site lies in a folder that stays: removing its thousands
of files took most of the time in which the command ended, and the next one begins with its pages.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler
from wsgiref.types import StartResponse, WSGIEnvironment

from filelock import FileLock, Timeout
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from generator.site.hosting.answers import answered

log = logging.getLogger("mkdocs.almanac")

#: The script by which a page of one build loads again once there is a newer one.
RELOAD = "/livereload/{}.js"


class Handler(WSGIRequestHandler):
    """Answers a request, and tells the terminal of those that fail only."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        failed = str(code) >= "400"
        log.log(logging.WARNING if failed else logging.DEBUG, '"%s" code %s', self.requestline, code)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name http.server has)
        log.debug(format, *args)


class SiteServer(LiveReloadServer):
    """Answers what lies in the folder `root` at the socket `listener`, below the address `mount`."""

    def __init__(self, listener: socket.socket, builder: Callable[..., None], root: Path, mount: str) -> None:
        host, port = listener.getsockname()
        super().__init__(builder, host, port, str(root), mount, shutdown_delay=0.1)
        self.socket.close()
        self.socket = listener
        self.RequestHandlerClass = Handler

    def server_bind(self) -> None:
        """Nothing but names: the socket listens already."""
        self.server_name, self.server_port = self.socket.getsockname()
        self.setup_environ()

    def serve_request(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """What MkDocs answers, as a host would send it."""
        if epoch := re.fullmatch(RELOAD.format("([0-9]+)"), environ["PATH_INFO"]):
            inline = super()._inject_js_into_html(b"", int(epoch[1]))
            script = inline.removeprefix(b"<script>").removesuffix(b"</script>")
            head = [("Content-Type", "text/javascript; charset=utf-8"), ("Cache-Control", "no-store")]
            start_response("200 OK", head)
            return [script]
        return answered(super().serve_request, environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """A page with the script beside it: one within it is what each page's policy is there to stop."""
        before, end, after = content.rpartition(b"</body>")
        script = f'<script src="{RELOAD.format(epoch)}"></script>'.encode()
        return before + script + end + after if end else content + script


def serve(listener: socket.socket, cache: Path, configured: Callable[[], MkDocsConfig]) -> None:
    """Build what is `configured` into a folder in `cache` and answer at `listener` until Ctrl-C.

    It is built again when a file changes; the listener is closed in the end.
    """
    config = configured()
    mount = urlsplit(config.site_url or "").path.strip("/")
    host, port = listener.getsockname()
    url = f"http://{host}:{port}/{mount}/" if mount else f"http://{host}:{port}/"
    with listener, own_folder(cache) as folder:

        def build_once(config: MkDocsConfig | None = None) -> None:
            log.info("Building documentation...")
            config = config or configured()
            config.site_dir, config.site_url = str(folder), url
            build(config, serve_url=url)

        server: LiveReloadServer = SiteServer(listener, build_once, folder, mount)
        server.error_handler = lambda code: _error_page(folder, code)
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            build_once(config)
            server.watch(config.docs_dir)
            server.watch(config.config_file_path)
            server = config.plugins.on_serve(server, config=config, builder=build_once)
            for path in config.watch:
                server.watch(path)
            try:
                server.serve()
            except KeyboardInterrupt:
                log.info("Shutting down...")
            finally:
                server.shutdown()
        finally:
            config.plugins.on_shutdown()


@contextmanager
def own_folder(cache: Path) -> Iterator[Path]:
    """The first folder in `cache` that no other server answers from."""
    cache.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        try:
            acquired = FileLock(cache / f"{number}.lock").acquire(timeout=0)
        except Timeout:
            continue
        with acquired:
            yield cache / str(number)
        return


def _error_page(folder: Path, code: int) -> bytes | None:
    path = folder / f"{code}.html"
    return path.read_bytes() if path.is_file() else None
