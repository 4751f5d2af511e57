"""While the site is served, a page is made when it is asked for, and the others in the background.

A request waits for what it asks for: a page, or a file that takes long to make (the playground's Python,
the small model). One thread makes the pages, those that are asked for first.
"""

from __future__ import annotations

import html
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Future, wait
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mkdocs.plugins import get_plugin_logger

from generator.errors import AlmanacError
from generator.site.detail.pages import DetailPages

log = get_plugin_logger("almanac")

#: How long a build waits at most for the one before it to stop, while that waits for a download.
STOPS_WITHIN_S = 0.2
#: What is answered after a build that failed; it loads again by itself.
FAILED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The site could not be built</title>
<meta http-equiv="refresh" content="2"></head>
<body><h1>The site could not be built</h1><p>{}</p>
<p>Mend it and save; this page shows the site once it is built. The terminal says more.</p></body></html>
"""
#: Makes files: name in the site → where it lies on the disk.
type Files = Callable[[], Mapping[str, Path]]


class OnDemand:
    """What of a served site is not made yet: between builds nothing of it is answered."""

    def __init__(self) -> None:
        self._site = Path()
        self._built = Event()
        #: Held while files are put into the site, which no build may clean then.
        self._putting = Lock()
        self._failure = ""
        self._failures = 0
        self._pages: _PagesMaker | None = None
        #: Beginning of the names → the files, which stay known for the next build.
        self._awaited: dict[str, Future[Mapping[str, Path]]] = {}
        self._last: frozenset[str] = frozenset()

    def stop(self) -> None:
        """Before a build: requests wait from now on."""
        with self._putting:
            self._built.clear()
        if self._pages:
            self._pages.stop()

    def begin(
        self,
        site: Path,
        pages: DetailPages,
        awaited: Mapping[str, Files],
        finish: Callable[[], None],
        last: Iterable[str],
    ) -> None:
        """After a build's own part: begin to make `pages` and the `awaited` files of the folder `site`.

        `finish` is called once all are there; the files named `last` are made by it.
        """
        self._site, self._last, self._failure = site, frozenset(last), ""
        for prefix, files in awaited.items():
            if not (known := self._awaited.get(prefix)) or (known.done() and known.exception()):
                self._awaited[prefix] = _in_a_thread(files)
        self._pages = _PagesMaker(pages, self._awaited.values(), lambda: self._finish(finish))
        self._built.set()
        self._pages.start()

    def fail(self, error: BaseException) -> None:
        """After a build that failed: that is answered, until one goes well."""
        self._failure = str(error) or type(error).__name__
        self._failures += 1
        self._built.set()

    def watching(self, build: Callable[[], None]) -> Callable[[], None]:
        """The build that also fails here where it does so without a word."""

        def build_once() -> None:
            before = self._failures
            try:
                build()
            except (Exception, SystemExit) as error:
                if self._failures == before:
                    self.fail(error)
                raise

        return build_once

    def app(self, answer: WSGIApplication, mount: str) -> WSGIApplication:
        """`answer`, which serves the site's folder at the address `mount`, once it has what is asked for."""

        def wait_and_answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            try:
                if path.startswith(mount):
                    self._wait_for(path.removeprefix(mount))
                if self._failure and not path.startswith("/livereload/"):
                    # The server behind it waits for a build that goes well, and says nothing meanwhile.
                    start_response("503 Service Unavailable", [("Content-Type", "text/html; charset=utf-8")])
                    return [FAILED.format(html.escape(self._failure)).encode()]
            except Exception as error:  # noqa: BLE001 (whatever a template or the network may raise)
                log.error("/%s could not be made: %s", path.removeprefix(mount), error)
                start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
                return [f"This could not be made: {error}\n".encode()]
            return answer(environ, _with_query(environ.get("QUERY_STRING", ""), start_response))

        return wait_and_answer

    def _wait_for(self, name: str) -> None:
        while True:
            self._built.wait()
            pages = self._pages
            if pages is None or self._failure:
                return
            try:
                if name in self._last:
                    pages.finished.result()
                elif prefix := next((p for p in self._awaited if name.startswith(p)), ""):
                    self._put(self._awaited[prefix].result())
                else:
                    pages.wait_for(name)
            except CancelledError:  # a build has begun meanwhile
                continue
            return

    def _finish(self, finish: Callable[[], None]) -> None:
        for prefix, files in self._awaited.items():
            try:
                self._put(files.result())
            except AlmanacError as error:
                log.warning("%s is left out: %s", prefix, error)
        finish()

    def _put(self, files: Mapping[str, Path]) -> None:
        with self._putting:
            if not self._built.is_set():
                raise CancelledError
            for name, path in files.items():
                target = self._site / name
                if not target.is_file():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)


class _PagesMaker(Thread):
    """Makes all pages, those first that are asked for; then, once what is `awaited` is there, `finish`."""

    def __init__(
        self, pages: DetailPages, awaited: Iterable[Future[Any]], finish: Callable[[], None]
    ) -> None:
        super().__init__(daemon=True)
        self._pages = pages
        self._awaited = tuple(awaited)
        self._finish = finish
        self._asked: deque[str] = deque()
        self._stopped = Event()
        self._made: dict[str, Future[None]] = {path: Future() for path in pages.names}
        self.finished: Future[None] = Future()

    def wait_for(self, name: str) -> None:
        """Until the page that has a file of this name is made. Raises CancelledError when stopped first."""
        if path := self._pages.name_of(name):
            if not self._made[path].done():
                self._asked.append(path)
            self._made[path].result()

    def stop(self) -> None:
        """Make no more; who waits is told."""
        self._stopped.set()
        for made in (*self._made.values(), self.finished):
            made.cancel()
        self.join()

    def run(self) -> None:
        for path in self._order():
            made = self._made[path]
            if not made.done():
                _settle(made, partial(self._make, path))
        while not self._stopped.is_set() and wait(self._awaited, STOPS_WITHIN_S).not_done:
            pass
        _settle(self.finished, self._finish)

    def _make(self, path: str) -> None:
        try:
            self._pages.make(path)
        except Exception as error:
            log.error("%s could not be made: %r", path, error)
            raise

    def _order(self) -> Iterator[str]:
        rest = deque(self._pages.names)
        while rest and not self._stopped.is_set():
            yield self._asked.popleft() if self._asked else rest.popleft()


def _with_query(query: str, start_response: StartResponse) -> StartResponse:
    """An address without its last slash is led on with its query, which MkDocs leaves behind."""

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
        if query:
            headers = [(n, f"{value}?{query}" if n == "Location" else value) for n, value in headers]
        return start_response(status, headers, *error)

    return start


def _in_a_thread(files: Files) -> Future[Mapping[str, Path]]:
    future: Future[Mapping[str, Path]] = Future()
    Thread(target=_settle, args=(future, files), daemon=True).start()
    return future


def _settle(future: Future[Any], work: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 (it is told to whoever asks for the result)
        future.set_exception(error)
