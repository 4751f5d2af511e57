// From a fact's key in the fragment, `#provider/channel/lab/model!field`, to the lines that correct it.

import { decoded } from "./decoded.mjs";
import { element } from "./element.mjs";
import { isKey, modelOf } from "./keys.mjs";

/** @import { Claim, Fact, FactValue, Model, Moved } from "../types/api.js" */

const place = element(document, "#correct", HTMLElement);

async function show() {
  const [target, field] = location.hash.slice(1).split("!").map(decoded);
  if (!target || !field) return;
  const offering = isKey(target);
  const id = modelOf(target);
  const response = await fetch(`${place.dataset.root}catalog/v1/models/${id}.json`);
  /** @type {Model | Moved | null} */
  const answer = response.ok ? await response.json() : null;
  const model = answer && "offerings" in answer ? answer : undefined;
  const at = offering ? model?.offerings.find((o) => o.key === target) : undefined;
  const fact = (offering ? at : model)?.facts.find((f) => f.field === field);
  if (!model || !fact) {
    place.replaceChildren(text("p", `There is no fact “${field}” of “${target}” in the catalog.`));
    return;
  }
  const back = text("a", `${model.name}${at ? `, ${at.provider}, ${at.channel}` : ""}`);
  back.href = `${place.dataset.root}models/${id}/#${at ? at.anchor : "the-model"}`;
  const head = text("p", `${fact.label}: ${fact.text} (${fact.standing}), of `);
  head.append(back);
  const lines = correction(offering ? "offering" : "model", target, field, fact);
  place.replaceChildren(head, text("p", "What the sources say:"), claimList(fact.claims));
  // What the site's owner says is set right where the owner says it.
  if (fact.claims.some((c) => c.source === "own")) {
    place.append(
      text(
        "p",
        "This is the site owner’s own figure: " +
          "it is changed in the file that the option `own` in mkdocs.yml names.",
      ),
    );
  } else place.append(text("p", "Add to docs/catalog/overrides.yml:"), code(lines), buttons(lines));
}

/**
 * The lines of overrides.yml that set the fact right, but for what only a person knows.
 * @param {"offering" | "model"} kind @param {string} target @param {string} field @param {Fact} fact
 */
function correction(kind, target, field, fact) {
  const today = new Date().toISOString().slice(0, 10);
  return [
    `- ${kind}: ${target}`,
    `  field: ${field}`,
    `  value: ${yaml(fact.value)}  # now; write the right one`,
    `  replaces: ${yaml(replaced(fact)) || "null"}`,
    "  reason: ",
    "  link: https://",
    `  date: ${today}`,
    "",
  ].join("\n");
}

/**
 * What the sources say by themselves: beside a person's value the first claim that is none of the doubtful.
 * @param {Fact} fact @returns {FactValue}
 */
function replaced({ mark, value, claims }) {
  if (mark !== "O") return value;
  return claims.find(({ note = "" }) => note === "" || note === "disagrees")?.value ?? null;
}

/** @param {Claim[]} claims */
function claimList(claims) {
  const list = text("ul", "");
  list.append(
    ...claims.map((c) => {
      const values = Array.isArray(c.value) ? c.value.join(", ") : (c.value ?? "");
      const li = text("li", `${c.source}: ${values}${c.note ? ` (${c.note})` : ""} `);
      if (c.link?.startsWith("https://")) {
        const link = text("a", "where it says so");
        link.href = c.link;
        link.rel = "noreferrer";
        li.append(link);
      }
      return li;
    }),
  );
  return list;
}

/** @param {string} lines */
function code(lines) {
  const block = text("pre", "");
  const inner = text("code", lines);
  inner.tabIndex = 0;
  block.append(inner);
  return block;
}

/** @param {string} lines */
function buttons(lines) {
  const copy = text("button", "Copy these lines");
  copy.className = "act";
  copy.type = "button";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(lines);
    copy.textContent = "Copied";
  });
  const row = text("p", "");
  row.className = "actions";
  row.append(copy);
  if (place.dataset.edit?.startsWith("https://")) {
    const edit = text("a", "Open overrides.yml to edit it");
    edit.className = "act";
    edit.href = `${place.dataset.edit}overrides.yml`;
    edit.rel = "noreferrer";
    row.append(" ", edit);
  }
  return row;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {string} content
 */
function text(name, content) {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}

/** A value as YAML reads it back: yes and no in quotes. @param {FactValue} value @returns {string} */
function yaml(value) {
  if (Array.isArray(value)) return `[${value.map(yaml).join(", ")}]`;
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : value === null ? "" : String(value);
}

addEventListener("hashchange", show);
show();
