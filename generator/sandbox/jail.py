"""Shuts a Python in and runs `inside.py` there; started as a script of its own by `code_runner.py`.

Linux only, by the kernel's own means, without a program to be installed: namespaces for network, mounts,
processes and users; a root of its own with nothing but Python and libraries, read-only; resource limits. Each
step that the system refuses ends it before any code runs, with exit status REFUSED and the reason on its
standard error. Imports the standard library alone.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

REFUSED, SLOW = 97, 98
_RDONLY, _NOSUID, _NODEV, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
_DETACH = 2
_PDEATHSIG, _DUMPABLE, _CAPBSET_DROP, _NO_NEW_PRIVS = 1, 4, 24, 38
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41}
#: The one folder of the new root that can be written to.
_TEMPORARY = "/tmp"  # noqa: S108
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
_LIBC = ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    arguments = (source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())
    _must(_LIBC.mount(*arguments), f"mount {target}")


def _apart(root: bool) -> None:
    """Leave the network, the mounts, the processes and the users of this system."""
    spaces = os.CLONE_NEWNS | os.CLONE_NEWNET | os.CLONE_NEWPID | os.CLONE_NEWIPC | os.CLONE_NEWUTS
    if root:
        os.unshare(spaces)
        return
    user, group = os.getuid(), os.getgid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {user} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {group} 1")
    os.unshare(spaces)


def _needed() -> list[Path]:
    """What Python needs of this system's files: itself, its library, and the libraries of the system."""
    own = {os.path.realpath(path) for path in (sys.base_prefix, sys.base_exec_prefix)}
    paths = map(Path, (*sorted(own), *_LIBRARIES, "/etc/ld.so.cache"))
    return [path for path in paths if path.exists()]


def _new_root(folder: str, size: int) -> None:
    """Make a root with Python alone, read-only, and a temporary folder of that many bytes; enter it."""
    _mount("none", "/", "", _REC | _PRIVATE)
    _mount("tmpfs", folder, "tmpfs", _NOSUID | _NODEV, "size=1m,mode=755")
    for path in _needed():
        target = Path(folder + str(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            target.symlink_to(path.readlink())
            continue
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            target.touch()
        _mount(str(path), str(target), "", _BIND)
        _mount("none", str(target), "", _BIND | _REMOUNT | _RDONLY | _NOSUID | _NODEV)
    temporary = Path(folder, _TEMPORARY[1:])
    temporary.mkdir()
    _mount("tmpfs", str(temporary), "tmpfs", _NOSUID | _NODEV, f"size={size},mode=1777")
    _mount("none", folder, "", _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)
    os.chdir(folder)
    number = _PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(f"processors of the kind {os.uname().machine} are not known here")
    _must(_LIBC.syscall(number, b".", b"."), "pivot_root")
    _must(_LIBC.umount2(b".", _DETACH), "umount")
    os.chdir(_TEMPORARY)


def _limit(job: dict[str, Any], root: bool) -> None:
    """Give up every right, for good, and take limits that only sink."""
    for capability in range(64):
        _LIBC.prctl(_CAPBSET_DROP, capability, 0, 0, 0)
    if root:
        # A user whom nothing belongs to, as systemd makes them for a service.
        user = 61_184 + os.getpid() % 4000 + int(time.time() * 1000) % 300
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _must(_LIBC.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    _must(_LIBC.prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "pdeathsig")
    cpu = int(job["seconds"]) + 1
    for name, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, job["memory"]),
        (resource.RLIMIT_NPROC, job["processes"]),
        (resource.RLIMIT_FSIZE, job["file_size"]),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        resource.setrlimit(name, (most, most))


def _child(job: dict[str, Any], text: int, root: bool) -> None:
    """Process 1 of its own world: becomes a fresh Python that runs the job."""
    os.dup2(text, 0)
    _limit(job, root)
    python = job["python"]
    environment = {"LANG": "C.UTF-8", "HOME": _TEMPORARY}
    os.execve(python, [python, "-I", "-S", "-B", "-c", job["inside"]], environment)  # noqa: S606


def main() -> int:
    """Run the job on standard input; its outcome is on standard output."""
    job = json.loads(sys.stdin.read())
    job["python"] = os.path.realpath(sys.executable)  # before the root is another
    root = os.geteuid() == 0 and not job["as_user"]
    text, to_text = os.pipe()
    # Closed once the fresh Python begins: what is written there before says why it does not.
    begun, to_begun = os.pipe()
    try:
        _apart(root)
        _new_root(job["folder"], job["file_size"] * 2)
        child = os.fork()  # the first of the new processes
    except (OSError, AttributeError) as error:
        sys.stderr.write(str(error))
        return REFUSED
    if not child:
        try:
            _child(job, text, root)
        except BaseException as error:  # noqa: BLE001 (it must not go on as the code's own process)
            os.write(to_begun, str(error).encode())
        os._exit(REFUSED)
    until = time.monotonic() + job["seconds"]
    os.close(text)
    os.close(to_begun)
    if fault := os.read(begun, 1000):
        os.waitpid(child, 0)
        sys.stderr.write(fault.decode("utf-8", "replace"))
        return REFUSED
    with suppress(BrokenPipeError), os.fdopen(to_text, "w") as pipe:
        pipe.write(job["text"])
    return _ended(child, until)


def _ended(child: int, until: float) -> int:
    """Wait for it; all of its processes end with it."""
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return SLOW if os.waitstatus_to_exitcode(status) == -signal.SIGXCPU else 0
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return SLOW


if __name__ == "__main__":
    sys.exit(main())
