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
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from xml.sax.saxutils import escape as xml_escape

import markdown
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage

from generator import frontend, runtime, store
from generator.errors import AlmanacError
from generator.offline import SCRIPT, write_service_worker
from generator.pages import Page, mass_pages, section_pages
from generator.playground import PAGE, PLAYGROUND, model_lists, page_data
from generator.policy import connect_sources, with_policy
from generator.small_model import ASSET, weights
from playground.catalog import Provider

log = get_plugin_logger("almanac")

SHELLS = {2: "shell/-.md", 3: "shell/-/-.md"}
TITLE, DESCRIPTION, BODY = "Almanac-shell-title", "Almanac-shell-description", "Almanac-shell-body"
#: Named by its content, so that no page is drawn with the style of another version.
_STYLE = f"assets/almanac.{frontend.digest({'': (frontend.WEB / 'almanac.css').read_bytes()})}.css"
_LINK = re.compile(r'(?P<attr>href|src)="/(?P<path>[^"#]*)(?P<hash>#[^"]*)?"')
_ID = re.compile(r'\bid="([^"]+)"')
#: Part of a kept body's hash: raise it when the conversion changes.
CONVERSION = "1"


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
        self._runtime = ""
        self._assets = ""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        folder = Path(config.docs_dir) / self.config.catalog
        self._shells, self._ids, self._links = {}, {}, []
        try:
            catalog = store.load(folder)
            unplaced = store.load_unplaced(folder)
            sections = section_pages(catalog, unplaced, store.catalog_hash(folder))
            self._sections = {_source(page.path): page for page in sections}
            self._pages = list(mass_pages(catalog))
            self._providers = tuple(catalog.providers.values())
            self._models = model_lists(catalog)
        except AlmanacError as error:
            raise PluginError(str(error)) from error
        config.extra_css.insert(0, _STYLE)
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
        self._files = {f.url.rstrip("/") for f in files}
        return files

    def _add_playground(self, files: Files, config: MkDocsConfig) -> None:
        if files.get_file_from_path(PAGE) is None:
            return
        try:
            folder = runtime.assemble(_root(config) / self.config.runtime)
            editor = frontend.editor(_root(config) / self.config.runtime)
        except AlmanacError as error:
            log.warning("the playground cannot run: %s", error)
            return
        self._runtime = f"assets/runtime/{folder.name}/"
        for path in folder.iterdir():
            files.append(File.generated(config, self._runtime + path.name, abs_src_path=str(path)))
        own = {
            path.name: path.read_bytes() for path in (frontend.WEB / "playground").iterdir() if path != SCRIPT
        }
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
        if page.file.src_uri != PAGE:
            return None
        return markdown.replace("ALMANAC_RUNTIME", f"../{self._runtime}").replace(
            "ALMANAC_ASSETS", f"../{self._assets}"
        )

    def on_page_content(self, content: str, /, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        self._ids[page.url.rstrip("/")] = set(_ID.findall(content))
        return self._relative(content, f"/{page.url}")

    def on_post_page(self, output: str, /, *, page: SitePage, config: MkDocsConfig) -> str:
        for depth, name in SHELLS.items():
            if page.file.src_uri == name:
                self._shells[depth] = output
                return ""
        if page.file.src_uri == PAGE:
            return with_policy(output, connect_sources(self._providers))
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        bodies = self._bodies(config)
        for page, body in zip(self._pages, bodies, strict=True):
            self._ids[page.path.strip("/")] = set(_ID.findall(body))
        for page, body in zip(self._pages, bodies, strict=True):
            target = site / page.path.strip("/") / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self._filled(page, body), "utf-8")
        self._check_links()
        write_service_worker(site)
        _complete_search(site, self._pages)
        _complete_sitemap(site, self._pages, config)
        log.info("%d model, provider and lab pages", len(self._pages))

    def _bodies(self, config: MkDocsConfig) -> list[str]:
        """The HTML of every mass page, kept from the last build where its Markdown is the same."""
        converter = markdown.Markdown(
            extensions=list(config.markdown_extensions), extension_configs=config.mdx_configs or {}
        )
        settings = f"{CONVERSION} {markdown.__version__} {config.markdown_extensions}"
        settings += repr(sorted((config.mdx_configs or {}).items()))
        kept = _Kept(_root(config) / self.config.cache, settings)
        bodies = []
        for page in self._pages:
            body = kept.get(page.markdown)
            if body is None:
                converter.reset()
                body = converter.convert(page.markdown)
                kept.put(page.markdown, body)
            bodies.append(body)
        kept.save()
        return bodies

    def _filled(self, page: Page, body: str) -> str:
        depth = len(PurePosixPath(page.path.strip("/")).parts)
        shell = self._shells[depth]
        placeholder = SHELLS[depth].removesuffix(".md") + "/"
        before, after = _SHELL_BODY.split(shell, maxsplit=1)
        return (
            f"{before}{self._relative(body, page.path)}{after}".replace(TITLE, html.escape(page.title))
            .replace(DESCRIPTION, html.escape(page.description))
            .replace(placeholder, page.path.strip("/") + "/")
        )

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
        for page, path, fragment in self._links:
            target = path.rstrip("/")
            if html.unescape(target) not in known and target not in ("", "."):
                log.warning("%s links to /%s, which does not exist", page, path)
            elif target == PLAYGROUND and fragment.startswith("#v="):
                pass  # a prefilled playground, not an anchor
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
hide: [toc]
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
    head = {"title": page.title, "description": page.description}
    lines = "\n".join(f"{k}: {json.dumps(v)}" for k, v in head.items())
    return f"---\n{lines}\n---\n{page.markdown}"


def _complete_search(site: Path, pages: Iterable[Page]) -> None:
    """One entry per generated page in the theme's search index, where the site has one."""
    path = site / "search" / "search_index.json"
    if not path.exists():
        return
    index: dict[str, Any] = json.loads(path.read_text("utf-8"))
    index["docs"].extend(
        {"location": f"{p.path.strip('/')}/", "title": p.title, "text": p.description} for p in pages
    )
    path.write_text(json.dumps(index, separators=(",", ":")), "utf-8")


def _complete_sitemap(site: Path, pages: Iterable[Page], config: MkDocsConfig) -> None:
    path = site / "sitemap.xml"
    if not path.exists() or not config.site_url:
        return
    text = re.sub(r"\s*<url>(?:(?!</url>).)*?/shell/(?:(?!</url>).)*</url>", "", path.read_text(), flags=re.S)
    base = config.site_url.rstrip("/")
    rows = "".join(f"    <url><loc>{xml_escape(base + p.path)}</loc></url>\n" for p in pages)
    path.write_text(text.replace("</urlset>", f"{rows}</urlset>"))
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
