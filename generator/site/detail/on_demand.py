"""While the site is served, a page is made when it is asked for, and the others in the background.

A request waits for what it asks for: a page, or a file that takes long to make (the playground's Python,
the small model). One thread makes the pages, those that are asked for first.
"""

from __future__ import annotations

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
#: Makes files: name in the site → where it lies on the disk.
type Files = Callable[[], Mapping[str, Path]]


class OnDemand:
    """What of a served site is not made yet: between builds nothing of it is answered."""

    def __init__(self) -> None:
        self._site = Path()
        self._built = Event()
        #: Held while files are put into the site, which no build may clean then.
        self._putting = Lock()
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
        self._site, self._last = site, frozenset(last)
        for prefix, files in awaited.items():
            if not (known := self._awaited.get(prefix)) or (known.done() and known.exception()):
                self._awaited[prefix] = _in_a_thread(files)
        self._pages = _PagesMaker(pages, self._awaited.values(), lambda: self._finish(finish))
        self._built.set()
        self._pages.start()

    def go_on(self) -> None:
        """After a build that failed: what the last one left is answered."""
        self._built.set()

    def app(self, answer: WSGIApplication, mount: str) -> WSGIApplication:
        """`answer`, which serves the site's folder at the address `mount`, once it has what is asked for."""

        def wait_and_answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            try:
                if path.startswith(mount):
                    self._wait_for(path.removeprefix(mount))
            except Exception as error:  # noqa: BLE001 (whatever a template or the network may raise)
                log.error("/%s could not be made: %s", path.removeprefix(mount), error)
                start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
                return [f"This could not be made: {error}\n".encode()]
            return answer(environ, start_response)

        return wait_and_answer

    def _wait_for(self, name: str) -> None:
        while True:
            self._built.wait()
            pages = self._pages
            if pages is None:
                return
            try:
                if name in self._last:
                    pages.finished.result()
                elif prefix := next((p for p in self._awaited if name.startswith(p)), ""):
                    self._put(self._awaited[prefix].result())
                else:
                    pages.wait_for(name)
            except CancelledError:  # a build has begun meanwhile
                if self._built.is_set() and self._pages is pages:
                    raise AlmanacError("the last build failed; mend what the terminal says of it") from None
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
