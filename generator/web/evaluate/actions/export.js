// Results in the forms of other programs. Python writes them; what a form cannot hold is listed in the page.

import { refusal } from "../../playground/keys/guard.js";
import { reason } from "../../playground/reason.js";
import { count } from "../text.js";
import { fileOf, saveResults, withKeys } from "./results_file.js";
import { handFile, namedModels } from "./save.js";

/** @import { Answers, Form, Questions } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Save the results in the chosen form. @param {EvaluatePage} page */
export async function saveAs(page) {
  const { form } = page;
  page.notSaved = [];
  if (form === "json") await saveResults(page);
  else await exported(page, form);
}

/** @param {EvaluatePage} page @param {Form} to */
async function exported(page, to) {
  const { results } = page;
  if (!results) return;
  page.notice = "The file is being written …";
  page.changed();
  try {
    const { file, left } = await fileOf(page, results);
    const models = [...namedModels(page), ...file.evaluation.models];
    const asked = { ...file, evaluation: { ...file.evaluation, models } };
    /** @type {Questions["export"]} */
    const question = { room: "evaluate", kind: "export", to, results: asked };
    const made = /** @type {Answers["export"]} */ (await page.runtime.ask(question, { patient: true }));
    page.notice =
      made.files.map(({ text }) => refusal(page, "The file", text, { shapes: false })).find(Boolean) ?? "";
    if (!page.notice) {
      const names = made.files.map(({ ending, text }) => handFile(text, file.evaluation.name, ending));
      page.notSaved = made.left_out;
      page.saved = results;
      page.notice = saved(names) + withKeys(left) + differing(made.left_out.length);
    }
  } catch (error) {
    page.notice = `The file could not be written (${reason(error)}).`;
  }
  page.changed();
}

/** @param {string[]} names */
const saved = (names) =>
  names.length === 1
    ? `Saved as ${names[0]}.`
    : `Saved as ${count(names.length)} files: ${names.join(", ")}.`;

/** @param {number} parts */
const differing = (parts) =>
  parts ? ` ${parts === 1 ? "One part is" : `${count(parts)} parts are`} not the same there; see below.` : "";
