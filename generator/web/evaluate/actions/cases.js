// Cases from a file or from what is pasted: Python reads them, whatever their form.

import { reason } from "../../playground/reason.js";

/** @import { Answers } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

const MEGA = 1024 * 1024;
const LARGEST = 16 * MEGA; // as playground/json_text.py reads

/**
 * @param {EvaluatePage} page
 * @param {File} file
 */
export async function readFile(page, file) {
  if (file.size > LARGEST) {
    const size = Math.ceil(file.size / MEGA);
    page.notice = `${file.name} has ${size} MiB; a file of cases has at most ${LARGEST / MEGA} MiB.`;
    page.changed();
    return;
  }
  try {
    await readText(page, file.name, await file.text());
  } catch (error) {
    page.notice = `${file.name} could not be read (${reason(error)}). Choose it again.`;
    page.changed();
  }
}

/**
 * Take the cases of a text, and the prompts and checks where it has some.
 * @param {EvaluatePage} page
 * @param {string} name
 * @param {string} text
 */
export async function readText(page, name, text) {
  try {
    await page.start();
    const read = /** @type {Answers["cases"]} */ (
      await page.runtime.ask({ room: "evaluate", kind: "cases", name, text })
    );
    const { prompts, checks, repeats } = page.evaluation;
    page.evaluation = {
      ...read,
      prompts: read.prompts.length ? read.prompts : prompts,
      checks: read.checks.length || read.prompts.length ? read.checks : checks,
      repeats: read.repeats > 1 ? read.repeats : repeats,
    };
    const count = read.cases.length;
    page.notice = `${count} ${count === 1 ? "case" : "cases"} read${name ? ` from ${name}` : ""}.`;
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}
