// Draws the page with lit-html. Untrusted text is only text here.

import { starting } from "../../playground/connected/starting.js";
import { keys } from "../../playground/views/keys.js";
import { html, render } from "../../playground/vendor/lit-html.js";
import { answer } from "./answer.js";
import { asked } from "./asked.js";
import { cases } from "./cases.js";
import { models } from "./models.js";
import { results } from "./results.js";

/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function draw(page) {
  render(everything(page), page.root);
}

/** @param {EvaluatePage} page */
const everything = (page) => html`
  ${cases(page)} ${asked(page)} ${models(page)} ${starting(page.boot)}
  <p id="told" role="status">${page.notice}</p>
  ${results(page)} ${keys(page)} ${answer(page)}
`;
