"""What mkdocs.yml says of the site: the options of the plugin `almanac`, and what it says for all plugins."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from generator.site.brand import BLACK, WHITE, Color
from generator.site.site import SiteOptions


class AlmanacConfig(Config):
    """Options in mkdocs.yml: `catalog`, the folder in docs/ with the data; `cache`, `runtime` and `models`,
    where what is made once, the playground's Python and the small model lie; `small_model`, whether
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


def site_options(config: MkDocsConfig, own: AlmanacConfig) -> SiteOptions:
    """What a site is made of, by MkDocs' configuration and the plugin's own."""
    return SiteOptions(
        root=root(config),
        docs=Path(config.docs_dir),
        catalog=own.catalog,
        name=config.site_name,
        description=config.site_description or "",
        url=config.site_url or "",
        edit=_edit(config, own.catalog),
        providers=own.providers,
        hide_sources=own.hide_sources,
        own=own.own,
    )


def root(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml, which the options' paths begin from."""
    return Path(config.config_file_path).parent if config.config_file_path else Path()


def has_theme_search(config: MkDocsConfig) -> bool:
    """Whether the site's owner has the search of MkDocs, which goes by its theme's name: material/search."""
    return any(name.rpartition("/")[2] == "search" for name in config.plugins)


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
