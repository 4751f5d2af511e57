// The evaluation as a file that can be opened again (docs/evaluate/evaluation.schema.json), without keys and
// addresses.

import { withParameters } from "../../playground/actions/chat.js";
import { reason } from "../../playground/reason.js";

/** @import { Evaluation } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function save(page) {
  try {
    const models = page.panes.map((pane) => {
      const { messages: _, ...parameters } = withParameters(page, pane, []);
      return { name: pane.name, provider: pane.row.id, model: pane.model, parameters };
    });
    /** @type {Evaluation} */
    const evaluation = { ...page.evaluation, parameters: {}, models, left_out: [] };
    download(page, evaluation, `${fileName(evaluation)}.evaluation.json`);
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}

/**
 * Save the answers, with what was asked of which models; one that holds a key of the reader's stays here.
 * @param {EvaluatePage} page
 */
export function saveAnswers(page) {
  const all = [...page.answers.values()];
  const answers = all.filter((answer) => !page.keys.found(JSON.stringify(answer)));
  const { evaluation } = page;
  const models = page.panes.map(({ name, row, model }) => ({ name, provider: row.id, model }));
  try {
    download(
      page,
      { almanac_answers: 1, evaluation, models, answers },
      `${fileName(evaluation)}.answers.json`,
    );
    const left = all.length - answers.length;
    if (left) page.notice += ` ${left} answers are not in it: they repeat a key of yours.`;
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}

/** @param {Evaluation} evaluation */
const fileName = ({ name }) => name.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-") || "evaluation";

/** @param {EvaluatePage} page @param {unknown} content @param {string} name */
function download(page, content, name) {
  const link = document.createElement("a");
  const text = JSON.stringify(content, null, 1);
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  page.notice = `Saved as ${link.download}.`;
}
