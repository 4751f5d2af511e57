// A link carries prompt, models and parameters in its fragment, which no server sees. It never carries a key,
// an address or a part of one, and opening it runs nothing.

/** @import { Link } from "../types/playground.js" */

const VERSION = "1";
export const LONGEST = 8192;

/**
 * The fragment, or null where it would be too long.
 * @param {Link} link
 */
export function toFragment({ system, prompt, models, options, then, images }) {
  const params = new URLSearchParams({ v: VERSION });
  for (const { row, model } of models) params.append("model", `${row}:${model}`);
  if (prompt) params.set("prompt", prompt);
  if (system) params.set("system", system);
  if (Object.keys(options).length) params.set("options", JSON.stringify(options));
  if (models.some((one) => Object.keys(one.options).length))
    params.set("own", JSON.stringify(models.map((one) => one.options)));
  for (const text of then) params.append("then", text);
  if (images) params.set("images", String(images));
  const text = params.toString();
  return text.length > LONGEST ? null : text;
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
        row: text.split(":", 1)[0],
        model: text.slice(text.indexOf(":") + 1),
        options: optionsOf(Array.isArray(own) ? own[n] : null),
      })),
    options: optionsOf(read(params.get("options"))),
    then: params.getAll("then").slice(0, 50),
    images: Math.min(100, Number(params.get("images")) || 0),
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
