"""Whether a build would make exactly what lies there: then there is nothing to do.

All that a site is made of is known only where MkDocs runs nothing but this plugin, its own search and
extensions that read no other files; any other site is built each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from generator.errors import SetupError
from generator.site import frontend
from generator.site.detail.build_cache import ASIDE, note_of, stamp, write_note
from generator.site.hosting.artefact import GENERATOR, MANIFEST
from generator.site.options import root

#: MkDocs plugins and the packages of extensions that read nothing but the site's own files.
PLUGINS = frozenset({"almanac", "search", "material/search"})
EXTENSIONS = ("markdown", "material", "pymdownx")
SNIPPETS = "pymdownx.snippets"
#: Of these every site has one, with these words: by the theme's own script in each page, or by the end of
#: this command's build.
MARKS = {
    **dict.fromkeys(("404.html", "index.html"), b"<script>__md_scope=new URL("),
    MANIFEST: f'"{GENERATOR}"'.encode(),
}


def made_of(config: MkDocsConfig, **options: Any) -> str:
    """The hash of all that goes into a site, with the command's `options`; empty where it is not known."""
    if config.hooks or not PLUGINS.issuperset(config.plugins):
        return ""
    if any("." in name and name.partition(".")[0] not in EXTENSIONS for name in config.markdown_extensions):
        return ""
    snippets = config.mdx_configs.get(SNIPPETS, {})
    if SNIPPETS in config.markdown_extensions and (
        snippets.get("url_download") or "base_path" not in snippets
    ):
        return ""
    sha256 = hashlib.sha256()
    with Path(config.config_file_path).open("rb") as file:
        written = yaml_load(file)  # with the environment's values in it
    known = {
        "config": written,
        "options": options,
        "python": sys.version,
        "packages": sorted((d.name, d.version) for d in distributions()),
        "day": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    sha256.update(json.dumps(known, default=_name).encode())
    for path in _files(config, snippets.get("base_path", ())):
        content = path.read_bytes()
        sha256.update(f"\0{path}\0{len(content)}\0".encode())
        sha256.update(content)
    return sha256.hexdigest()


def _name(value: object) -> str:
    """What stands for a value of mkdocs.yml that is no text or number, such as a function."""
    return str(getattr(value, "__qualname__", type(value).__qualname__))


def _files(config: MkDocsConfig, snippets: str | Iterable[str]) -> Iterator[Path]:
    own, code = root(config), Path(__file__).parents[1]
    almanac = config.plugins["almanac"].config
    folders = [Path(config.docs_dir), code, code.parent / "playground"]
    folders += [own / path for path in ([snippets] if isinstance(snippets, str) else snippets)]
    if config.theme.custom_dir:
        folders.append(Path(config.theme.custom_dir))
    for folder in folders:
        # MkDocs follows links, too; those that lead nowhere, such as an editor's locks, are no files.
        for place, names, files in os.walk(folder, followlinks=True):
            names[:] = sorted(n for n in names if n not in ("__pycache__", "node_modules"))
            yield from (path for name in sorted(files) if (path := Path(place, name)).is_file())
    singles = [own / "CHANGELOG.md", frontend.PACKAGES / ".package-lock.json"]
    singles += [own / almanac.own] if almanac.own else []
    yield from (path for path in singles if path.is_file())


class LastSite:
    """What the last build left in the folder `site`, noted in the folder `cache`."""

    def __init__(self, site: Path, cache: Path) -> None:
        self._site = site
        self._note = note_of("site", site, cache)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other build writes into the folder, whatever it builds. Raises SetupError where one does.

        A build takes the place of what is in the folder, so one that holds other things than a site is
        refused, too.
        """
        if self._holds_others():
            raise SetupError(
                f"{self._site} is not empty and holds no site, and a build would remove what is in it; "
                "name a folder that is new or empty"
            )
        aside, made_here = self._site / ASIDE, not self._site.exists()
        aside.mkdir(parents=True, exist_ok=True)
        lock = FileLock(aside / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise SetupError(
                f"another build writes into {self._site}; wait for it to end, or name another folder "
                "with --site-dir"
            ) from error
        try:
            yield
        finally:
            with suppress(OSError):  # where a system keeps it while it is open, or there is more in a folder
                Path(lock.lock_file).unlink()
                aside.rmdir()
                if made_here:
                    self._site.rmdir()
            lock.release()

    def _holds_others(self) -> bool:
        """Whether there is something in the folder that no build put there: it would have left its mark.

        Hidden entries stay as they are.
        """
        try:
            names = {path.name for path in self._site.iterdir() if not path.name.startswith(".")}
        except FileNotFoundError:
            return False
        return bool(names) and not any(
            name in names and mark in (self._site / name).read_bytes() for name, mark in MARKS.items()
        )

    def result(self, made_of: str) -> Any:
        """What was noted as the build's result, where the folder is just as it was left; else None."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            same = made_of and note["made_of"] == made_of and note["files"] == _stamps(self._site)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return note["result"] if same else None

    def note(self, made_of: str, result: Mapping[str, Any]) -> None:
        """Note what a build made of what; an empty `made_of` notes nothing."""
        self._note.unlink(missing_ok=True)
        if not made_of:
            return
        write_note(self._note, {"made_of": made_of, "result": result, "files": _stamps(self._site)})


def _stamps(site: Path) -> dict[str, list[int]]:
    """By what each file is known again, as JSON gives it back."""
    folders = (it for it in os.walk(site) if Path(it[0]) != site / ASIDE)
    paths = (Path(place, name) for place, _, names in folders for name in names)
    return {str(path): [*stamp(path)] for path in paths}
