"""What belongs to the whole site once every page is known: search, llms.txt, the sitemap, the notices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from generator.exports.documents import llms_txt, sitemap
from generator.exports.search import search_data
from generator.pages.page import Page
from generator.site.assets import Assets, compact
from generator.site.hosting import notices
from generator.site.rendered import Rendered
from generator.site.site import Site
from playground.labels.names import display_names

SEARCH = "search/almanac.json"
#: All that is written here, as links name it.
ADDRESSES = frozenset({"llms.txt", "sitemap.xml", SEARCH, notices.NOTICES, notices.SBOM})


def write_indexes(folder: Path, site: Site, rendered: Rendered, detail_pages: Sequence[Page]) -> None:
    """Write search and the lists into the site's folder."""
    _write_search(folder, site, rendered, detail_pages)
    _write_lists(folder, site, rendered, detail_pages)


def _write_search(folder: Path, site: Site, rendered: Rendered, detail_pages: Sequence[Page]) -> None:
    capabilities = [
        [p.path.strip("/") + "/", p.title, p.description, "Capability", 2]
        for p in detail_pages
        if p.path.startswith("/capabilities/")
    ]
    entries = [*capabilities, *rendered.search_entries]
    (folder / SEARCH).parent.mkdir(exist_ok=True)
    data = search_data(site.catalog, display_names(site.catalog), entries, site.renamed.models)
    (folder / SEARCH).write_bytes(compact(data))


def _write_lists(folder: Path, site: Site, rendered: Rendered, detail_pages: Sequence[Page]) -> None:
    """For language models and for search engines."""
    options = site.options
    by_heading = {
        heading: [(p.path, p.title) for p in detail_pages if p.publish is not None and p.path.startswith(top)]
        for heading, top in (("Providers", "/providers/"), ("Models", "/models/"))
    }
    text = llms_txt(options.name, options.description, rendered.listed, by_heading)
    (folder / "llms.txt").write_text(text, "utf-8")
    paths = [path for path, _, _ in rendered.listed] + [p.path for p in detail_pages]
    (folder / "sitemap.xml").write_text(sitemap(options.url, paths), "utf-8")
    (folder / "sitemap.xml.gz").unlink(missing_ok=True)


def write_notices(folder: Path, site: Site, assets: Assets) -> None:
    """Write what of others the site carries, once all its files are there."""
    name, sources = site.options.name, site.catalog.sources
    components = notices.components(assets.packages, assets.runtime, small_model=assets.small_model)
    (folder / notices.NOTICES).write_text(notices.notices(name, components, sources), "utf-8")
    bill_of_materials = notices.sbom(name, site.sha256, components, sources)
    text = json.dumps(bill_of_materials, indent=1, ensure_ascii=False) + "\n"
    (folder / notices.SBOM).write_text(text, "utf-8")
