"""What a failure means and what to do about it, the likeliest first.

A page that is refused by CORS, a server that is down and a blocker all look the same to it ("Failed to
fetch"), so for that one the causes are put in order by what is known of the provider and the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playground.catalog.endpoints import Endpoint, Wire
from playground.chat.events import Cause, Failed
from playground.chat.framing import GATEWAY, NOT_API
from playground.chat.parameters import LABELS
from playground.run.objection import part_refused
from playground.run.own.address import has_version, near
from playground.run.own.listing import VERSIONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One likely cause and its fix."""

    cause: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where the request went and from where: `page` is the page's origin, empty outside a browser.

    `keyed` is whether a key went along, `reached` whether anything answers there, None where nobody tried.
    """

    endpoint: Endpoint
    url: str
    browser: str = "unknown"
    fix: str = ""
    page: str = ""
    online: bool = True
    keyed: bool = True
    reached: bool | None = None

    @property
    def is_own(self) -> bool:
        """Whether the reader wrote the whole address."""
        return self.endpoint.url.startswith("{")


RELAY = (
    "Run a relay of your own that allows this page, such as a LiteLLM proxy (a ready configuration is on the "
    "page “Why can’t I reach a provider”), and choose “Your own server (OpenAI-compatible)”."
)


def faulty_field(failed: Failed, at: Situation) -> str:
    """The field that the reader has to look at: `key`, `address` or `model`; empty where it is none of them.

    An address of which the reader wrote no part has no field.
    """
    is_written = at.is_own or at.endpoint.is_written
    if at.is_own and _is_nowhere(failed):
        return "address"
    match failed.cause:
        case Cause.KEY | Cause.NO_KEY | Cause.PERMISSION:
            return "key"
        case Cause.UNREACHABLE if at.online and is_written:
            return "address"
        case Cause.MALFORMED | Cause.FOREIGN if is_written:
            return "address"
        case Cause.MODEL:
            return "model"
        case _:
            return ""


def explain(failed: Failed, at: Situation) -> list[Advice]:
    """Likely causes in their order, each with its fix; empty where the message says it all."""
    advice = []
    if hint := at.endpoint.hints.get(str(failed.cause)):
        advice.append(Advice(cause="What this often means here", fix=hint))
    if at.is_own and _is_nowhere(failed):
        return [*advice, _elsewhere(failed, at)]
    match failed.cause:
        case Cause.UNREACHABLE:
            advice += _unreachable(at)
        case Cause.NO_KEY:
            advice.append(Advice(cause="No key went along", fix="Enter it in its field, beside the address."))
        case Cause.PERMISSION if not at.keyed:
            advice.append(
                Advice(
                    cause="The server refuses this without a key, or from where you are",
                    fix="Enter a key in its field, beside the address; or have the server allow you.",
                )
            )
        case Cause.MODEL if at.is_own:
            advice.append(
                Advice(
                    cause="The server has no such model",
                    fix="Choose one that it lists; some serve only the model that they were started with.",
                )
            )
        case Cause.SERVER if failed.status in GATEWAY:
            cause = "The server behind this address is down or still starting: a proxy answered for it"
            start = "Start that server, or wait until it is up; then run it again."
            again = "Try again in a while; if it stays, see the provider’s status page."
            advice.append(Advice(cause=cause, fix=start if at.is_own else again))
        case Cause.PARAMETER:
            part = part_refused(failed)
            name = LABELS.get(part, failed.parameter or "a parameter")
            advice.append(
                Advice(
                    cause=f"This model does not take: {name}",
                    fix="Run it again without that, or choose another model.",
                )
            )
        case Cause.FOREIGN if not at.is_own and not at.endpoint.is_written:
            advice.append(
                Advice(
                    cause="Something on the way answered in the provider’s place, or it has a fault",
                    fix="A network may want you to sign in: open any web page. Or a proxy, a filter or an "
                    "extension stands between: try another network.",
                )
            )
        case Cause.FILTERED if failed.status is None:
            advice.append(
                Advice(
                    cause="The provider’s safety filter cut the answer",
                    fix="What came before it stays; change the prompt.",
                )
            )
        case _:
            if plain := _PLAIN.get(failed.cause):
                advice.append(Advice(cause=plain[0], fix=plain[1]))
    return advice


#: What a wire adds to an address of the reader's own.
_ENDINGS = {
    Wire.OPENAI_CHAT: "/chat/completions",
    Wire.OPENAI_RESPONSES: "/responses",
    Wire.ANTHROPIC_MESSAGES: "/v1/messages",
    Wire.OLLAMA: "/api/chat",
}
#: Statuses that speak of the key, the account or the moment: something is at the address.
_OF_ANOTHER = frozenset({401, 402, 403, 407, 408, 429})
#: What servers say, some with status 200, of a path that they have not; a model that is missing is named.
_NO_PATH = re.compile(r"unexpected endpoint|invalid url|unknown request url|unknown_url", re.I)


def _is_nowhere(failed: Failed) -> bool:
    """Whether the server has nothing at the request's address."""
    if failed.status and (failed.status >= 500 or failed.status in _OF_ANOTHER):
        return False
    if _NO_PATH.search(failed.message) or failed.message.endswith(NOT_API):
        return True
    return failed.status in (404, 405) and not re.search("model", failed.message, re.I)


def _elsewhere(failed: Failed, at: Situation) -> Advice:
    page = "A web page answered, and no API: a server may have its API at another port"
    cause = page if failed.message.endswith(NOT_API) else "The server has no such API at this address"
    if has_version(at.url) or at.endpoint.wire not in VERSIONED:
        path = f"the address ends before {_ENDINGS.get(at.endpoint.wire, 'what the API adds')}"
    else:
        path = f"many servers have their API below /v1, which would be {at.url.rstrip('/')}/v1"
    return Advice(
        cause=cause,
        fix=f"Asked was {at.url}. Check the host, the port and the path in its documentation: {path}.",
    )


_PLAIN = {
    Cause.KEY: (
        "The provider does not accept this key",
        "Check that it is whole, of this provider and not revoked; some keys hold for one project or region.",
    ),
    Cause.PERMISSION: (
        "The key is known, but it may not do this",
        "See the key’s permissions and the account’s access to this model.",
    ),
    Cause.QUOTA: ("The account has no credit or quota left", "Add credit or ask for quota at the provider."),
    Cause.RATE: (
        "Too many requests or tokens a minute",
        "Wait and try again, or ask the provider for a higher limit.",
    ),
    Cause.OVERLOADED: (
        "The provider has too much to do",
        "Try again in a while, or use another provider of this model.",
    ),
    Cause.MODEL: (
        "There is no such model at this address, or the account may not use it",
        "Check the id: on Azure it is your deployment’s name, on Bedrock often a profile (us., eu. …).",
    ),
    Cause.CONTEXT: (
        "The prompt is longer than the model takes",
        "Shorten it, or choose a model with a larger context.",
    ),
    Cause.FILTERED: (
        "The provider’s safety filter refused the prompt",
        "Change the prompt; the provider decides what it takes.",
    ),
    Cause.SERVER: (
        "Something broke at the provider",
        "Try again; if it stays, see the provider’s status page.",
    ),
    Cause.MALFORMED: (
        "What came is not in the form of this API",
        "Check the address: it may be another API, or a proxy may have changed the answer.",
    ),
    Cause.FOREIGN: (
        "What answered is no API of a model",
        "Check the address: it may be another server’s. Or a network wants you to sign in: open any page.",
    ),
    Cause.TRUNCATED: ("The connection ended before the answer did", "Try again; what came before it stays."),
    Cause.OURS: (
        "The playground itself failed",
        "The answer so far is kept. Run it again; if it fails again, report it with the words in brackets.",
    ),
    Cause.TIMEOUT: ("No answer came in time", "Try again, or choose a faster model or less effort."),
}


def _unreachable(at: Situation) -> list[Advice]:
    parts = urlsplit(at.url)
    host = parts.hostname or ""
    if not at.online:
        return [Advice(cause="This device is offline", fix="Connect to the network and run it again.")]
    advice = []
    local, private = near(host)
    if parts.scheme == "http" and not local and at.page.startswith("https:"):
        advice.append(
            Advice(
                cause="The page is https and this address is http: browsers block that",
                fix="Serve it over https, or reach it as http://localhost (for instance by an SSH tunnel).",
            )
        )
    if local or private:
        return [*advice, *_unreachable_near(at)]
    cors = Advice(cause="The provider answers no web page (CORS)", fix=_allowing(at) or RELAY)
    blocked = Advice(
        cause="An extension, a company network or DNS filter blocks the address",
        fix="Try without extensions or from another network.",
    )
    wrong = Advice(
        cause="The address is wrong",
        fix=f"{host} must exist: check the parts you filled in."
        if at.endpoint.is_written
        else f"Check that {host} is the provider’s address.",
    )
    organisation = Advice(
        cause="The organisation behind the key closed browser access",
        fix=f"Ask its administrator, or: {RELAY}",
    )
    if not at.page:
        return [wrong, blocked]
    filled = at.endpoint.is_written
    match at.browser:
        case "no":
            advice += [cors, blocked]
        case "yes":
            advice += [wrong, blocked, organisation] if filled else [blocked, organisation, wrong]
        case _:
            advice += [wrong, cors, blocked] if filled else [cors, blocked, wrong]
    return advice


def _unreachable_near(at: Situation) -> list[Advice]:
    """Of a server on the reader's own machine or network."""
    parts = urlsplit(at.url)
    start = f"Start it, and check the port {parts.port or ''}.".replace(" .", ".")
    advice = [] if at.reached else [Advice(cause="No server is running there", fix=start)]
    if parts.scheme == "https" and not at.reached:
        advice.append(
            Advice(
                cause="The server speaks http, as most do on one’s own machine or network",
                fix="Write the address with http://.",
            )
        )
    if not at.page:
        return advice
    fix = _allowing(at) or _local_fix(at)
    advice.append(Advice(cause="The server does not allow this page (CORS)", fix=fix))
    if not at.page.startswith(("http://localhost", "http://127.")):
        advice.append(
            Advice(
                cause="The browser was not allowed to reach the local network",
                fix="Allow it where the browser asks, or in the site’s settings (Chrome and Edge).",
            )
        )
    return advice


def _allowing(at: Situation) -> str:
    """How the server lets this page in, as known of its row; of the reader's own what any server can do, and
    what a certain one that it may be does. Empty where nothing is known."""
    known = at.fix.replace("{origin}", at.page)
    return f"{_local_fix(at)} {known}".rstrip() if at.is_own else known


def _local_fix(at: Situation) -> str:
    if at.endpoint.wire == Wire.OLLAMA:
        return f"Start it with OLLAMA_ORIGINS={at.page}"
    return f"Let the server send Access-Control-Allow-Origin: {at.page}, also on OPTIONS."


def relay_config(page: str, model: str, provider: str) -> str:
    """A LiteLLM proxy's configuration that allows this page; keys come from the proxy's environment."""
    return f"""\
# config.yaml: a relay of your own for a provider that answers no web page.
#   pip install 'litellm[proxy]'
#   export {provider.upper().replace("-", "_")}_API_KEY=…
#   export LITELLM_CORS_ORIGINS={page or "https://your-page.example"}
#   litellm --config config.yaml --host 127.0.0.1 --port 4000
model_list:
  - model_name: {model}
    litellm_params:
      model: {provider}/{model}
"""
