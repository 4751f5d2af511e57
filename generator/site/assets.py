"""The files beside the pages: style, fonts, scripts, the explorer's data, the playground and its Python.

What a page loads lies in a folder named by its content, so that no page ever gets a file of another version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generator.curated.first_minute import FirstMinute
from generator.errors import AlmanacError
from generator.exports.chooser import AnsweredNeed, chooser_data, packed_catalog
from generator.exports.explorer import explorer_data, offering_ids
from generator.exports.leaderboards import Boards
from generator.exports.playground import model_lists, page_data, stays_by_row
from generator.exports.quality import explorer_quality
from generator.exports.small_model import PARTS, downloaded, parts
from generator.owner.evaluations import SiteEvaluation
from generator.pages.versus import versus_data
from generator.site import frontend
from generator.site.hosting.offline import FRAME, FRAME_SERVED
from playground.advisor import Advisor
from playground.catalog import Catalog, Offering
from playground.lifecycle.ended import Ends, ends_to_json
from playground.observed.observed_json import observed_to_json
from playground.versus.side import Side

FAVICON = "assets/favicon.svg"
MARK = frontend.WEB / "mark.svg"
#: Says what is left out of the site, and why.
Say = Callable[[str, Exception], None]


class Assets:
    """Name in the site → its content, or the file on disk that holds it; and the folders that pages name.

    With `later`, what takes long to make is not waited for: `awaited` says how to, by what its names begin
    with.
    """

    def __init__(self, cache: Path, *, later: bool = False) -> None:
        self._cache = cache
        self._later = later
        self.files: dict[str, bytes | Path] = {}
        self.awaited: dict[str, Callable[[], Mapping[str, Path]]] = {}
        #: Placeholder in hand-written and generated pages → folder.
        self.folders: dict[str, str] = {}
        self.scripts = ""
        #: What of others is in them: npm packages, the folder of the browser's Python, the small model.
        self.packages: set[str] = set()
        self.runtime: Path | None = None
        self.small_model = False

    def add_style(self, extra: str = "") -> None:
        """The site's own style, with a site owner's lines after it, and the fonts where they are there."""
        own = {"almanac.css": (frontend.WEB / "almanac.css").read_bytes() + extra.encode()}
        if not frontend.missing():
            own |= {f"fonts/{n}": self._from_npm(path) for path, n in frontend.FONTS.items()}
        self.folders["ALMANAC_STYLE"] = self._put("style", own)

    @property
    def style(self) -> str:
        """The site's own style."""
        return self.folders["ALMANAC_STYLE"] + "almanac.css"

    def add_favicon(self, color: str) -> None:
        """The site's mark as its icon, in the owner's colour where there is one."""
        self.files[FAVICON] = MARK.read_text("utf-8").replace("#b3400a", color or "#b3400a").encode()

    def add_scripts(self, say: Say) -> None:
        """What every page loads, and search and corrections, which come when they are asked for."""
        try:
            own = {f"{n}.js": self._bundle(f"site/{n}.mjs") for n in ("site", "search", "correct")}
        except AlmanacError as error:
            say("search cannot run", error)
            return
        self.scripts = self.folders["ALMANAC_SITE"] = self._put("site", own)

    def add_explorer(self, boards: Boards, say: Say) -> None:
        """The explorer and the comparison, with every offering in columns."""
        catalog = boards.catalog
        data = explorer_data(catalog, boards.names)
        own = {
            "offerings.json": compact(data),
            "quality.json": compact(explorer_quality(data["models"]["values"], boards)),
            "ids.json": compact(offering_ids(catalog)),
            "explorer.css": (frontend.WEB / "explorer" / "explorer.css").read_bytes(),
        }
        try:
            own |= {f"{n}.js": self._bundle(f"explorer/{n}.mjs") for n in ("explorer", "compare")}
        except AlmanacError as error:
            say("the explorer cannot run", error)
        self.folders["ALMANAC_EXPLORER"] = self._put("explorer", own)

    def add_chooser(
        self,
        advisor: Advisor,
        answered_needs: tuple[AnsweredNeed, ...],
        evaluations: tuple[SiteEvaluation, ...],
        versus_sides: tuple[Side, ...],
        first_bills: Mapping[str, Any],
        ends: Ends,
        moved: Mapping[str, str],
        say: Say,
    ) -> None:
        """What asks the catalog in the page: the chooser, any two models, the bill, what retires."""
        own = {
            "choose.json": compact(chooser_data(answered_needs, advisor.catalog, evaluations)),
            "catalog.json": compact(packed_catalog(advisor)),
            "versus.json": compact(versus_data(versus_sides, advisor.catalog)),
            "bill.json": compact(first_bills),
            "ids.json": compact(
                [" ".join(o.ids) for o in sorted(advisor.catalog.offerings, key=Offering.sort_key)]
            ),
            "ends.json": compact(ends_to_json(ends)),
            "moved.json": compact(dict(moved)),
            "choose.css": (frontend.WEB / "choose" / "choose.css").read_bytes(),
            "worker.mjs": (frontend.WEB / "playground/python/worker.mjs").read_bytes(),
        }
        own |= {f"needs/{one.named.id}.json": compact(one.answer) for one in answered_needs}
        own |= {f"evaluations/{one.id}.json": compact(observed_to_json(one.observed)) for one in evaluations}
        try:
            own |= {f"{n}.js": self._bundle(f"choose/{n}.mjs") for n in ("choose", "versus", "bill", "yours")}
        except AlmanacError as error:
            say("the chooser cannot run", error)
        self.folders["ALMANAC_CHOOSE"] = self._put("choose", own)

    def add_runtime(self, python: Path, say: Say) -> bool:
        """Python for the browser; `python` is where its Pyodide is cached. False where there is none."""
        from generator.site import runtime  # a site without it need not load it

        try:
            self.runtime = runtime.place(python) if self._later else runtime.assemble(python)
        except AlmanacError as error:
            say("Python cannot run in the browser", error)
            return False
        folder = f"assets/runtime/{self.runtime.name}/"
        # Pages carry the hash of the list of its files: what is not of this list is not started.
        made = runtime.is_made(self.runtime)
        self.folders["ALMANAC_RUNTIME"] = folder + (f"#{runtime.pin(self.runtime)}" if made else "")

        def files() -> dict[str, Path]:
            return {folder + path.name: path for path in runtime.assemble(python).iterdir()}

        if made:
            self.files |= files()
        else:
            self.awaited[folder] = files
        return True

    def add_playground(
        self, catalog: Catalog, sha256: str, first: FirstMinute, models: Path | None, say: Say
    ) -> None:
        """The playground, once Python is there; `models` is where its small model is cached, or None."""
        try:
            editor, asked = self._bundle("editor.mjs"), self._bundle("site/asked.mjs")
            own = {f"{page}/main.js": self._bundle(f"{page}/main.js") for page in ("playground", "evaluate")}
            vendor = {name: self._bundle(f"{name}.mjs") for name in ("diff", "highlight", "maths")}
        except AlmanacError as error:
            say("the playground cannot run", error)
            return
        for name in ("playground.css", "evaluate.css", "playground/python/worker.mjs"):
            own[name] = (frontend.WEB / name).read_bytes()
        own |= {"playground/vendor/editor.js": editor, "playground/vendor/asked.js": asked}
        own |= {f"playground/vendor/{name}.js": content for name, content in vendor.items()}
        for source, name in frontend.VENDOR.items():
            own[f"playground/vendor/{name}"] = self._from_npm(source)
        small = models is not None and self._add_small_model(models, say)
        stays = stays_by_row(catalog)
        own["playground.json"] = compact(
            page_data(catalog.providers.values(), small=small, sha256=sha256, first=first, stays=stays)
        )
        for name, listed in model_lists(catalog, stays).items():
            own[f"models/{name}.json"] = compact(listed)
        self.files[FRAME_SERVED] = FRAME
        self.folders["ALMANAC_ASSETS"] = self._put("playground", own)

    def _add_small_model(self, models: Path, say: Say) -> bool:
        def files() -> dict[str, Path]:
            return {f"assets/{name}": path for name, path in zip(PARTS, parts(models), strict=True)}

        if self._later and not downloaded(models):
            self.awaited["assets/models/"] = files
        else:
            try:
                self.files |= files()
            except AlmanacError as error:
                # The site is whole without it; who builds offline the first time goes without.
                say("the small model is left out", error)
                return False
        self.small_model = True
        return True

    def _bundle(self, source: str) -> bytes:
        self._cache.mkdir(parents=True, exist_ok=True)
        made = frontend.bundle(frontend.WEB / source, self._cache)
        self.packages |= frontend.packages(made)
        return made.read_bytes()

    def _from_npm(self, path: str) -> bytes:
        """A file of a package, as it is."""
        self.packages.add(frontend.package_of(f"node_modules/{path}"))
        return (frontend.PACKAGES / path).read_bytes()

    def _put(self, name: str, files: dict[str, bytes]) -> str:
        folder = f"assets/{name}/{frontend.digest(files)}/"
        self.files |= {folder + path: content for path, content in sorted(files.items())}
        return folder


def compact(value: Any) -> bytes:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
