"""The MkDocs plugin `almanac`: generated pages, handed over in memory; nothing is written into docs/.

The few pages of the navigation go through MkDocs as usual, all but their Markdown, which is converted here.
The thousands for models, providers, labs and capabilities do not: the theme is rendered once per depth around
a placeholder (shell.py), and each page's body is put into it (detail/pages.py). What MkDocs would have done
for a page is done here: links are checked, search and the sitemap are made (indexes.py).

The hooks only translate between MkDocs and three values: the site, its assets, and what MkDocs rendered.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as SitePage

from generator.errors import AlmanacError
from generator.exports.playground import EVALUATE_PAGE, PAGE, origins
from generator.pages.page import Page, fault
from generator.site import frontend, indexes
from generator.site.assets import FAVICON, Assets
from generator.site.brand import brand_style
from generator.site.detail.addresses import by_address
from generator.site.detail.build_cache import BuildCache
from generator.site.detail.on_demand import OnDemand
from generator.site.detail.pages import TOPS, DetailPages
from generator.site.figures import FIGURES_FILES
from generator.site.hosting import notices
from generator.site.hosting.offline import FRAME, SERVED, write_service_worker
from generator.site.hosting.policy import with_own_policy, with_policy
from generator.site.html import shell
from generator.site.html.markup import compact_html
from generator.site.options import AlmanacConfig, has_theme_search, root, site_options
from generator.site.rendered import Rendered
from generator.site.site import Site, read_site
from generator.store.files import OFFERINGS
from generator.store.history import HISTORY_FILE

log = get_plugin_logger("almanac")

THEME = Path(__file__).parent / "theme"
#: What the theme shows unless a site owner names another.
THEMES_ICON = "assets/images/favicon.png"
#: What pages call the folders of the files that they load.
FOLDERS = ("ALMANAC_RUNTIME", "ALMANAC_ASSETS", "ALMANAC_EXPLORER", "ALMANAC_SITE", "ALMANAC_CHOOSE")
#: What Material ships for its own search, which this site does not have.
MATERIALS_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
#: What Material ships of its own scripts and styles; their source maps are for its authors.
MATERIALS_OWN = ("assets/javascripts/bundle.", "assets/stylesheets/main.", "assets/stylesheets/palette.")

#: What needs all other files.
MADE_LAST = (SERVED, notices.NOTICES, notices.SBOM)


class LaterFile(File):
    """A file that MkDocs knows, for links to it, and leaves to this plugin to write."""

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: it is not made yet."""


class AlmanacPlugin(BasePlugin[AlmanacConfig]):
    """Renders the catalog into pages while MkDocs builds the site around them."""

    #: Where the last site lies, if this one is built beside it; then what of it is right as it is.
    last_site: Path | None = None
    _dirty = False
    _serving = False
    #: Where pages are made when they are asked for.
    _on_demand: OnDemand | None = None
    _site: Site
    _assets: Assets
    _rendered: Rendered
    _build_cache: BuildCache
    _pages: Mapping[str, Page]
    _programs: Mapping[str, Callable[[], bytes]]

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self._dirty = dirty
        self._serving = command == "serve"

    @property
    def left(self) -> Set[str]:
        """The names of the last site's files that a build beside it has left there."""
        return self._build_cache.left

    def serve_on_demand(self) -> None:
        """From the next build on, make a page when it is asked for: for `almanac serve`."""
        self._on_demand = OnDemand()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self._on_demand:
            self._on_demand.stop()
        self._rendered = Rendered()
        try:
            self._site = read_site(site_options(config, self.config))
        except AlmanacError as error:
            raise PluginError(str(error)) from error
        # The catalog stays until the end: without it the collector looks for garbage where there is some.
        gc.freeze()
        self._assets = Assets(root(config) / self.config.cache, later=self._on_demand is not None)
        self._assets.add_style(brand_style(self.config.color or "", self.config.color_dark or ""))
        if config.theme["favicon"] == THEMES_ICON:
            self._assets.add_favicon(self.config.color or "")
            config.theme["favicon"] = FAVICON
        config.extra_css.insert(0, self._assets.style)
        config.extra["almanac_font"] = f"{self._assets.folders['ALMANAC_STYLE']}fonts/inter.woff2"
        # After a folder of the site owner's, before the theme's own.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.extra.setdefault("almanac_footer", self._site.as_of)
        # When it was last read well, and for how long that is good enough: the reader's clock decides.
        read = self._site.last_read
        config.extra["almanac_read"] = str(read) if read and self.config.max_age else ""
        config.extra["almanac_max_age"] = self.config.max_age
        # The way home where the navigation does not name it.
        config.extra.setdefault("homepage", ".")
        config.extra["almanac_theme_search"] = has_theme_search(config)
        return config

    def all_pages(self, config: MkDocsConfig) -> Iterator[Page]:
        """Every generated page of this site, for another renderer than MkDocs. Raises AlmanacError."""
        yield from read_site(site_options(config, self.config)).all_pages()

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        cache = root(config) / self.config.cache
        if self._on_demand and hasattr(self, "_build_cache"):
            self._build_cache.keep_on()
        else:
            self._build_cache = BuildCache(Path(config.site_dir), cache, TOPS, self.last_site)
        if not self._dirty:  # or MkDocs leaves the site and what is in it alone
            self._build_cache.set_aside()

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        sources = {_source(page.path): page for page in self._site.navigation_pages}
        # A hand-written page goes first.
        self._rendered.generated = {
            name: page for name, page in sources.items() if files.get_file_from_path(name) is None
        }
        for name, page in self._rendered.generated.items():
            # What is reached by links only is missing in no navigation.
            level = InclusionLevel.INCLUDED if page.in_nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, name, content=_front_matter(page), inclusion=level))
        self._publish_view(files, config)
        for file in list(files):
            if _unused(file.src_uri, config, self.config.catalog):
                files.remove(file)
        for name in shell.SHELLS.values():
            level = InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, name, content=shell.SOURCE, inclusion=level))
        self._make_assets(config, playground=files.get_file_from_path(PAGE) is not None)
        history = f"{self.config.catalog}/{HISTORY_FILE}"
        if files.get_file_from_path(history) is None:
            files.append(File.generated(config, history, content=b""))
        self._programs = self._site.files_for_programs()
        for name in self._programs:
            files.append(LaterFile.generated(config, name, content=b""))
        for name, content in self._assets.files.items():
            if isinstance(content, Path):
                files.append(File.generated(config, name, abs_src_path=str(content)))
            else:
                files.append(File.generated(config, name, content=content))
        self._rendered.addresses = frozenset(f.url.rstrip("/") for f in files)
        made_of = {file.dest_uri: file.src_uri for file in files if file.inclusion.is_included()}
        try:
            self._pages = by_address(self._site.detail_pages(), made_of)
        except AlmanacError as error:
            raise PluginError(str(error)) from error
        return files

    def _make_assets(self, config: MkDocsConfig, *, playground: bool) -> None:
        if missing := frontend.missing():
            log.warning("front-end files are missing (%s); run: make setup", missing[0])
        site = self._site
        self._assets.add_scripts(_warn)
        self._assets.add_explorer(site.boards, _warn)
        self._assets.add_chooser(
            site.advisor,
            site.answered_needs,
            site.evaluations,
            site.versus_sides,
            site.first_bills,
            site.ends,
            site.renamed.models,
            _warn,
        )
        if playground and self._assets.add_runtime(root(config) / self.config.runtime, _warn):
            models = root(config) / self.config.models if self.config.small_model else None
            self._assets.add_playground(site.catalog, site.sha256, site.first_minute, models, _warn)

    def _publish_view(self, files: Files, config: MkDocsConfig) -> None:
        """The catalog as this site shows it, in the place of the one on the disk."""
        if self._site.published is None:
            return
        at = f"{self.config.catalog}/"
        hidden = ("offerings/", *FIGURES_FILES, *self._site.published)
        for file in list(files):
            if file.src_uri.startswith(at) and file.src_uri.removeprefix(at).startswith(hidden):
                files.remove(file)
        for name, content in self._site.published.items():
            files.append(File.generated(config, at + name, content=content))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        if self.config.own:  # docs/ and mkdocs.yml are watched as they are
            server.watch(str(root(config) / self.config.own))
        if self._on_demand:
            server.set_app(self._on_demand.app(server.serve_request, server.mount_path))
            # What goes wrong before a build begins, as in mkdocs.yml itself, no plugin is told of.
            server.builder = self._on_demand.watching(builder)
        return server

    @event_priority(-100)  # every plugin is told first
    def on_build_error(self, *, error: Exception) -> None:
        if self._on_demand:
            self._on_demand.fail(error)
        if isinstance(error, TemplateError):
            raise PluginError(f"{fault(error)}; mend the template, or leave out custom_dir") from error

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        # The theme is large, and compiling its templates is most of a small site's build.
        folder = root(config) / self.config.cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
        return env

    def on_page_markdown(
        self, markdown: str, /, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str | None:
        if page.meta.get("live"):
            try:
                markdown = self._site.live_guides.filled(page.file.src_uri, markdown, self._assets.folders)
            except AlmanacError as error:
                raise PluginError(str(error)) from error
        up = "../" * page.url.count("/")
        for name in FOLDERS:
            folder = self._assets.folders.get(name, "")
            markdown = markdown.replace(f"/{name}/", f"/{folder}").replace(name, f"{up}{folder}")
        return self._rendered.for_mkdocs(page.file.src_uri, markdown)

    def on_page_content(self, content: str, /, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        title = str(page.meta.get("title") or page.title or "")
        return self._rendered.content(page.file.src_uri, page.url, title, _description(page), content)

    def on_post_page(self, output: str, /, *, page: SitePage, config: MkDocsConfig) -> str:
        for depth, name in shell.SHELLS.items():
            if page.file.src_uri == name:
                self._rendered.shells[depth] = self._protected(output)
                return ""
        output = self._head(config).dressed(output, f"/{page.url}", str(page.title or ""), _description(page))
        if page.file.src_uri in (PAGE, EVALUATE_PAGE):
            sources = origins(self._site.catalog.providers.values())
            return with_policy(compact_html(output), sources, FRAME.read_text("utf-8"))
        return self._protected(output)

    def _protected(self, output: str) -> str:
        output = compact_html(output)
        # `mkdocs serve` writes a script into each page, by which it loads again; on demand it lies beside.
        if not self.config.policy or (self._serving and not self._on_demand):
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
        folder, rendered = Path(config.site_dir), self._rendered
        self._build_cache.restore()
        pages = DetailPages(
            self._site, self._pages, self._programs, rendered, self._head(config), self._build_cache
        )
        pages.make_others()
        indexes.write_indexes(folder, self._site, rendered, [*pages.pages.values()])
        finish = partial(self._finish, folder, rendered, pages)
        if self._on_demand:
            self._on_demand.begin(folder, pages, self._assets.awaited, finish, MADE_LAST)
        else:
            pages.make_all()
            finish()

    def _finish(self, folder: Path, rendered: Rendered, pages: DetailPages) -> None:
        """What can be done once all pages are made."""
        indexes.write_notices(folder, self._site, self._assets)
        write_service_worker(folder)
        files = rendered.addresses | indexes.ADDRESSES | frozenset(pages.published())
        for broken_link in shell.broken(rendered.links, rendered.anchors, files):
            log.warning("%s", broken_link)
        if not self._dirty:
            self._build_cache.prune()
        if failure := self._build_cache.note():
            log.info("what was made could not be noted for the next build: %s", failure)
        log.info(
            "%d model, provider, lab and capability pages, %d of them made anew",
            len(pages.pages),
            self._build_cache.made,
        )

    def _head(self, config: MkDocsConfig) -> shell.Head:
        return shell.Head(scripts=self._assets.scripts, site_url=config.site_url or "")


def _warn(what: str, error: Exception) -> None:
    log.warning("%s: %s", what, error)


def _unused(name: str, config: MkDocsConfig, catalog: str) -> bool:
    """Whether no page of this site asks for it: a file of the theme's, or a fact's row in the repository."""
    if name.startswith(f"{catalog}/{OFFERINGS}/"):  # catalog/v1/ has every fact and claim of them
        return True
    if name == THEMES_ICON:
        return bool(config.theme["favicon"] != name)
    if name.startswith(MATERIALS_OWN) and name.endswith(".map"):
        return True
    return name.startswith(MATERIALS_SEARCH) and not has_theme_search(config)


def _description(page: SitePage) -> str:
    return str(page.meta.get("description") or "")


def _source(path: str) -> str:
    """The Markdown file that an address would have had."""
    return f"{path.strip('/')}/index.md".lstrip("/")


def _front_matter(page: Page) -> str:
    head = {"title": page.title, "description": page.description, "hide": list(page.hide)}
    lines = "\n".join(f"{k}: {json.dumps(v)}" for k, v in head.items())
    return f"---\n{lines}\n---\n{page.markdown}"
