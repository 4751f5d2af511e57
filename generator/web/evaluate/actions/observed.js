// Results as evidence for Choose: Python makes them of the run, the reader hands them over with one click.

import { carried, carry } from "../../playground/connected/observed.js";
import { refusal } from "../../playground/keys/guard.js";
import { reason } from "../../playground/reason.js";
import { contestantsOf, measured } from "../contestants.js";
import { rest } from "../rest.js";
import { day } from "../text.js";

/** @import { Answers, Questions, SummedUp } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @import { Results } from "../results.js" */

/** From so many answers on this may take longer than Python may be silent. */
const MANY = 20_000;

/**
 * Have the results made into what Choose reads, so that it is there when the reader asks for it.
 * @param {EvaluatePage} page @param {Results} results
 * @param {SummedUp[]} summed what became of each contestant's answers
 * @param {number[]} cases those that are checked
 */
export async function observe(page, results, summed, cases) {
  const asked = await Promise.all(results.names.map((_, place) => identity(page, results, place)));
  const several = results.evaluation.prompts.length > 1;
  /** @type {Questions["observed"]["models"]} */
  const models = [];
  for (const [place, one] of contestantsOf(results).entries()) {
    models.push({
      ...asked[one.model],
      prompt: several ? results.evaluation.prompts[one.prompt].name : "",
      scores: summed[place].scores,
      costs: summed[place].costs,
      ...measured(results, one, cases),
    });
    await rest();
  }
  /** @type {Questions["observed"]} */
  const question = {
    room: "evaluate",
    kind: "observed",
    evaluation: results.evaluation,
    day: results.made.day || day(),
    catalog: results.made.catalog,
    with_texts: true,
    models,
  };
  const answer = await page.runtime.ask(question, { patient: results.done >= MANY });
  if (page.results === results) page.observed = /** @type {Answers["observed"]} */ (answer);
}

/**
 * Which model that was: as it was called, and by its id in the catalog where its row has it.
 * @param {EvaluatePage} page @param {Results} results @param {number} place
 */
async function identity(page, { evaluation: { models }, names }, place) {
  const name = names[place];
  // A file of another origin may name other models than it has results of.
  const named = models.length === names.length ? models[place] : null;
  const row = page.rows.get(named?.provider ?? "");
  const known = row && (await page.modelsOf(row)).find(({ id }) => id === named?.model);
  return {
    name,
    model: known?.model ?? "",
    called: named?.model ?? "",
    row: row?.id ?? "",
    where: row?.name ?? "",
    parameters: named?.parameters ?? {},
  };
}

/** Open Choose with the results. @param {EvaluatePage} page */
export function useInChoose(page) {
  const { observed: made } = page;
  if (!made) return;
  const { texts, ...figures } = made;
  const observed = page.withTexts ? { ...figures, texts } : figures;
  page.notice = refusal(page, "What Choose is given", observed, { shapes: page.withTexts });
  if (!page.notice) {
    try {
      carry({ observed, floor: carried()?.floor ?? "", used: true });
      const choose = new URL("../choose/", document.baseURI).href;
      // Only what is stored on this device outlasts a page that is left.
      if (page.store.on) location.assign(choose);
      else if (!open(choose, "_blank"))
        page.notice = "The browser opened no tab. Open Choose in this tab once the results are saved.";
    } catch (error) {
      page.notice = `This browser does not let the page hand the results over (${reason(error)}).`;
    }
  }
  page.changed();
}
