"""Whose page an address is: two pages of one party are one witness."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

#: What the reason of a fact that a person set ends in where another party's page bears it out, with the page.
BORNE_OUT = "another party's page says the same, read on"

#: Hosts on which the first part of the path is who the page is of.
_SHARED = frozenset({"github.com", "gist.github.com", "raw.githubusercontent.com", "huggingface.co"})
#: Where the name before the host's is who the page is of.
_PAGES = ".github.io"
#: Vendors of several names: hosts, and accounts on shared ones.
_NAMES = {
    "alibaba": "alibaba.com alibabacloud.com aliyun.com qwen.ai modelscope.cn qwen qwenlm",
    "amazon": "amazon.com amazonaws.com amazon.science aboutamazon.com aws.dev amazon aws awsdocs",
    "anthropic": "anthropic.com claude.com claude.ai anthropic anthropics",
    "bytedance": "bytedance.com byteplus.com volcengine.com bytedance bytedance-seed",
    "deepseek": "deepseek.com deepseek-ai",
    "google": (
        "google.com google.dev ai.google blog.google deepmind.google googleapis.com googleblog.com "
        "withgoogle.com google google-deepmind google-gemini googlecloudplatform"
    ),
    "meta": "meta.com meta.ai llama.com facebook.com facebookresearch meta-llama",
    "microsoft": (
        "microsoft.com microsoft.ai azure.com github.com github.blog azure azure-samples github microsoft "
        "microsoft-foundry microsoftdocs"
    ),
    "minimax": "minimax.io minimaxi.com minimax-ai minimaxai",
    "mistral": "mistral.ai mistralai",
    "moonshotai": "moonshot.ai moonshot.cn kimi.com kimi.ai moonshotai",
    "nvidia": "nvidia.com nvidia nvidia-nemo",
    "openai": "openai.com chatgpt.com openai",
    "xai": "x.ai grok.com xai-org",
    "xiaomi": "mi.com xiaomi.com xiaomimimo.com xiaomimimo",
    "zai": "z.ai bigmodel.cn chatglm.cn zhipuai.cn thudm zai-org",
}
_PARTIES: Mapping[str, str] = {name: party for party, names in _NAMES.items() for name in names.split()}


def party(url: str) -> str:
    """Whose page it is: the vendor where it is known, else the account on a shared host, else the host.

    Of a host its last two labels count, so some that are apart are taken for one, never one for two.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in _SHARED:
        owner = parts.path.strip("/").partition("/")[0].casefold()
    elif host.endswith(_PAGES):
        owner = host.removesuffix(_PAGES).rpartition(".")[2]
    else:
        site = ".".join(host.split(".")[-2:])
        return _PARTIES.get(site, site)
    return _PARTIES.get(owner, f"@{owner}")
