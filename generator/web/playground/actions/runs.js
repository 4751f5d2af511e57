// Asking the models: anew, on with their conversations, again; and what comes back while they answer.

import { ask } from "../asking/ask.js";
import { tellsFault } from "../asking/limits.js";
import { asking, ended, outcomeOf } from "../asking/outcome.js";
import { bringToAnswer, focusOn } from "../asking/sight.js";
import { allLacking, asksForBrought, lacking, showLacking, tellLacking } from "../connected/lacking.js";
import { listed, tellNameless } from "../connected/listing.js";
import { loadMarkdown } from "../output.js";
import { askingFor, goesOn, messagesOf, question, sendable, unfilled } from "./chat.js";
import { remember } from "./history.js";
import { begun, current, sentTurns } from "./record.js";

/** @import { Part } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */
/** @import { Run } from "./record.js" */
/** @import { Turn } from "../turn.js" */

const MARKDOWN = 10_000; // milliseconds that a run waits for what draws Markdown

/**
 * Ask every model the prompt anew. While one still answers, nothing is: what is asked costs money, and so
 * does what is stopped.
 * @param {PlaygroundPage} page
 */
export async function runAll(page) {
  if (page.panes.some((pane) => isGoing(page, pane))) {
    page.pass("Still running. To ask anew, press Stop all first.");
    return;
  }
  if (!page.prompt.trim()) {
    page.tell(() => (page.prompt.trim() ? "" : "Write a prompt first."));
    focusOn(page.control("#prompt"));
    return;
  }
  if (asksForVariables(page)) return;
  const anew = () => {
    for (const pane of page.panes) pane.turns = [];
    return begun(page);
  };
  await askSeveral(page, page.panes, anew, (pane, run) =>
    ask(page, pane, run, [question(page, pane, page.prompt)]),
  );
}

/**
 * Ask for the variables that have no value, once: a second Run sends the braces as they stand.
 * @param {PlaygroundPage} page
 */
function asksForVariables(page) {
  const names = unfilled(page);
  const missing = names.map((name) => `{{${name}}}`).join(", ");
  if (!names.length || page.askedFor === missing) {
    page.askedFor = "";
    return false;
  }
  page.askedFor = missing;
  page.tell(() => (page.askedFor && unfilled(page).length ? askingFor(unfilled(page)) : ""));
  const fields = [...page.root.querySelectorAll("input[name=variable]")];
  const empty = fields.find((field) => field instanceof HTMLInputElement && !field.value);
  if (empty instanceof HTMLInputElement) focusOn(empty);
  page.changed();
  return true;
}

/**
 * Go on with the conversation in every model that has one.
 * @param {PlaygroundPage} page
 * @param {string} text
 */
export async function continueAll(page, text) {
  const panes = page.panes.filter(goesOn);
  await askSeveral(page, panes, current, (pane, run) => {
    const before = messagesOf(pane.turns);
    return ask(page, pane, run, [...before, question(page, pane, text, before)]);
  });
}

/**
 * Ask a pane's last question again, perhaps without one part that the provider refused.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 */
export async function retry(page, pane, without = "") {
  if (without) {
    const refused = { ...pane.row.refused, [without]: "the model refused it just now" };
    pane.row = { ...pane.row, refused };
  }
  let unsent = "";
  await askSeveral(page, [pane], current, async (_, run) => {
    const last = pane.turns.pop();
    if (!last) throw new Error("this pane has asked nothing yet");
    last.replaced = true;
    await ask(page, pane, run, [...messagesOf(pane.turns), sendable(last.question)]);
    unsent = putBack(pane, last);
  });
  if (unsent) page.notice = `Not asked again. ${unsent} The answer from before stays.`;
  page.changed();
}

/**
 * Where nothing of the next turn went out, nothing has taken the place of the one before: it stands again.
 * Gives why nothing went out.
 * @param {Pane} pane
 * @param {Turn} before
 */
function putBack(pane, before) {
  const { last } = pane;
  if (!last || last.attempts.length || last.end?.type !== "Refused" || !sentTurns([before]).length) return "";
  before.replaced = false;
  pane.turns = [...pane.turns.slice(0, -1), before];
  return last.end.message ?? "";
}

/**
 * Send what the model's calls of tools gave.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 */
export function sendResults(page, pane) {
  if (!pane.last) throw new Error("this pane has asked nothing yet");
  const { calls, results } = pane.last;
  /** @type {Part[]} */
  const parts = calls.map((call, i) => ({
    type: "tool_result",
    call_id: call.id,
    name: call.name,
    text: results[i] ?? "",
  }));
  return askSeveral(page, [pane], current, (_, run) =>
    ask(page, pane, run, [...messagesOf(pane.turns), { role: "user", parts }]),
  );
}

/** @param {PlaygroundPage} page */
export function stopAll(page) {
  if (page.waiting.size) page.notice = "Stopped before anything was sent.";
  page.waiting.clear();
  for (const pane of page.panes) pane.stop();
  page.changed();
}

/**
 * Ask these panes, but those that are being asked already and those that lack an address or a key.
 * @param {PlaygroundPage} page
 * @param {Pane[]} wanted
 * @param {(page: PlaygroundPage) => Run} runOf the run that this belongs to, once it begins
 * @param {(pane: Pane, run: Run) => Promise<void>} askOne
 */
async function askSeveral(page, wanted, runOf, askOne) {
  if (tellsFault(page, wanted)) return;
  page.removed = null;
  const free = wanted.filter((pane) => !isGoing(page, pane));
  const unready = free.filter((pane) => lacking(pane));
  const panes = free.filter((pane) => !unready.includes(pane));
  if (asksForBrought(page, panes)) return;
  const missing = () => allLacking(unready.filter((pane) => page.panes.includes(pane)));
  if (panes.length) showLacking(page, unready, false);
  else if (unready.length) tellLacking(page, unready);
  const ready = panes.length ? await started(page, panes) : [];
  const nameless = ready.filter(({ model }) => !model.trim());
  if (nameless.length) tellNameless(page, nameless);
  const there = ready.filter((pane) => !nameless.includes(pane));
  if (!there.length) return;
  page.tell(() => asking(there.length, missing()));
  const run = runOf(page);
  const asked = there.map((pane) => askOne(pane, run));
  bringToAnswer(page, there[0]);
  await Promise.all(asked);
  const going = () => page.panes.filter((pane) => isGoing(page, pane));
  // As it is by now: one that was removed since is no part of it, and one that is asked again has not ended.
  page.tell(() => ended(endsOf(page, there), going().length, missing()));
  remember(page, run);
  page.changed();
}

/**
 * How what these panes were asked last has ended, of those that are there and have ended.
 * @param {PlaygroundPage} page @param {Pane[]} panes
 */
const endsOf = (page, panes) =>
  panes.flatMap((pane) => (page.panes.includes(pane) && pane.last && outcomeOf(pane.last)) || []);

/**
 * Whether a pane is being asked, or waits for Python to be; one that is being stopped is not.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 */
export const isGoing = (page, pane) => page.waiting.has(pane) || (pane.running && !pane.isStopping);

/**
 * Start Python and load what draws Markdown; gives those of the panes that are still there and wanted then.
 * @param {PlaygroundPage} page
 * @param {Pane[]} panes that are to be asked
 */
async function started(page, panes) {
  page.reach();
  const run = Symbol("run");
  for (const pane of panes) page.waiting.set(pane, run);
  page.notice = "";
  let isThere = true;
  try {
    const tools = loadTools(page);
    await page.start();
    await listed(page);
    await tools;
    await page.start(); // another Python may have taken its place meanwhile
  } catch {
    isThere = false; // page.start has told why
  }
  const wanted = panes.filter((pane) => page.waiting.get(pane) === run);
  for (const pane of wanted) page.waiting.delete(pane);
  page.changed();
  return isThere ? wanted.filter((pane) => page.panes.includes(pane)) : [];
}

/** Load what draws Markdown; plain text will do where it does not come. @param {PlaygroundPage} page */
export async function loadTools(page) {
  page.tools ??= await Promise.race([
    loadMarkdown(page.vendor).catch(() => null),
    new Promise((done) => {
      setTimeout(done, MARKDOWN, null);
    }),
  ]);
}
