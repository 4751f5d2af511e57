"""An nginx with Brotli for the tests: the machine's own, else Debian's.

`python -m tests.nginx` sees to it that there is one where it can. Without it the tests of hosting are
skipped, and the others serve the site with Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.listening import listening

#: The configuration that the documentation gives.
CONF = Path("docs/guides/hosting/nginx.conf")
UNDER_A_PATH = Path("docs/guides/hosting/nginx-under-a-path.conf")
PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static")
#: Debian's modules, which a nginx of one's own must be told of.
MODULES = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def find() -> str | None:
    """The path of an nginx that can serve what is compressed with Brotli; None where there is none."""
    found = os.environ.get("NGINX") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return found if found and MODULES.exists() else None


def main() -> int:
    """Find one, or install Debian's where that is allowed."""
    if find() or not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return 0
    sys.stdout.write("Installing Debian's nginx for the tests of hosting\n")
    # By the run level, Debian starts no service with it.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        quiet = ["-o", "Dpkg::Options::=--force-confold", *command]
        subprocess.run(["apt-get", *quiet], check=False, stdout=subprocess.DEVNULL, env=environment)
    return 0


def configuration(site: Path, folder: Path, port: int, base: str) -> str:
    """The documented configuration with this site, port and base path, as a whole nginx.conf."""
    conf = CONF.read_text("utf-8").replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    if base:
        head, _, _ = conf.partition("  # The folder that")
        conf = f"{head}{UNDER_A_PATH.read_text('utf-8').replace('/almanac', base)}}}\n"
        conf = conf.replace(f"/srv{base}/site", str(site))
    conf = conf.replace("/srv/almanac/site", str(site))
    temporary = "".join(
        f"  {name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"load_module {MODULES};\n"
        + ("user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else "")
        + f"pid {folder}/pid;\ndaemon off;\nworker_processes 1;\nerror_log {folder}/error.log warn;\n"
        + f"events {{}}\nhttp {{\n  access_log off;\n{temporary}{conf}}}\n"
    )


@contextmanager
def serving(site: Path, folder: Path, base: str = "") -> Iterator[str]:
    """nginx over a built site; `base` is the path it lives under, such as `/almanac`. Yields its address."""
    program = find()
    assert program is not None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "nginx.conf"

    def command(port: int) -> list[str]:
        path.write_text(configuration(site, folder, port, base), "utf-8")
        return [program, "-c", str(path), "-p", str(folder)]

    with listening(command) as origin:
        yield f"{origin}{base}"


if __name__ == "__main__":
    sys.exit(main())
