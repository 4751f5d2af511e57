// A name taken apart, so that case, spaces and punctuation make no difference.
//
// Python does the same (playground/naming/forms.py), which says why; a test holds both to one answer.

/** @import { Form } from "../../types/site.js" */

/** A number with what is attached to it, or letters. */
const PART = /([0-9]+(?:\.[0-9]+)*)((?:(?![0-9])[\p{L}\p{N}])*)|(?:(?![0-9])[\p{L}\p{N}])+/gu;
const NUMBER = /^[0-9]+(?:\.[0-9]+)*$/;
const SIZE = /^[0-9]+(?:\.[0-9]+)*[bmt]$/;
const READY = ["instruct", "it"];
const STORED = "fp4|fp8|fp16|bf16|nvfp4|int4|int8|awq|gptq|gguf|mlx";
const DATE = "20[0-9]{2}-[0-9]{2}-[0-9]{2}|20[0-9]{6}";
const REGION = "global|[a-z]{2}|[a-z]+(?:-[a-z]+)+-?[0-9]+";
const WIDE = "us|eu|ap|ca|sa|me|af|il|mx|cn|europe|asia|africa|australia|northamerica|southamerica";
export const CLOUD_REGION = new RegExp(`^(?:${WIDE})(?:-[a-z]+)+-?[0-9]+/$`);
const VERTEX_DATE = /@(?=20[0-9]{6}$)/;
// LiteLLM's second way to a provider, whose ids are those of the first: `ollama_chat/llama3.1`.
const CHAT = /^([a-z]+)_chat\//;
const AZURE_35 = /^(?:azure\/)?gpt-?35(?![0-9])/;
const ENDINGS = [
  /^(?<rest>.+)\[[0-9]+[km]\]$/,
  /^(?<rest>.+)-v[0-9]+:[0-9]+(?::[0-9]+k)?$/,
  /^(?<rest>.+)[-:@](?:latest|default)$/,
  new RegExp(`^(?<rest>.+)[-:](?:${STORED})$`),
  /^(?<rest>.+):(?:batch|flex|priority|beta|nitro|floor|online|exacto)$/,
  new RegExp(`^(?<rest>.+)@(?:${REGION})$`),
];
const CLOUD_VERSION = /^(?<rest>.+)-v[0-9]+$/;
const DATED = new RegExp(`^(?<rest>.+)[-:@](?<version>${DATE})$`);
const VERSIONED = /^(?<rest>.+?)[-:@](?<version>[a-z]?[0-9]+)$/;
const VARIED = /^(?<rest>.+)[:@](?<variant>[^:@/]+)$/;

/** What a name is made of: `Claude-3-5 Sonnet` is claude, 3.5, sonnet. @param {string} text */
export function units(text) {
  const lower = text
    .toLowerCase()
    .replaceAll("+", " plus ")
    .replace(/(?<=[0-9])p(?=[0-9])/g, ".");
  /** @type {string[]} */
  const made = [];
  let end = -1;
  for (const match of lower.matchAll(PART)) {
    let part = match[0];
    if (match[1] !== undefined) {
      part = match[1].replace(/(?:\.0)+$/, "") + match[2];
      if (made.length && end === match.index) dropV(made);
      if (NUMBER.test(part) && made.length && NUMBER.test(made[made.length - 1])) {
        part = made.pop() + (part === "0" ? "" : `.${part}`);
      }
    }
    made.push(part);
    end = match.index + match[0].length;
  }
  return made;
}

/** The v before a number: `v3`, `deepseekv3`; `dev1` is a word. @param {string[]} made */
function dropV(made) {
  const last = made[made.length - 1];
  if (last === "v") made.pop();
  else if (last.endsWith("v") && [...last].length > 3) made[made.length - 1] = last.slice(0, -1);
}

/** Units without what separates them, and the sizes among them. @param {readonly string[]} parts */
export function joined(parts) {
  let text = "";
  for (const part of parts) text += /[0-9]$/.test(text) && /^[0-9]/.test(part) ? `.${part}` : part;
  return `${text} ${parts.filter((part) => SIZE.test(part)).join(" ")}`;
}

/** A lab's or a provider's name without its separators. @param {string} text */
export const plain = (text) => joined(units(text)).split(" ")[0];

/** @param {readonly string[]} parts */
const sorted = (parts) => [...parts].sort().join(" ");
/** @param {readonly string[]} parts */
const bare = (parts) => parts.filter((part) => !READY.includes(part));

/** @param {string} text */
const asItIs = (text) => [text];
/** @param {string} text */
const inOne = (text) => [joined(units(text))];
/** @param {string} text */
const unordered = (text) => [sorted(units(text))];
/** @param {string} text */
const withoutReady = (text) => [sorted(bare(units(text)))];

/** @param {string} text */
function unready(text) {
  return units(text).some((part) => READY.includes(part)) ? [] : withoutReady(text);
}

/** @param {string} text */
function withoutFamily(text) {
  const [first, ...rest] = units(text);
  return rest.length && /^\p{L}+$/u.test(first) ? [sorted(rest), sorted(bare(rest))] : [];
}

/** @param {string} text */
function numbered(text) {
  const parts = units(text);
  const both = parts.some((part) => /^[0-9]/.test(part)) && parts.some((part) => /\p{L}$/u.test(part));
  return both ? [sorted(parts)] : [];
}

/** @type {Form} a name that is but for `instruct` another's */
export const UNREADY = { known: withoutReady, asked: unready };
/** @type {Form[]} those that an id has with its lab, too */
export const STRICT = [asItIs, inOne, unordered].map((form) => ({
  known: form,
  asked: form,
}));
/** @type {Form[]} from the strictest to the freest */
export const FORMS = [
  ...STRICT,
  UNREADY,
  { known: withoutReady, asked: withoutReady },
  { known: withoutFamily, asked: numbered },
];

/** What stands before a name, each with the sign after it, and the name. @param {string} text */
export const splitPath = (text) => text.match(/[^/]+?(?:\/|(?<=[a-z])\.(?=[a-z][a-z]))|[^/]+$/g) ?? [text];

/**
 * A name in lower case as it is, then as it would be with slashes, and not as clouds spell it.
 * @param {string} text @param {Record<string, unknown>} owners what stands before names, each with its sign
 */
export function waysToWrite(text, owners) {
  const slashed = withSlashes(text, owners).replace(VERTEX_DATE, "-");
  const first = slashed.replace(CHAT, "$1/");
  if (!AZURE_35.test(slashed)) return [text, slashed, first];
  const plainly = slashed.replace(AZURE_35, "gpt-3.5");
  return [text, slashed, first, `azure/${plainly}`, plainly];
}

/** @param {string} text @param {Record<string, unknown>} owners @returns {string} */
function withSlashes(text, owners) {
  const at = text.indexOf(":");
  if (at < 0 || !Object.hasOwn(owners, `${text.slice(0, at)}/`)) return text;
  return `${text.slice(0, at)}/${withSlashes(text.slice(at + 1), owners)}`;
}

/**
 * A name with ever less behind it, and the version that was taken off.
 * @param {string} name @param {ReadonlySet<string>} variants @param {boolean} cloud
 * @returns {Generator<[string, string]>}
 */
export function* withoutEndings(name, variants, cloud) {
  let text = name;
  let version = "";
  for (;;) {
    yield [text, version];
    let match = ENDINGS.map((ending) => ending.exec(text)).find(Boolean) ?? null;
    const varied = VARIED.exec(text);
    if (!match && varied?.groups && variants.has(varied.groups.variant)) match = varied;
    if (!match && cloud) match = CLOUD_VERSION.exec(text);
    if (!match && !version) {
      match = DATED.exec(text) ?? VERSIONED.exec(text);
      version = match?.groups?.version ?? "";
    }
    if (!match?.groups) return;
    text = match.groups.rest;
  }
}
