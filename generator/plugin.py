"""The MkDocs plugin `almanac`: generated pages, handed over in memory; nothing is written into docs/.

The few pages of the navigation go through MkDocs as usual. The thousands for models, providers and labs
do not: the theme is rendered once per depth around a placeholder (the shell), and each page's body is put
into it. A body's HTML is kept by the hash of its Markdown, so that a rebuild converts what changed only.
What MkDocs would have done for a page is done here: links are checked, the search index and the sitemap
are completed.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage

from generator import frontend, runtime, store
from generator.errors import AlmanacError
from generator.evidence import CORRECT
from generator.explorer import explorer_data, offering_ids
from generator.markup import CONVERTER, to_html
from generator.offline import SCRIPT, write_service_worker
from generator.pages import Page, mass_pages, section_pages
from generator.playground import PAGE, PLAYGROUND, model_lists, page_data
from generator.policy import connect_sources, with_policy
from generator.published import llms_txt, sitemap
from generator.search import search_data, sections
from generator.small_model import ASSET, weights
from generator.views import display_names
from playground.catalog import Catalog, Provider

log = get_plugin_logger("almanac")

SHELLS = {2: "shell/-.md", 3: "shell/-/-.md"}
TITLE, DESCRIPTION, BODY = "Almanac-shell-title", "Almanac-shell-description", "Almanac-shell-body"
#: Named by its content, so that no page is drawn with the style of another version.
_STYLE = f"assets/almanac.{frontend.digest({'': (frontend.WEB / 'almanac.css').read_bytes()})}.css"
_LINK = re.compile(r'(?P<attr>href|src)="/(?P<path>[^"#]*)(?P<hash>#[^"]*)?"')
_ID = re.compile(r'\bid="([^"]+)"')
#: Where what is written of this site's own stands in the theme's pages.
STRUCTURED = '<meta name="almanac-structured" content="">'
THEME = Path(__file__).parent / "theme"
SEARCH = "search/almanac.json"


class AlmanacConfig(Config):
    """Options in mkdocs.yml: `catalog`, the folder in docs/ with the data; `cache`, `runtime` and `models`,
    where HTML, the playground's Python and the small model are kept; `small_model`, whether there is one.
    """

    catalog = config_options.Type(str, default="catalog")
    cache = config_options.Type(str, default=".cache/html")
    runtime = config_options.Type(str, default=".cache/runtime")
    models = config_options.Type(str, default=".cache/models")
    small_model = config_options.Type(bool, default=True)


class AlmanacPlugin(BasePlugin[AlmanacConfig]):
    """Renders the catalog into pages while MkDocs builds the site around them."""

    def __init__(self) -> None:
        self._sections: dict[str, Page] = {}
        self._pages: list[Page] = []
        self._shells: dict[int, str] = {}
        self._ids: dict[str, set[str]] = {}
        self._files: set[str] = set()
        self._links: list[tuple[str, str, str]] = []
        self._providers: tuple[Provider, ...] = ()
        self._models: dict[str, list[dict[str, Any]]] = {}
        self._catalog: Catalog | None = None
        self._guides: list[list[Any]] = []
        self._listed: list[tuple[str, str, str]] = []
        self._explorer: dict[str, Any] = {}
        self._explorer_assets = ""
        self._scripts = ""
        self._runtime = ""
        self._assets = ""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        folder = Path(config.docs_dir) / self.config.catalog
        self._shells, self._ids, self._links, self._guides, self._listed = {}, {}, [], [], []
        try:
            catalog = self._catalog = store.load(folder)
            unplaced = store.load_unplaced(folder)
            sections = section_pages(
                catalog, unplaced, store.catalog_hash(folder), _edit(config, self.config.catalog)
            )
            self._sections = {_source(page.path): page for page in sections}
            self._pages = list(mass_pages(catalog))
            self._providers = tuple(catalog.providers.values())
            self._models = model_lists(catalog)
            self._explorer = {
                "offerings.json": explorer_data(catalog, display_names(catalog)),
                "ids.json": offering_ids(catalog),
            }
        except AlmanacError as error:
            raise PluginError(str(error)) from error
        config.extra_css.insert(0, _STYLE)
        # After a folder of the site owner's, before the theme's own.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        as_of = max((s.as_of for s in catalog.sources.values()), default=None)
        config.extra.setdefault("almanac_footer", f"Catalog as of {as_of}" if as_of else "")
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        for name, page in self._sections.items():
            if files.get_file_from_path(name) is None:  # a hand-written page goes first
                files.append(File.generated(config, name, content=_front_matter(page)))
        for name in SHELLS.values():
            files.append(File.generated(config, name, content=_SHELL))
        assets = {_STYLE: frontend.WEB / "almanac.css"}
        if lacking := frontend.missing():
            log.warning("front-end files are missing (%s); run: make setup", lacking[0])
        else:
            assets |= {
                f"assets/fonts/{name}": frontend.PACKAGES / path for path, name in frontend.FONTS.items()
            }
        for name, path in assets.items():
            files.append(File.generated(config, name, abs_src_path=str(path)))
        self._add_playground(files, config)
        self._add_explorer(files, config)
        self._add_scripts(files, config)
        self._files = {f.url.rstrip("/") for f in files}
        return files

    def _add_playground(self, files: Files, config: MkDocsConfig) -> None:
        if files.get_file_from_path(PAGE) is None:
            return
        try:
            folder = runtime.assemble(_root(config) / self.config.runtime)
            editor = frontend.bundle(frontend.WEB / "editor.mjs", _root(config) / self.config.runtime)
        except AlmanacError as error:
            log.warning("the playground cannot run: %s", error)
            return
        self._runtime = f"assets/runtime/{folder.name}/"
        for path in folder.iterdir():
            files.append(File.generated(config, self._runtime + path.name, abs_src_path=str(path)))
        own = {
            path.name: path.read_bytes() for path in (frontend.WEB / "playground").iterdir() if path != SCRIPT
        }
        own["playground.css"] = (frontend.WEB / "playground.css").read_bytes()
        own["vendor/editor.js"] = editor.read_bytes()
        for source, name in frontend.VENDOR.items():
            own[f"vendor/{name}"] = (frontend.PACKAGES / source).read_bytes()
        small = self._add_small_model(files, config)
        own["playground.json"] = _compact(page_data(self._providers, small=small))
        for name, models in self._models.items():
            own[f"models/{name}.json"] = _compact(models)
        # One folder for all, named by its content: a page never gets a file of another version.
        self._assets = f"assets/playground/{frontend.digest(own)}/"
        for name, content in sorted(own.items()):
            files.append(File.generated(config, self._assets + name, content=content))

    def _add_explorer(self, files: Files, config: MkDocsConfig) -> None:
        folder = frontend.WEB / "explorer"
        cache = _root(config) / self.config.cache
        cache.mkdir(parents=True, exist_ok=True)
        own = {name: _compact(content) for name, content in self._explorer.items()}
        own["explorer.css"] = (folder / "explorer.css").read_bytes()
        try:
            for name in ("explorer", "compare"):
                own[f"{name}.js"] = frontend.bundle(folder / f"{name}.mjs", cache).read_bytes()
        except AlmanacError as error:
            log.warning("the explorer cannot run: %s", error)
        self._explorer_assets = f"assets/explorer/{frontend.digest(own)}/"
        for name, content in sorted(own.items()):
            files.append(File.generated(config, self._explorer_assets + name, content=content))

    def _add_scripts(self, files: Files, config: MkDocsConfig) -> None:
        cache = _root(config) / self.config.cache
        try:
            own = {
                f"{name}.js": frontend.bundle(frontend.WEB / "site" / f"{name}.mjs", cache).read_bytes()
                for name in ("site", "search", "correct")
            }
        except AlmanacError as error:
            log.warning("search cannot run: %s", error)
            return
        self._scripts = f"assets/site/{frontend.digest(own)}/"
        for name, content in own.items():
            files.append(File.generated(config, self._scripts + name, content=content))

    def _add_small_model(self, files: Files, config: MkDocsConfig) -> bool:
        if not self.config.small_model:
            return False
        try:
            path = weights(_root(config) / self.config.models)
        except AlmanacError as error:
            # The site is whole without it; who builds offline the first time goes without.
            log.info("the small model is left out: %s", error)
            return False
        files.append(File.generated(config, f"assets/{ASSET}", abs_src_path=str(path)))
        return True

    def on_page_markdown(
        self, markdown: str, /, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str | None:
        for name, folder in (
            ("ALMANAC_RUNTIME", self._runtime),
            ("ALMANAC_ASSETS", self._assets),
            ("ALMANAC_EXPLORER", self._explorer_assets),
            ("ALMANAC_SITE", self._scripts),
        ):
            markdown = markdown.replace(f"/{name}/", f"/{folder}").replace(name, f"../{folder}")
        return markdown

    def on_page_content(self, content: str, /, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        self._ids[page.url.rstrip("/")] = set(_ID.findall(content))
        if page.file.src_uri not in SHELLS.values():
            title = str(page.meta.get("title") or page.title or "")
            self._listed.append((f"/{page.url}", title, str(page.meta.get("description") or "")))
            self._guides += sections(page.url, title, content)
        return self._relative(content, f"/{page.url}")

    def on_post_page(self, output: str, /, *, page: SitePage, config: MkDocsConfig) -> str:
        for depth, name in SHELLS.items():
            if page.file.src_uri == name:
                self._shells[depth] = output
                return ""
        output = self._dressed(
            output, config, f"/{page.url}", str(page.title or ""), str(page.meta.get("description") or "")
        )
        if page.file.src_uri == PAGE:
            return with_policy(output, connect_sources(self._providers))
        return output

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        if template_name != "404.html":
            return output_content
        # It is shown at any address, so its links begin at the site's root.
        base = urlsplit(config.site_url or "/").path.rstrip("/")
        head = f'<script type="module" src="{base}/{self._scripts}site.js"></script>'
        return output_content.replace(STRUCTURED, head if self._scripts else "", 1)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        bodies = self._bodies(config)
        for page, body in zip(self._pages, bodies, strict=True):
            self._ids[page.path.strip("/")] = set(_ID.findall(body))
        for page, body in zip(self._pages, bodies, strict=True):
            target = site / page.path.strip("/") / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self._filled(page, body, config), "utf-8")
            if page.json is not None:
                beside = site / page.path.strip("/")
                beside.with_name(f"{beside.name}.json").write_bytes(_compact(page.json))
                beside.with_name(f"{beside.name}.md").write_text(self._portable(page, config), "utf-8")
        self._check_links()
        self._publish(site, config)
        write_service_worker(site)
        log.info("%d model, provider, lab and capability pages", len(self._pages))

    def _publish(self, site: Path, config: MkDocsConfig) -> None:
        """What belongs to the whole site: the search index, llms.txt, the sitemap."""
        if self._catalog is None:
            return
        capabilities = [
            [p.path.strip("/") + "/", p.title, p.description, "Capability", 2]
            for p in self._pages
            if p.path.startswith("/capabilities/")
        ]
        names = display_names(self._catalog)
        found = search_data(self._catalog, names, [*capabilities, *self._guides])
        (site / SEARCH).parent.mkdir(exist_ok=True)
        (site / SEARCH).write_bytes(_compact(found))
        models = [(p.path, p.title) for p in self._pages if p.json is not None]
        text = llms_txt(config.site_name, config.site_description or "", self._listed, models)
        (site / "llms.txt").write_text(text, "utf-8")
        paths = [path for path, _, _ in self._listed] + [p.path for p in self._pages]
        (site / "sitemap.xml").write_text(sitemap(config.site_url or "", paths), "utf-8")
        (site / "sitemap.xml.gz").unlink(missing_ok=True)

    def _bodies(self, config: MkDocsConfig) -> list[str]:
        """The HTML of every mass page, kept from the last build where its Markdown is the same."""
        kept = _Kept(_root(config) / self.config.cache, CONVERTER)
        bodies = []
        for page in self._pages:
            body = kept.get(page.markdown)
            if body is None:
                body = to_html(page.markdown)
                kept.put(page.markdown, body)
            bodies.append(body)
        kept.save()
        return bodies

    def _portable(self, page: Page, config: MkDocsConfig) -> str:
        """A page's Markdown as it is published: links are whole where the site's address is known."""
        base = (config.site_url or "").rstrip("/")
        up = "../" * (len(PurePosixPath(page.path.strip("/")).parts) - 1)
        text = re.sub(r"\]\(/(?!/)", f"]({base}/" if base else f"]({up}", page.markdown)
        return re.sub(r'href="/(?!/)', f'href="{base}/' if base else f'href="{up}', text)

    def _dressed(
        self,
        output: str,
        config: MkDocsConfig,
        path: str,
        title: str,
        description: str,
        trail: Sequence[tuple[str, str]] = (),
    ) -> str:
        """The theme's page with this site's script and what search engines read."""
        up = "../" * len(PurePosixPath(path.strip("/")).parts)
        head = ""
        if self._scripts:
            head = f'<script type="module" src="{up}{self._scripts}site.js"></script>'
        if config.site_url:
            head += _structured(config.site_url.rstrip("/"), path, title, description, trail)
        return output.replace(STRUCTURED, head, 1)

    def _filled(self, page: Page, body: str, config: MkDocsConfig) -> str:
        depth = len(PurePosixPath(page.path.strip("/")).parts)
        shell = self._shells[depth]
        placeholder = SHELLS[depth].removesuffix(".md") + "/"
        before, after = _SHELL_BODY.split(shell, maxsplit=1)
        before = before.replace(f"#{BODY.lower()}", "#page")
        body = body.replace("<h1>", '<h1 id="page">', 1)
        filled = (
            f"{before}{self._relative(body, page.path)}{after}".replace(TITLE, html.escape(page.title))
            .replace(DESCRIPTION, html.escape(page.description))
            .replace(placeholder, page.path.strip("/") + "/")
        )
        return self._dressed(filled, config, page.path, page.title, page.description, page.trail)

    def _relative(self, content: str, path: str) -> str:
        """Links written from the site's root, made relative: the site may live under any path."""
        up = "../" * len(PurePosixPath(path.strip("/")).parts)

        def rewrite(match: re.Match[str]) -> str:
            self._links.append((path, match["path"], match["hash"] or ""))
            target = (up + match["path"]) or "./"
            return f'{match["attr"]}="{target}{match["hash"] or ""}"'

        return _LINK.sub(rewrite, content)

    def _check_links(self) -> None:
        known = {page.path.strip("/") for page in self._pages} | self._files
        known |= {"llms.txt", "sitemap.xml", SEARCH}
        known |= {
            p.path.strip("/") + end for p in self._pages if p.json is not None for end in (".json", ".md")
        }
        for page, path, fragment in self._links:
            target = path.partition("?")[0].rstrip("/")
            if html.unescape(target) not in known and target not in ("", "."):
                log.warning("%s links to /%s, which does not exist", page, path)
            elif (target == PLAYGROUND and fragment.startswith("#v=")) or target == CORRECT:
                pass  # what is to be filled in, not an anchor
            elif fragment and html.unescape(fragment[1:]) not in self._ids.get(target, ()):
                log.warning("%s links to /%s%s, which has no such anchor", page, path, fragment)


class _Kept:
    """HTML by the hash of its Markdown, in one file; only what the last build used is kept."""

    def __init__(self, folder: Path, settings: str) -> None:
        self._path = folder / "bodies.json"
        self._settings = settings
        self._used: dict[str, str] = {}
        self._changed = False
        try:
            self._old: dict[str, str] = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            self._old = {}

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._settings}\0{text}".encode()).hexdigest()[:24]

    def get(self, text: str) -> str | None:
        body = self._old.get(self._key(text))
        if isinstance(body, str):
            self._used[self._key(text)] = body
            return body
        return None

    def put(self, text: str, body: str) -> None:
        self._used[self._key(text)] = body
        self._changed = True

    def save(self) -> None:
        if not self._changed and len(self._used) == len(self._old):
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps(self._used), "utf-8")
            part.replace(self._path)
        except OSError as error:
            log.info("HTML could not be kept for the next build: %s", error)


_SHELL = f"""---
title: {TITLE}
description: {DESCRIPTION}
hide: [toc, navigation]
search: {{exclude: true}}
---
# {BODY}
"""
#: The theme sets a heading of its own where a page has none; the shell's gives way to the body's.
_SHELL_BODY = re.compile(rf"<h1[^>]*>{BODY}.*?</h1>", re.S)


def _compact(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


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


def _structured(base: str, path: str, title: str, description: str, trail: Sequence[tuple[str, str]]) -> str:
    """The page for search engines, as schema.org's JSON-LD."""
    steps = [("/", "Home"), *trail, (path, title)] if path != "/" else [("/", title)]
    found = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "description": description,
        "url": base + path,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "name": name, "item": base + at}
                for n, (at, name) in enumerate(steps, 1)
            ],
        },
    }
    text = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
