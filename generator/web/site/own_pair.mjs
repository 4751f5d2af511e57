// A pair's page was made with the site and knows no results of the reader's: where this tab has some of the
// two models, it leads to Versus, which shows them.

import { carried } from "../playground/connected/observed.js";
import { elements } from "./element.mjs";

/** Show the way to Versus where results of one of the two count. */
export function showOwnResults() {
  for (const hint of elements(document, "[data-pair]", HTMLElement)) {
    const pair = (hint.dataset.pair ?? "").split(" ");
    const given = carried();
    hint.hidden = !given?.used || !given.observed.models.some(({ model }) => pair.includes(model));
  }
}
