// The address of a server of the reader's own, however it is written down: as playground/run/own/address.py
// reads it, with what is to be said of it beside its field.

/** @import { Row } from "../../types/playground.js" */

/** What APIs add to their base; the page adds what it asks for itself. */
const ENDING = /\/(?:chat\/completions|completions|responses|messages|embeddings|models)$/;
/** Addresses of a server's other API, beside the one below /v1. */
const OTHER_API =
  /^\/(?:api\/(?:chat|generate|tags|show|ps|version|v1\/chat)|generate|generate_stream|completion)$/;
const OLLAMA_API = /\/api(?:\/(?:chat|generate|tags|show|ps|version))?$/;
/** A scheme, also with a slip in what follows it (`http//`, `https;//`), or in its letters (`htp//`). */
const SCHEME =
  /^(?:([a-z][a-z0-9+.-]*):\/|(https?)(?:\s*[:;.,]?\s*\/\/|:)|([htps]{2,8})\s*[:;.,]?\s*\/\/|\/)?\/*/i;
const TWICE = /^https?(?::\/|\s*[;.,]?\s*\/\/)/i;
/** What stands in no host or port. */
const STRAY = /[\s;,|<>{}^"'`\\]/;
/** Where a server says that it listens everywhere; nothing is reached by that name. */
const EVERYWHERE = /^(?:0\.0\.0\.0|\[::\])(?=:|$)/;
const PRIVATE = [
  /^(?:[^.:]*|.*\.localhost|.*\.local|.*\.lan|.*\.internal|.*\.home\.arpa)$/,
  /^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+)+$/,
  // Shared addresses, 100.64.0.0/10, are those of overlay networks such as Tailscale.
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d+)+$/,
  /^(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)$/,
];

/** Whether a host is this machine or one of the reader's own network. @param {string} host */
const isNear = (host) => PRIVATE.some((pattern) => pattern.test(host.toLowerCase()));

/** @param {string} authority host and port */
const isPlain = (authority) =>
  isNear(authority.replace(/:\d*$/, "").replace(/^\[|\]$/g, "")) && !authority.endsWith(":443");

/** @param {string} path @param {string} wire */
function basePath(path, wire) {
  let base = path.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  if (wire === "ollama") base = base.replace(OLLAMA_API, "");
  if (OTHER_API.test(base)) base = "/v1";
  for (let longer = ""; longer !== base;) {
    longer = base;
    base = base.replace(ENDING, "");
  }
  base = base.replace(/(\/v\d+)\1$/, "$1");
  // These wires add the version themselves, or have none.
  return wire === "anthropic-messages" || wire === "ollama" ? base.replace(/\/v1$/, "") : base;
}

/**
 * The parts of a row's address at which a request went to `url`; none where it is of another form.
 * @param {Row} row @param {string} url
 * @returns {Record<string, string>}
 */
export function placesIn({ own, places, endpoint }, url) {
  if (own) {
    const { base } = readAddress(url, endpoint.wire);
    return base ? { [places[0].name]: base } : {};
  }
  const plain = endpoint.url.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const parts = new RegExp(`^${plain.replace(/\{(\w+)\}/g, "(?<$1>[^/?#]+?)")}(?=/|$)`).exec(url)?.groups;
  const isSound = places.every(({ name, choices }) => !choices || choices.includes(parts?.[name] ?? ""));
  return isSound ? { ...parts } : {};
}

/**
 * What a request's path is added to, null where the text is no web address; and what is to be said of it:
 * how it was read, or what is wrong with it.
 * @param {string} written @param {string} [wire] the API that it speaks
 * @returns {{ base: string | null, notes: string[] }}
 */
export function readAddress(written, wire = "openai-chat") {
  const bare = written
    .trim()
    .replace(/^["'`<>]+|["'`<>]+$/g, "")
    .trim();
  const text = bare.replaceAll("\\", "/");
  const [begin, long, short, slip] = SCHEME.exec(text) ?? [""];
  const scheme = (long ?? short ?? slip ?? "").toLowerCase();
  const parts = /^([^/?#]*)([^?#]*)(.*)$/s.exec(text.slice(begin.length));
  const [, listening = "", path = "", rest = ""] = parts ?? [];
  const authority = listening.replace(EVERYWHERE, "localhost");
  const base = `${scheme || (isPlain(authority) ? "http" : "https")}://${authority}${basePath(path, wire)}`;
  const isTwice = TWICE.test(text.slice(begin.length));
  const fault = isTwice
    ? "http:// stands there twice: leave one of them out."
    : faultOf(text, scheme, authority, base);
  if (fault || !text) return { base: null, notes: fault ? [fault] : [] };
  const notes = [];
  if (!scheme)
    notes.push(
      isPlain(authority)
        ? "http:// was added, since it is on this machine or in your network"
        : "https:// was added; write http:// before it if the server has no certificate",
    );
  else if (!bare.toLowerCase().startsWith(`${scheme}://`))
    notes.push(`${bare.slice(0, begin.length)} was read as ${scheme}://`);
  const everywhere = listening.replace(/:\d+$/, "");
  if (authority !== listening)
    notes.push(`${everywhere} is where a server listens; localhost reaches it on this machine`);
  if (basePath(path, wire) !== path.replace(/\/+$/, ""))
    notes.push("only its base counts, the page adds the rest");
  if (rest) notes.push(`what follows ${rest[0]} was left off`);
  return { base, notes: notes.length ? [`Read as ${base}: ${notes.join("; ")}.`] : [] };
}

/**
 * What is wrong with it; empty where nothing is.
 * @param {string} text @param {string} scheme @param {string} authority @param {string} base
 */
function faultOf(text, scheme, authority, base) {
  if (!text) return "";
  if (scheme && !/^https?$/.test(scheme)) return "The address must begin with http:// or https://.";
  if (authority.includes("@"))
    return "The address holds a user name or a password: put the key into its own field.";
  if (!authority || STRAY.test(authority) || !URL.canParse(base))
    return "This is no web address: write one like http://localhost:8000/v1.";
  return "";
}
