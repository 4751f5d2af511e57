// Draws the page with lit-html. Untrusted text is only text here.

import { undoing } from "../../playground/asking/undo.js";
import { staying } from "../../playground/asking/staying.js";
import { starting } from "../../playground/connected/starting.js";
import { keys } from "../../playground/views/keys.js";
import { html, render } from "lit-html";
import { stop } from "../actions/run.js";
import { answer, showAnswer } from "./answer.js";
import { cases } from "./cases.js";
import { checks } from "./checks.js";
import { models } from "./models.js";
import { prompts } from "./prompts.js";
import { recorded } from "./sets.js";
import { results } from "./results.js";

/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function draw(page) {
  const back = staying(page.root);
  render(everything(page), page.root);
  back();
}

/** @param {EvaluatePage} page */
const everything = (page) => html`
  ${recorded(page)} ${cases(page)} ${prompts(page)} ${checks(page)} ${models(page)}
  <div class="state">
    ${starting(page.boot, page.isDownloading ? () => stop(page) : null)}
    <p id="told" role="status">${page.notice}${undoing(page)}</p>
  </div>
  <div id="results"></div>
  ${keys(page)}
`;

/** What changes while results come, in a place of its own. @param {EvaluatePage} page */
export function drawResults(page) {
  const place = page.root.querySelector("#results");
  if (!(place instanceof HTMLElement)) return;
  render(html`${results(page)} ${answer(page)}`, place);
  page.grid.attach();
  showAnswer(page);
}
