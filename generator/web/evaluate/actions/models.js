// The models that a file names, in the page's rows.

import { Pane } from "../../playground/pane.js";

/** @import { Evaluation } from "../../types/evaluate.js" */
/** @import { Options } from "../../types/playground.js" */
/** @import { EvaluatePage } from "../page.js" */

/**
 * Fill in the models of a file, unless the reader has chosen some; says what is to be done then.
 * @param {EvaluatePage} page
 * @param {Evaluation} evaluation
 */
export function useModels(page, { models, parameters }) {
  if (Object.keys(parameters).length) page.options = optionsOf(parameters);
  if (!models.length) return "";
  if (page.panes.some((pane) => pane.model)) return " Your models stay; the file names others.";
  const panes = models.slice(0, page.most).flatMap((named) => {
    const row = page.rows.get(named.provider ?? "");
    if (!row) return [];
    const pane = new Pane(page, row, named.model ?? "");
    pane.options = optionsOf(named.parameters ?? {});
    return [pane];
  });
  const unknown = models.filter(({ provider }) => !page.rows.has(provider ?? "")).map(({ name }) => name);
  if (panes.length) page.panes = panes;
  const filled = panes.length ? ` Its models are filled in; type their keys.` : "";
  return unknown.length ? `${filled} Choose the provider of ${unknown.join(", ")} yourself.` : filled;
}

/** A chat's parameters as the fields for them hold them. @param {Record<string, unknown>} parameters */
function optionsOf(parameters) {
  /** @type {Options} */
  const options = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === "number" || typeof value === "string") options[name] = value;
    else if (name === "stop" && Array.isArray(value)) options[name] = value.join("\n");
    else if (name === "schema") options[name] = JSON.stringify(Object(value).schema, null, 1);
    else options[name] = JSON.stringify(value, null, 1);
  }
  return options;
}
