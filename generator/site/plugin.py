"""The MkDocs plugin `almanac`: generated pages, handed over in memory; nothing is written into docs/.

The few pages of the navigation go through MkDocs as usual, all but their Markdown, which is converted here.
The thousands for models, providers, labs and capabilities do not: the theme is rendered once per depth around
a placeholder (shell.py), and each page's body is put into it. Pages whose inputs did not change since the
last build are left as they are (kept.py). What MkDocs would have done for a page is done here: links are
checked, search and the sitemap are made.
"""

from __future__ import annotations

import gc
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as SitePage

from generator import store
from generator.curated.identity_rules import load_rules
from generator.curated.named_needs import FILE as NEEDS
from generator.curated.named_needs import load_needs
from generator.curated.renamed import FILE as RENAMED
from generator.curated.renamed import load_renamed
from generator.curated.versus_models import FILE as VERSUS
from generator.curated.versus_models import load_versus
from generator.errors import AlmanacError
from generator.exports import api, redirects
from generator.exports.changes import change_entries
from generator.exports.chooser import advisor_for, answered_needs
from generator.exports.documents import llms_txt, sitemap
from generator.exports.feeds import feed_files
from generator.exports.playground import PAGE
from generator.exports.playground import link as playground_link
from generator.exports.search import search_data, sections
from generator.owner import own_file, view
from generator.pages.bill import bill_page, billed
from generator.pages.changes import changes_page
from generator.pages.choose import chooser_page
from generator.pages.entities import entity_pages
from generator.pages.live_guides import LiveGuides
from generator.pages.page import Page, no_link, shared_inputs
from generator.pages.retirements import retirement_pages
from generator.pages.sections import section_pages
from generator.pages.versus import sides, versus_index, versus_pages
from generator.site import frontend, shell
from generator.site.assets import FAVICON, Assets, compact
from generator.site.brand import BLACK, WHITE, Color, brand_style
from generator.site.build_cache import BuildCache, LastBuild
from generator.site.hosting import notices
from generator.site.hosting.offline import write_service_worker
from generator.site.hosting.policy import connect_sources, with_own_policy, with_policy
from generator.site.markup import CONVERTER, to_html
from generator.store.history import FILE as HISTORY
from generator.store.history import lines, load_history
from generator.views.as_of import latest
from playground.catalog import Catalog
from playground.labels.names import display_names

log = get_plugin_logger("almanac")

THEME = Path(__file__).parent / "theme"
#: What the theme shows unless a site owner names another.
THEMES_ICON = "assets/images/favicon.png"
SEARCH = "search/almanac.json"
#: The folders of the site that hold generated pages.
TOPS = ("models", "providers", "labs", "capabilities", "versus", api.FOLDER)
_LINE = re.compile(r"^#{1,6} .+$", re.M)
#: A heading that came from Markdown, not one written as HTML.
_MADE = re.compile(r"^<h([1-6])>.*?</h\1>$", re.M)
_WITH_ID = re.compile(r"<h([1-6]) id=.*?</h\1>", re.S)


class AlmanacConfig(Config):
    """Options in mkdocs.yml: `catalog`, the folder in docs/ with the data; `cache`, `runtime` and `models`,
    where what is made once, the playground's Python and the small model are kept; `small_model`, whether
    there is one.

    For a site owner: `providers`, the only ones shown; `hide_sources`, those whose claims are left out;
    `own`, a YAML file with the owner's offerings; `color` and `color_dark`, the mark on light and dark;
    `max_age`, after how many days without a refresh every page says so (0: never); `policy`, whether pages
    carry a Content-Security-Policy, by which they load nothing from elsewhere.
    """

    catalog = config_options.Type(str, default="catalog")
    cache = config_options.Type(str, default=".cache/html")
    runtime = config_options.Type(str, default=".cache/runtime")
    models = config_options.Type(str, default=".cache/models")
    small_model = config_options.Type(bool, default=True)
    providers = config_options.ListOfItems(config_options.Type(str), default=[])
    hide_sources = config_options.ListOfItems(config_options.Type(str), default=[])
    own = config_options.Type(str, default="")
    color = config_options.Optional(Color(on=WHITE))
    color_dark = config_options.Optional(Color(on=BLACK))
    max_age = config_options.Type(int, default=60)
    policy = config_options.Type(bool, default=True)


#: What pages call the folders of the files that they load.
FOLDERS = ("ALMANAC_RUNTIME", "ALMANAC_ASSETS", "ALMANAC_EXPLORER", "ALMANAC_SITE", "ALMANAC_CHOOSE")
#: What Material ships for its own search, which this site does not have.
MATERIALS_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class AlmanacPlugin(BasePlugin[AlmanacConfig]):
    """Renders the catalog into pages while MkDocs builds the site around them."""

    _dirty = False
    _serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self._dirty = dirty
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._shells: dict[int, str] = {}
        self._bodies: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._links: dict[str, frozenset[tuple[str, str]]] = {}
        self._guides: list[list[Any]] = []
        self._listed: list[tuple[str, str, str]] = []
        try:
            self._sections = {_source(page.path): page for page in self._read(config)}
        except AlmanacError as error:
            raise PluginError(str(error)) from error
        # The catalog stays until the end: without it the collector looks for garbage where there is some.
        gc.freeze()
        self._assets = Assets(_root(config) / self.config.cache)
        self._assets.add_style(brand_style(self.config.color or "", self.config.color_dark or ""))
        if config.theme["favicon"] == THEMES_ICON:
            self._assets.add_favicon(self.config.color or "")
            config.theme["favicon"] = FAVICON
        config.extra_css.insert(0, self._assets.style)
        config.extra["almanac_font"] = f"{self._assets.folders['ALMANAC_STYLE']}fonts/inter.woff2"
        # After a folder of the site owner's, before the theme's own.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        as_of = f"Catalog as of {latest(self._catalog)}" if self._catalog.sources else ""
        config.extra.setdefault("almanac_footer", as_of)
        # When it was last read well, and for how long that is good enough: the reader's clock decides.
        read = max((s.retrieved for s in self._catalog.sources.values()), default=None)
        config.extra["almanac_read"] = str(read) if read and self.config.max_age else ""
        config.extra["almanac_max_age"] = self.config.max_age
        return config

    def _read(self, config: MkDocsConfig) -> list[Page]:
        """Read the catalog; the pages of the navigation that it makes. Raises AlmanacError."""
        folder = Path(config.docs_dir) / self.config.catalog
        self._catalog, unplaced, sha256 = self._view(folder, _root(config))
        self._sha256 = sha256
        edit = _edit(config, self.config.catalog)
        playground = self._playground(config)
        found = section_pages(self._catalog, unplaced, sha256, edit, playground=playground)
        self._renamed = load_renamed(folder / RENAMED).within(self._catalog)
        needs = load_needs(folder / NEEDS)
        self._desk = advisor_for(self._catalog, sha256)
        self._chosen = answered_needs(needs, self._desk)
        self._sides = sides(load_versus(folder / VERSUS), self._catalog)
        self._billed = billed(self._desk, self._sides)
        self._live = LiveGuides(self._desk, needs)
        options = self.config
        events = view.events_left(
            load_history(folder), self._catalog, options.providers, options.hide_sources
        )
        self._entries = change_entries(events, self._catalog)
        if self._published is not None:
            self._published[HISTORY] = lines(events)
        asked = [
            chooser_page(self._chosen, self._catalog, live=playground),
            versus_index(self._sides, self._catalog, live=playground),
            bill_page(self._billed, live=playground),
            *retirement_pages(self._catalog, live=playground),
            changes_page(self._entries, self._catalog),
        ]
        return [*found, *asked, *_changelog(_root(config))]

    def all_pages(self, config: MkDocsConfig) -> Iterator[Page]:
        """Every generated page of this site, for another renderer than MkDocs. Raises AlmanacError."""
        yield from self._read(config)
        yield from self._mass(config)

    def _mass(self, config: MkDocsConfig) -> Iterator[Page]:
        """The pages that are in no navigation."""
        playground = self._playground(config)
        yield from entity_pages(self._catalog, playground=playground)
        link = partial(playground_link, self._catalog) if playground else no_link
        yield from versus_pages(self._sides, self._catalog, link)

    def _view(self, folder: Path, root: Path) -> tuple[Catalog, store.Unplaced, str]:
        """The catalog as this site shows it; its files are published instead of those on the disk."""
        catalog, unplaced = store.load(folder), store.load_unplaced(folder)
        options = self.config
        self._published: dict[str, bytes] | None = None
        if not (options.providers or options.hide_sources or options.own):
            return catalog, unplaced, store.catalog_hash(folder)
        catalog = view.without_sources(catalog, options.hide_sources)
        own = own_file.load_own(root / options.own, catalog) if options.own else None
        catalog = view.only_providers(catalog, options.providers)
        if own:
            catalog = view.with_own(catalog, own, load_rules(folder / "identity.yml").lab_names)
        unplaced = {s: reasons for s, reasons in unplaced.items() if s in catalog.sources}
        self._published = dict(store.render(catalog, unplaced))
        return catalog, unplaced, json.loads(self._published["catalog.json"])["sha256"]

    def _playground(self, config: MkDocsConfig) -> bool:
        return (Path(config.docs_dir) / PAGE).is_file()

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        self._kept = BuildCache(Path(config.site_dir), _root(config) / self.config.cache, TOPS)
        if not self._dirty:  # or MkDocs leaves the site and what is in it alone
            self._kept.set_aside()

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        for name in list(self._sections):
            if files.get_file_from_path(name) is not None:  # a hand-written page goes first
                del self._sections[name]
        for name, page in self._sections.items():
            # What is reached by links only is missing in no navigation.
            level = InclusionLevel.INCLUDED if page.in_nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, name, content=_front_matter(page), inclusion=level))
        self._publish_view(files, config)
        for file in list(files):
            if _unused(file.src_uri, config):
                files.remove(file)
        for name in shell.SHELLS.values():
            level = InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, name, content=shell.SOURCE, inclusion=level))
        if lacking := frontend.missing():
            log.warning("front-end files are missing (%s); run: make setup", lacking[0])
        self._assets.add_scripts(_warn)
        self._assets.add_explorer(self._catalog, _warn)
        self._assets.add_chooser(self._desk, self._chosen, self._sides, self._billed, _warn)
        python = _root(config) / self.config.runtime
        if files.get_file_from_path(PAGE) is not None and self._assets.add_runtime(python, _warn):
            models = _root(config) / self.config.models if self.config.small_model else None
            self._assets.add_playground(self._catalog, models, _warn)
        history = f"{self.config.catalog}/{HISTORY}"
        if files.get_file_from_path(history) is None:
            files.append(File.generated(config, history, content=b""))
        feeds = feed_files(self._entries, self._catalog, config.site_url or "", config.site_name)
        for name, content in {**self._assets.files, **feeds, **self._data(config)}.items():
            more: dict[str, Any] = (
                {"abs_src_path": str(content)} if isinstance(content, Path) else {"content": content}
            )
            files.append(File.generated(config, name, **more))
        self._files = frozenset(f.url.rstrip("/") for f in files)
        return files

    def _data(self, config: MkDocsConfig) -> dict[str, bytes]:
        """What programs read of the whole catalog."""
        released = api.Released(
            catalog=self._catalog,
            sha256=self._sha256,
            as_of=str(latest(self._catalog)),
            name=config.site_name,
            models_renamed=self._renamed.models,
            providers_renamed=self._renamed.providers,
        )
        return {f"{api.FOLDER}/{name}": content for name, content in api.whole_files(released)}

    def _publish_view(self, files: Files, config: MkDocsConfig) -> None:
        """The catalog as this site shows it, in the place of the one on the disk."""
        if self._published is None:
            return
        at = f"{self.config.catalog}/"
        hidden = ("offerings/", *self._published)
        for file in list(files):
            if file.src_uri.startswith(at) and file.src_uri.removeprefix(at).startswith(hidden):
                files.remove(file)
        for name, content in self._published.items():
            files.append(File.generated(config, at + name, content=content))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        if self.config.own:  # docs/ and mkdocs.yml are watched as they are
            server.watch(str(_root(config) / self.config.own))
        return server

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        # The theme is large, and compiling its templates is most of a small site's build.
        folder = _root(config) / self.config.cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
        return env

    def on_page_markdown(
        self, markdown: str, /, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str | None:
        if page.meta.get("live"):
            try:
                markdown = self._live.filled(page.file.src_uri, markdown, self._assets.folders)
            except AlmanacError as error:
                raise PluginError(str(error)) from error
        up = "../" * page.url.count("/")
        for name in FOLDERS:
            folder = self._assets.folders.get(name, "")
            markdown = markdown.replace(f"/{name}/", f"/{folder}").replace(name, f"{up}{folder}")
        if page.file.src_uri not in self._sections:
            return markdown
        # MkDocs sees the headings only, for the table of contents and their ids: the rest is much, and plain.
        self._bodies[page.file.src_uri] = to_html(markdown)
        return "\n\n".join(_LINE.findall(markdown))

    def on_page_content(self, content: str, /, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        if body := self._bodies.pop(page.file.src_uri, ""):
            headings = iter([m[0] for m in _WITH_ID.finditer(content)])
            content = _MADE.sub(lambda m: next(headings, m[0]), body)
        address = page.url.rstrip("/")
        self._anchors[address] = shell.anchors(content)
        if page.file.src_uri not in shell.SHELLS.values():
            title, description = str(page.meta.get("title") or page.title or ""), _described(page)
            self._listed.append((f"/{page.url}", title, description))
            if page.file.src_uri in self._sections:
                self._guides.append([page.url, title, description, "Page", 1])
            else:
                self._guides += sections(page.url, title, content)
        content, self._links[address] = shell.relative(content, f"/{page.url}")
        return content

    def on_post_page(self, output: str, /, *, page: SitePage, config: MkDocsConfig) -> str:
        for depth, name in shell.SHELLS.items():
            if page.file.src_uri == name:
                self._shells[depth] = self._protected(output)
                return ""
        output = self._head(config).dressed(output, f"/{page.url}", str(page.title or ""), _described(page))
        if page.file.src_uri == PAGE:
            return with_policy(output, connect_sources(self._catalog.providers.values()))
        return self._protected(output)

    def _protected(self, output: str) -> str:
        # `mkdocs serve` writes a script into each page, by which it loads again after a change.
        if not self.config.policy or self._serving:
            return output
        runtime = self._assets.folders.get("ALMANAC_RUNTIME")
        return with_own_policy(output, python=runtime is not None and runtime in output)

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        if template_name != "404.html":
            return output_content
        # It is shown at any address, so its links begin at the site's root.
        base = urlsplit(config.site_url or "/").path.rstrip("/")
        scripts = self._assets.scripts
        head = f'<script type="module" src="{base}/{scripts}site.js"></script>' if scripts else ""
        return self._protected(output_content.replace(shell.STRUCTURED, head, 1))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        head = self._head(config)
        shells = {d: shell.Shell(output, shell.SHELLS[d]) for d, output in self._shells.items()}
        shared = _digest(_code(), CONVERTER, *self._shells.values(), str(head), shared_inputs(self._catalog))
        self._kept.restore()
        pages: list[Page] = []
        for page in self._mass(config):
            pages.append(page)
            key = _digest(shared, page.title, page.description, page.inputs)
            left = self._kept.take(page.path, key) or self._make(page, key, shells, head)
            self._anchors[page.path.strip("/")] = left.anchors
            self._links[page.path.strip("/")] = left.links
        for path, old in redirects.redirects(self._renamed):
            self._kept.put(path, old, LastBuild(key="", anchors=frozenset(), links=frozenset()))
        self._publish(site, config, pages)
        for said in shell.broken(self._links, self._anchors, self._known(pages)):
            log.warning("%s", said)
        write_service_worker(site)
        if said := self._kept.finish(prune=not self._dirty):
            log.info("what was made could not be noted for the next build: %s", said)
        log.info(
            "%d model, provider, lab and capability pages, %d of them made anew", len(pages), self._kept.made
        )

    def _make(self, page: Page, key: str, shells: dict[int, shell.Shell], head: shell.Head) -> LastBuild:
        markdown = page.write()
        body, links = shell.relative(to_html(markdown), page.path)
        left = LastBuild(key=key, anchors=shell.anchors(body), links=links)
        name = page.path.strip("/")
        files = {f"{name}/index.html": shells[shell.depth(page.path)].filled(page, body, head).encode()}
        if page.publish is not None:
            files[f"{api.FOLDER}/{name}.json"] = compact(page.publish())
            files[f"{name}.md"] = shell.portable(page, markdown, head.site_url).encode()
        self._kept.put(page.path, files, left)
        return left

    def _publish(self, site: Path, config: MkDocsConfig, pages: list[Page]) -> None:
        """What belongs to the whole site: the search index, llms.txt, the sitemap."""
        capabilities = [
            [p.path.strip("/") + "/", p.title, p.description, "Capability", 2]
            for p in pages
            if p.path.startswith("/capabilities/")
        ]
        found = search_data(self._catalog, display_names(self._catalog), [*capabilities, *self._guides])
        (site / SEARCH).parent.mkdir(exist_ok=True)
        (site / SEARCH).write_bytes(compact(found))
        parts_of = {
            name: [(p.path, p.title) for p in pages if p.publish is not None and p.path.startswith(top)]
            for name, top in (("Providers", "/providers/"), ("Models", "/models/"))
        }
        text = llms_txt(config.site_name, config.site_description or "", self._listed, parts_of)
        (site / "llms.txt").write_text(text, "utf-8")
        paths = [path for path, _, _ in self._listed] + [p.path for p in pages]
        (site / "sitemap.xml").write_text(sitemap(config.site_url or "", paths), "utf-8")
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        used = self._assets
        parts = notices.components(used.packages, used.runtime, small_model=used.small_model)
        sources = self._catalog.sources
        (site / notices.NOTICES).write_text(notices.notices(config.site_name, parts, sources), "utf-8")
        bill = notices.sbom(config.site_name, self._sha256, parts, sources)
        (site / notices.SBOM).write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", "utf-8")

    def _known(self, pages: list[Page]) -> frozenset[str]:
        """Every address beside the pages' own that a link may lead to."""
        published = [p.path.strip("/") for p in pages if p.publish is not None]
        made = {f"{n}.md" for n in published} | {f"{api.FOLDER}/{n}.json" for n in published}
        return self._files | made | {"llms.txt", "sitemap.xml", SEARCH, notices.NOTICES, notices.SBOM}

    def _head(self, config: MkDocsConfig) -> shell.Head:
        return shell.Head(scripts=self._assets.scripts, site_url=config.site_url or "")


def _warn(what: str, error: Exception) -> None:
    log.warning("%s: %s", what, error)


def _unused(name: str, config: MkDocsConfig) -> bool:
    """Whether it is a file of the theme's that no page of this site asks for."""
    if name == THEMES_ICON:
        return bool(config.theme["favicon"] != name)
    return name.startswith(MATERIALS_SEARCH) and "search" not in config.plugins


def _described(page: SitePage) -> str:
    return str(page.meta.get("description") or "")


def _digest(*parts: Any) -> str:
    made = hashlib.sha256()
    for part in parts:
        made.update(msgspec.json.encode(part))
        made.update(b"\0")
    return made.hexdigest()[:24]


@cache
def _code() -> str:
    """What makes the pages, by its content: after a change in it none of the last build's pages is right."""
    here = Path(__file__).parents[1]
    files = [
        *here.rglob("*.py"),
        *(here.parent / "playground").rglob("*.py"),
        *here.rglob("templates/**/*.j2"),
    ]
    return frontend.digest({str(path): path.read_bytes() for path in files})


def _root(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml, which the options' paths begin from."""
    return Path(config.config_file_path).parent if config.config_file_path else Path()


def _source(path: str) -> str:
    """The Markdown file that an address would have had."""
    return f"{path.strip('/')}/index.md".lstrip("/")


def _front_matter(page: Page) -> str:
    head = {"title": page.title, "description": page.description, "hide": list(page.hide)}
    lines = "\n".join(f"{k}: {json.dumps(v)}" for k, v in head.items())
    return f"---\n{lines}\n---\n{page.markdown}"


def _changelog(root: Path) -> list[Page]:
    """CHANGELOG.md as a page, where there is one beside mkdocs.yml."""
    path = root / "CHANGELOG.md"
    if not path.is_file():
        return []
    return [
        Page(
            path="/changelog/",
            title="Changelog",
            description="What changed in this site's software, release by release.",
            write=lambda: path.read_text("utf-8"),
        )
    ]


def _edit(config: MkDocsConfig, catalog: str) -> str:
    """Where the catalog's files are edited, by repo_url and edit_uri; empty where there is none."""
    if not config.repo_url or not config.edit_uri:
        return ""
    base = (
        config.edit_uri
        if "://" in config.edit_uri
        else f"{config.repo_url.rstrip('/')}/{config.edit_uri.lstrip('/')}"
    )
    return f"{base.rstrip('/')}/{catalog}/"
