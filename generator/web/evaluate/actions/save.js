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
    const link = document.createElement("a");
    const text = JSON.stringify(evaluation, null, 1);
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const name = evaluation.name.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-") || "evaluation";
    link.download = `${name}.evaluation.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    page.notice = `Saved as ${link.download}.`;
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}
