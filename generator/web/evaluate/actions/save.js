// The evaluation as a file that can be opened again (docs/evaluate/evaluation.schema.json), without keys and
// addresses.

import { withParameters } from "../../playground/actions/chat.js";
import { download } from "../../playground/download.js";
import { refusal } from "../../playground/keys/guard.js";
import { reason } from "../../playground/reason.js";

/** @import { Evaluation, NamedModel } from "../../types/evaluate.js" */
/** @import { AskedModel } from "../asking/answered.js" */
/** @import { EvaluatePage } from "../page.js" */

/** The models in the page, as the file has them. @param {EvaluatePage} page @returns {NamedModel[]} */
export const namedModels = (page) =>
  page.panes.map((pane) => {
    const { messages: _, ...parameters } = withParameters(page, pane, []);
    return { name: pane.name, provider: pane.row.id, ...pane.linked, model: pane.model, parameters };
  });

/** The same with their addresses, which no file has. @param {EvaluatePage} page @returns {AskedModel[]} */
export const askedModels = (page) =>
  namedModels(page).map((one, place) => ({ ...one, address: page.panes[place].url?.href ?? "" }));

/** All that is asked of whom, as a file or a link has it. @param {EvaluatePage} page @returns {Evaluation} */
export const setUp = (page) => ({
  ...page.evaluation,
  parameters: {},
  models: namedModels(page),
  left_out: [],
});

/** @param {EvaluatePage} page */
export function save(page) {
  try {
    const held = setUp(page);
    page.notice =
      refusal(page, "The file", held, { shapes: false }) ||
      handOver(JSON.stringify(held, null, 1), page.evaluation.name, "evaluation");
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}

/**
 * Hand the reader a file of JSON; says what it is called.
 * @param {string | Blob} text
 * @param {string} name of the evaluation @param {string} kind of the file
 */
export function handOver(text, name, kind) {
  return `Saved as ${handFile(text, name, `.${kind}.json`)}.`;
}

/**
 * Hand the reader a file; its name.
 * @param {string | Blob} text
 * @param {string} name of the evaluation @param {string} ending of the file's name
 */
export function handFile(text, name, ending) {
  const plain = name.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-") || "evaluation";
  const file = `${plain}${ending}`;
  download(text, ending.endsWith(".csv") ? "text/csv" : "application/json", file);
  return file;
}
