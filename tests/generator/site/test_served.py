"""What a served site answers: parts of files, whether they changed, the script that loads a page again."""

from __future__ import annotations

import errno
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import httpx2
import pytest

from generator.cli.site.serve import PORTS, listen
from generator.errors import SetupError
from generator.site.served import SiteServer, own_folder

CONTENT = bytes(range(100))
PAGE = b"<html><body>Home</body></html>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A server of a folder below /below/, which is never built again."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "data.bin").write_bytes(CONTENT)
    (folder / "empty.bin").touch()
    (folder / "index.html").write_bytes(PAGE)
    server = SiteServer(listen(18_000), lambda: None, folder, "/below/")
    server.server_bind()
    server.watch(str(folder))  # without which MkDocs adds no script
    thread = threading.Thread(target=lambda: server.serve_forever(0.01))
    thread.start()
    with httpx2.Client(base_url=f"http://127.0.0.1:{server.server_port}/below/") as client:
        yield client
    server.serve_thread = thread
    server.shutdown()


@pytest.mark.parametrize(
    ("asked", "status", "content", "about"),
    [
        ("bytes=0-9", 206, CONTENT[:10], "bytes 0-9/100"),
        ("bytes=90-", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=90-500", 206, CONTENT[90:], "bytes 90-99/100"),
        ("bytes=-5", 206, CONTENT[95:], "bytes 95-99/100"),
        ("bytes=-500", 206, CONTENT, "bytes 0-99/100"),
        ("bytes=100-", 416, None, "bytes */100"),
        ("bytes=-0", 416, None, "bytes */100"),
        # What is not understood, or is more than one part, is answered with the whole.
        ("bytes=9-0", 200, CONTENT, None),
        ("bytes=0-1,5-6", 200, CONTENT, None),
        ("lines=0-1", 200, CONTENT, None),
        ("bytes=x", 200, CONTENT, None),
    ],
)
def test_a_part_of_a_file_is_sent(
    served: httpx2.Client, asked: str, status: int, content: bytes | None, about: str | None
) -> None:
    answer = served.get("data.bin", headers={"Range": asked})
    assert (answer.status_code, answer.headers.get("content-range")) == (status, about)
    if content is not None:
        assert (answer.content, answer.headers["accept-ranges"]) == (content, "bytes")
        assert answer.headers["content-length"] == str(len(content))


def test_a_part_is_of_the_file_that_the_reader_has_begun(served: httpx2.Client) -> None:
    whole = served.get("data.bin").headers
    for still, status in ((whole["etag"], 206), (whole["last-modified"], 206), ('"other"', 200)):
        answer = served.get("data.bin", headers={"Range": "bytes=0-9", "If-Range": still})
        assert answer.status_code == status, still


def test_head_says_what_get_would_and_knows_no_parts(served: httpx2.Client) -> None:
    for name, size in (("data.bin", 100), ("empty.bin", 0), ("none.bin", None)):
        whole, head = served.get(name), served.head(name, headers={"Range": "bytes=0-9"})
        assert (head.status_code, head.content) == (whole.status_code, b"")
        if size is not None:
            assert head.headers["content-length"] == str(size)
            assert head.headers["etag"] == whole.headers["etag"]


def test_what_has_not_changed_is_not_sent_again(served: httpx2.Client) -> None:
    for name in ("data.bin", ""):
        whole = served.get(name)
        assert whole.headers["cache-control"] == "no-cache"
        same = served.get(name, headers={"If-None-Match": whole.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["content-length"] == whole.headers["content-length"]
        assert served.get(name, headers={"If-None-Match": '"other"'}).status_code == 200
    then = served.get("data.bin").headers["last-modified"]
    assert served.get("data.bin", headers={"If-Modified-Since": then}).status_code == 304
    before = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert served.get("data.bin", headers={"If-Modified-Since": before}).status_code == 200


def test_the_script_that_loads_a_page_again_is_a_file_of_the_site(served: httpx2.Client) -> None:
    """One within the page is what the playground's policy stops."""
    page = served.get("").text
    (script,) = re.findall(r"<script(.*?)></script></body></html>", page)
    address = re.fullmatch(r' src="(/livereload/(\d+)\.js)"', script)
    assert address, script
    answer = served.get(str(served.base_url.join(address[1])))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert f"livereload({address[2]}, " in answer.text
    assert "<script" not in answer.text


def test_a_port_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        wanted = other.getsockname()[1]
        with listen(wanted) as first, listen(wanted) as second:
            assert wanted < first.getsockname()[1] < second.getsockname()[1]

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(SetupError, match=f"from {wanted} to {wanted + PORTS - 1} .*--port"):
        listen(wanted)


def test_two_servers_have_folders_of_their_own_and_leave_them(tmp_path: Path) -> None:
    with own_folder(tmp_path) as first, own_folder(tmp_path) as second:
        assert first != second
    with own_folder(tmp_path) as again:
        assert again == first
