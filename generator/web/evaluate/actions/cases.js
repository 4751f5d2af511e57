// Cases from a file or from what is pasted, which Python reads whatever their form; and typed ones.

import { FILE, LINK } from "../../playground/connected/lacking.js";
import { reason } from "../../playground/reason.js";
import { leadTo } from "../asking/gaps.js";
import { count } from "../text.js";
import { useModels } from "./models.js";
import { isResultsFile, openResults } from "./results_file.js";
import { keyIn } from "./scan.js";

/** @import { Answers } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** What a link is called where cases are read from it. */
export const NAME = "the link";
const MEGA = 1024 * 1024;

/**
 * @param {EvaluatePage} page
 * @param {File} file
 */
export async function readFile(page, file) {
  const start = await file
    .slice(0, 100)
    .text()
    .catch(() => "");
  if (isResultsFile(start)) {
    await openResults(page, file);
    return;
  }
  const most = page.data.most_bytes;
  if (file.size > most) {
    const size = Math.ceil(file.size / MEGA);
    page.notice = `${file.name} has ${size} MiB; a file of cases has at most ${most / MEGA} MiB.`;
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
 * Take the cases of a text, and its prompts, checks and models where it has some.
 * @param {EvaluatePage} page
 * @param {string} name
 * @param {string} text
 */
export async function readText(page, name, text) {
  page.notice = "Reading the cases.";
  page.changed();
  try {
    await page.start();
    const question = { room: "evaluate", kind: "cases", name, text };
    const read = /** @type {Answers["cases"]} */ (await page.runtime.ask(question, { patient: true }));
    const { prompts, checks, repeats, needed } = page.evaluation;
    page.evaluation = {
      ...read,
      prompts: read.prompts.length ? read.prompts : prompts,
      checks: read.checks.length || read.prompts.length ? read.checks : checks,
      repeats: read.repeats > 1 ? read.repeats : repeats,
      needed: read.checks.length || read.prompts.length ? read.needed : needed,
    };
    // Whoever allowed code allowed that of the checks before.
    if (read.checks.length || read.cases.some((one) => one.checks?.length)) page.allowsCode = false;
    const from = name ? ` from ${name}` : "";
    const cases = `${count(read.cases.length)} ${read.cases.length === 1 ? "case" : "cases"} read${from}.`;
    const models = useModels(page, read, name === NAME ? LINK : FILE);
    const key = await keyIn(page, read);
    page.tell(() => `${cases}${models()}${key}`);
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}

/** One more case to type in. @param {EvaluatePage} page */
export function addCase(page) {
  const { cases } = page.evaluation;
  const names = cases.length ? Object.keys(cases[0].variables) : ["question", "expected"];
  const variables = Object.fromEntries(names.map((name) => [name, ""]));
  // One that was taken away leaves its number free, and no two have one.
  const numbers = cases.map(({ name }) => Number(name)).filter(Number.isSafeInteger);
  cases.push({ name: String(Math.max(cases.length, ...numbers) + 1), variables });
  page.edited();
  page.draw(); // at once: who types on types into it
  leadTo(page, `case ${cases.length}`, { later: true });
}

/** One more variable for every case. @param {EvaluatePage} page @param {string[]} columns */
export function addColumn(page, columns) {
  let number = columns.length + 1;
  while (columns.includes(`column_${number}`)) number += 1;
  for (const { variables } of page.evaluation.cases) variables[`column_${number}`] = "";
  page.edited();
}

/**
 * Call a variable something else in every case; gives what it is called then.
 * @param {EvaluatePage} page @param {string[]} columns @param {string} before @param {string} after
 */
export function renameColumn(page, columns, before, after) {
  const name = after.trim();
  const isFree = Boolean(name) && !columns.includes(name);
  if (!isFree) {
    if (name !== before) page.notice = name ? `There is a column ${name} already.` : "A column has a name.";
  } else {
    for (const one of page.evaluation.cases) {
      const entries = Object.entries(one.variables).map(([key, value]) => [
        key === before ? name : key,
        value,
      ]);
      one.variables = Object.fromEntries(entries);
    }
  }
  page.edited();
  return isFree ? name : before;
}
