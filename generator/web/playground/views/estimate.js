// What a run of the form may cost. Python reckons it, once it is there; until then nothing is shown,
// and never what an earlier form would have cost.

import { chatOf, question } from "../actions/chat.js";

/** @import { ModelRequest } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

/** The sentence for the form as it stands; asks Python for it where need be. @param {PlaygroundPage} page */
export function estimate(page) {
  if (!page.runtime.ready || !page.prompt.trim() || page.busy) return "";
  const panes = requests(page);
  if (!panes.length) return "";
  const of = JSON.stringify(panes);
  if (page.estimate.of !== of) {
    page.estimate = { of, text: "" };
    page.runtime.ask({ kind: "estimate", panes }).then(
      (text) => {
        if (page.estimate.of !== of) return;
        page.estimate.text = String(text);
        page.changed();
      },
      () => {}, // what can't be sent is told by Run
    );
  }
  return page.estimate.text;
}

/** What Run would send, without keys. @param {PlaygroundPage} page @returns {ModelRequest[]} */
function requests(page) {
  const asked = page.panes.filter(({ model }) => model);
  try {
    return asked.map((pane) => pane.request(chatOf(page, pane, [question(page, pane, page.prompt)])));
  } catch {
    return []; // a parameter is no JSON yet
  }
}
