// Draws the page with lit-html. Untrusted text is only text here.

import { starting } from "../../playground/connected/starting.js";
import { keys } from "../../playground/views/keys.js";
import { html, render } from "../../playground/vendor/lit-html.js";
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

/** The buttons of a part that can be pressed. @param {Element} part */
const buttonsOf = (part) => [...part.querySelectorAll("button")].filter((one) => !one.disabled);

/**
 * What puts the focus back where its button was taken away, with what it removed or once it has nothing to
 * do: to the one in its place, of the same list where that has one.
 * @param {HTMLElement} root as it is before it is drawn
 */
function staying(root) {
  const { activeElement: focused } = document;
  if (!(focused instanceof HTMLButtonElement) || !root.contains(focused)) return () => {};
  const parts = ["tbody", "#panes", ".step"].flatMap((selector) => focused.closest(selector) ?? []);
  const places = parts.map((part) => buttonsOf(part).indexOf(focused));
  return () => {
    if (focused.isConnected && !focused.disabled) return;
    const at = parts.findIndex((part) => part.isConnected && buttonsOf(part).length);
    if (at < 0) return;
    const buttons = buttonsOf(parts[at]);
    buttons[Math.min(places[at], buttons.length - 1)].focus({ preventScroll: true });
  };
}

/** @param {EvaluatePage} page */
const everything = (page) => html`
  ${recorded(page)} ${cases(page)} ${prompts(page)} ${checks(page)} ${models(page)}
  ${starting(page.boot, page.isDownloading ? () => stop(page) : null)}
  <p id="told" role="status">${page.notice}</p>
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
