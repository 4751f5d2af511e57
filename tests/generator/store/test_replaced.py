"""What a file that is written takes the place of: files, what links name, never a pipe or a device."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.store.replaced import in_place_of, kind_of, regular, replace_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_with_the_rights_it_had(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text("old")
    file.chmod(0o600)
    with in_place_of(file) as out:
        out.write(b"new")
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names(tmp_path) == ["report.xml"]


def test_what_fails_midway_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text("old")

    def fail() -> None:
        with in_place_of(file) as out:
            out.write(b"half")
            raise ValueError("midway")

    with pytest.raises(ValueError, match="midway"):
        fail()
    assert file.read_text() == "old"
    assert names(tmp_path) == ["report.xml"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "kept").mkdir()
    file, link = tmp_path / "kept" / "report.xml", tmp_path / "latest.xml"
    if there:
        file.write_text("old")
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert file.read_text() == "new"
    assert regular(link) == file


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[tuple[Path, list[bytes]]]:
    """A pipe that somebody reads."""
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    thread = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    thread.start()
    yield pipe, read
    thread.join(10)


def test_a_pipe_is_written_to_and_stays_one(reader: tuple[Path, list[bytes]], tmp_path: Path) -> None:
    pipe, read = reader
    replace_file(pipe, b"new")
    while not read:
        threading.Event().wait(0.01)
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    link = tmp_path / "nothing"
    link.symlink_to("/dev/null")
    replace_file(link, b"new")
    assert stat.S_ISCHR(link.stat().st_mode)
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(SetupError, match=r"full: could not be written \(No space left on device\)$"):
        replace_file(link, b"new")


def test_a_standard_output_that_is_a_file_stays_the_same_file(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        replace_file(Path(f"/dev/fd/{out.fileno()}"), b"new")
        assert os.fstat(out.fileno()).st_ino == (tmp_path / "out").stat().st_ino
    assert (tmp_path / "out").read_bytes() == b"new"


def test_what_is_read_again_can_only_be_a_file(tmp_path: Path) -> None:
    pipe, device, door = tmp_path / "pipe", tmp_path / "device", tmp_path / "door"
    os.mkfifo(pipe)
    device.symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(door))
        for path, kind in ((pipe, "pipe"), (device, "device"), (door, "socket"), (tmp_path, "folder")):
            with pytest.raises(SetupError, match=f"is a {kind}, which cannot be read again"):
                regular(path)
    assert kind_of(tmp_path / "new") == ""


def test_a_circle_of_links_and_a_folder_are_named(tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    with pytest.raises(SetupError, match="circle: could not be written"):
        replace_file(circle, b"new")
    with pytest.raises(SetupError, match="is a folder; name a file in it"):
        replace_file(tmp_path, b"new")
