// A link carries what stands in the form, in its fragment, which no server sees: a template as a template,
// with the values of its variables. It never carries a key or an address that was typed, only which of a
// provider's known hosts or regions is meant (`openai@eu.api.openai.com:gpt-6-luna`), and whether there was a
// key for a server of the sender's own; and opening it runs nothing.

/** @import { Link } from "../types/playground.js" */

const VERSION = "1";
export const LONGEST = 8192;

/** What may be left out of a link that would be too long, as it is told. */
const PARTS = {
  prompt: "the prompt",
  system: "the system prompt",
  variables: "the values of the variables",
  then: "the later questions",
  options: "the parameters for all models",
  own: "the parameters of single models",
};

/**
 * The fragment, with as much of the link as there is room for: the longest part goes first. What went stands
 * in it, too, so that whoever opens it knows.
 * @param {Link} link
 */
export function toFragment(link, most = LONGEST) {
  /** @type {string[]} */
  const left = [];
  for (;;) {
    const parts = entries({ ...link, left });
    const text = new URLSearchParams(parts).toString();
    /** @type {Record<string, number>} */
    const sizes = {};
    for (const [name, value] of parts)
      if (name in PARTS) sizes[name] = (sizes[name] ?? 0) + `${new URLSearchParams([[name, value]])}`.length;
    const [longest] = Object.keys(sizes).toSorted((a, b) => sizes[b] - sizes[a]);
    if (text.length <= most || !longest) return { text, left };
    left.push(longest);
  }
}

/** @param {Link} link @returns {[string, string][]} */
function entries({ system, prompt, variables, models, options, then, images, left }) {
  /** @param {Record<string, unknown>} value */
  const json = (value) => (Object.keys(value).length ? [JSON.stringify(value)] : []);
  const own = models.map((one) => one.options);
  /** @type {[string, string[]][]} */
  const all = [
    ["model", models.map((one) => `${rowOf(one)}:${one.model}`)],
    ["prompt", prompt ? [prompt] : []],
    ["system", system ? [system] : []],
    ["variables", json(variables)],
    ["options", json(options)],
    ["keyed", models.flatMap(({ hadKey }, n) => (hadKey ? [String(n)] : []))],
    ["own", own.some((one) => Object.keys(one).length) ? [JSON.stringify(own)] : []],
    ["then", then],
    ["images", images ? [String(images)] : []],
    ["left", left],
  ];
  const kept = all.filter(([name]) => !left.includes(name));
  return [["v", VERSION], ...kept.flatMap(([name, values]) => values.map((value) => pair(name, value)))];
}

/** @param {Pick<Link["models"][number], "row" | "choice">} model */
const rowOf = ({ row, choice }) => (choice ? `${row}@${choice}` : row);

/** A model as a link names it. @param {string} text */
function modelOf(text) {
  const [row, choice] = text.split(":", 1)[0].split("@");
  return { row, ...(choice ? { choice } : {}), model: text.slice(text.indexOf(":") + 1) };
}

/** @param {string} name @param {string} value @returns {[string, string]} */
const pair = (name, value) => [name, value];

/** @param {string[]} names */
const listed = (names) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** @param {number} images */
const pictures = (images) => (images === 1 ? "an image" : `${images} images`);

/** What of a link is too long for one, as it is told. @param {string[]} left */
const tooLong = (left) => left.flatMap((name) => (isPart(name) ? [`${PARTS[name]} (too long)`] : []));

/** @param {string} name @returns {name is keyof typeof PARTS} */
const isPart = (name) => name in PARTS;

/**
 * What a link holds and what it leaves out, for whoever copies it; `left` is what was too long, `beside` what
 * else stands in the page and in no link.
 * @param {Link} link
 * @param {string[]} left
 * @param {string[]} beside
 */
export function holds(link, left, beside) {
  const names = /** @type {const} */ (["prompt", "system", "variables", "then"]);
  const there = names.filter((name) => !left.includes(name) && Object.keys(link[name]).length);
  const isWhole = !left.includes("options") && !left.includes("own");
  const isPlaced = link.models.some(({ choice }) => choice);
  const models = isPlaced ? "the models with their hosts and regions" : "the models";
  const held = [...there.map((name) => PARTS[name]), models, ...(isWhole ? ["their parameters"] : [])];
  const images = link.images ? [pictures(link.images)] : [];
  return (
    `It holds what stands in the form: ${listed(held)}. ` +
    `It leaves out: ${listed(["keys", "typed addresses", ...images, ...beside, ...tooLong(left)])}.`
  );
}

/**
 * What whoever made the link had beside it, for whoever opens it; empty where that is all.
 * @param {Link} link
 */
export function lacks({ images, left }) {
  const missing = [...(images ? [pictures(images)] : []), ...tooLong(left)];
  return missing.length ? ` A link can’t carry all that was there: add ${listed(missing)}.` : "";
}

/**
 * What a fragment says, or null where it is none of ours.
 * @param {string} hash
 * @param {number} [most] how many models are taken
 * @returns {Link | null}
 */
export function fromFragment(hash, most = 6) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  if (!params.has("model") && !params.has("prompt")) return null;
  if ((params.get("v") ?? VERSION) !== VERSION)
    throw new Error("This link is of another version of the playground.");
  const own = read(params.get("own"));
  return {
    prompt: params.get("prompt") ?? "",
    system: params.get("system") ?? "",
    models: params
      .getAll("model")
      .slice(0, most)
      .map((text, n) => ({
        ...modelOf(text),
        options: optionsOf(Array.isArray(own) ? own[n] : null),
        hadKey: params.getAll("keyed").includes(String(n)),
      })),
    variables: textsOf(read(params.get("variables"))),
    options: optionsOf(read(params.get("options"))),
    then: params.getAll("then").slice(0, 50),
    images: Math.min(100, Number(params.get("images")) || 0),
    left: params.getAll("left").filter(isPart),
  };
}

/**
 * A broken part of a link is left out; the rest still holds.
 * @param {string | null} text
 * @returns {unknown}
 */
function read(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** @param {unknown} value @returns {Record<string, unknown>} */
const optionsOf = (value) =>
  value && typeof value === "object" && !Array.isArray(value) ? { ...value } : {};

/** The texts of a value, by name. @param {unknown} value @returns {Record<string, string>} */
export const textsOf = (value) =>
  Object.fromEntries(
    Object.entries(optionsOf(value)).flatMap(([name, text]) =>
      typeof text === "string" ? [[name, text]] : [],
    ),
  );
