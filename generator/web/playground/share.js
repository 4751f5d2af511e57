// A link carries prompt, models and parameters in its fragment, which no server sees. It never carries a key,
// an address or a part of one, and opening it runs nothing.

const VERSION = "1";
export const LONGEST = 8192;

/** The fragment, or null where it would be too long. */
export function toFragment({ system, prompt, models, options }) {
  const said = new URLSearchParams({ v: VERSION });
  for (const { row, model } of models) said.append("model", `${row}:${model}`);
  if (prompt) said.set("prompt", prompt);
  if (system) said.set("system", system);
  if (Object.keys(options).length) said.set("options", JSON.stringify(options));
  const text = said.toString();
  return text.length > LONGEST ? null : text;
}

/** What a fragment says, or null where it is none of ours. */
export function fromFragment(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  if (!said.has("model") && !said.has("prompt")) return null;
  if ((said.get("v") ?? VERSION) !== VERSION) throw new Error("This link is of another version of the playground.");
  let options = {};
  try {
    options = JSON.parse(said.get("options") ?? "{}");
  } catch {
    // A broken part of a link is left out; the rest still holds.
  }
  return {
    prompt: said.get("prompt") ?? "",
    system: said.get("system") ?? "",
    models: said
      .getAll("model")
      .slice(0, 6)
      .map((text) => ({ row: text.split(":", 1)[0], model: text.slice(text.indexOf(":") + 1) })),
    options: options && typeof options === "object" && !Array.isArray(options) ? options : {},
  };
}
