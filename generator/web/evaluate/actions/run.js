// Running the evaluation: Python asks in its worker what has no answer yet, and judges what comes.

import { withParameters } from "../../playground/actions/chat.js";
import { tellsFault } from "../../playground/asking/limits.js";
import { CANCELLED } from "../../playground/asking/outcome.js";
import { bringAfterWait } from "../../playground/asking/sight.js";
import { focusField, lacking, tellLacking } from "../../playground/connected/lacking.js";
import { cards, listed, tellNameless } from "../../playground/connected/listing.js";
import { Refused } from "../../playground/python/runtime.js";
import { reason } from "../../playground/reason.js";
import { contestantsOf, spent } from "../contestants.js";
import { alone } from "../asking/alone.js";
import { pointTo, tellsGap } from "../asking/gaps.js";
import { Earlier, isOther } from "../earlier.js";
import { Results } from "../results.js";
import { count, day, many } from "../text.js";
import { keepRun } from "./keep.js";
import { askedModels, namedModels } from "./save.js";
import { sumUp } from "./summary.js";

/** @import { Asked, CellResult, EvaluationRequest, Forecast, SeenBefore } from "../../types/evaluate.js" */
/** @import { RunMessage } from "../../types/playground.js" */
/** @import { Pane } from "../../playground/pane.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @typedef {{ only?: string[], anew?: boolean }} Which cells are asked: only some, or all once more */

/** So many answers of a model say what the next ones cost and take. */
const SEEN = 500;

/**
 * Ask what has no answer yet.
 * @param {EvaluatePage} page
 * @param {Which} [which]
 */
export async function runAll(page, which = {}) {
  if (page.busy) return; // Run stays a stop of Tab while it has nothing to do
  if (tellsGap(page)) return;
  const unready = page.panes.filter((pane) => lacking(pane));
  if (unready.length) {
    tellLacking(page, unready);
    return;
  }
  if (tellsFault(page, page.panes)) return;
  page.removed = null;
  const start = (page.waiting = Symbol("start"));
  const isWanted = () => page.waiting === start;
  page.notice = "";
  page.reach();
  try {
    await page.start();
    await listed(page);
    await page.start(); // another Python may have taken its place meanwhile
    const nameless = page.panes.filter(({ model }) => !model.trim());
    if (isWanted() && nameless.length) tellNameless(page, nameless);
    else if (isWanted()) await begin(page, which, isWanted);
  } catch (error) {
    if (isWanted()) page.notice = reason(error);
  } finally {
    if (isWanted()) page.waiting = null;
    page.changed();
  }
}

/** Ask only what was asked and failed. @param {EvaluatePage} page */
export function retryFailed(page) {
  const only = [...page.answers.values()].filter(({ failure }) => failure).map(({ hash }) => hash);
  return runAll(page, { only });
}

/** What is asked of whom, and what it may cost. @param {EvaluatePage} page @returns {Asked} */
export function askedOf(page) {
  return {
    evaluation: structuredClone(page.evaluation),
    models: page.panes.map((pane) => ({
      ...pane.keyed(withParameters(page, pane, [])),
      most_output: pane.known.max_output_tokens,
    })),
    budget: page.budget,
    unpriced: page.unpriced,
  };
}

/**
 * @param {EvaluatePage} page
 * @param {Which} which
 * @param {() => boolean} isWanted whether nobody has stopped it since
 */
async function begin(page, { only, anew }, isWanted) {
  const asked = askedOf(page);
  const release = await alone(page, asked);
  if (!release) return;
  try {
    await keepRun(page, { anew });
    if (!isWanted()) {
      release();
      return;
    }
    if (anew) page.answers.clear();
    const answered = [...page.answers.values()].filter(({ failure }) => !failure);
    /** @type {EvaluationRequest} */
    const request = {
      kind: "evaluation",
      ...asked,
      skip: Object.fromEntries(answered.map(({ hash, checked }) => [hash, checked])),
      only: only ?? null,
      allow_code: page.allowsCode,
    };
    const evaluation = { ...asked.evaluation, models: namedModels(page) };
    const made = { day: day(), catalog: page.data.catalog };
    const results = new Results(evaluation, namesOf(page.panes), made);
    results.askedOf = askedModels(page);
    results.panes = [...page.panes];
    page.open = null;
    const run = page.runtime.steered(request, (message) => {
      if (page.run === run) receive(page, results, message);
      if (message.kind === "evaluated" || message.kind === "refused" || message.kind === "lost") release();
    });
    page.run = run;
    page.notice = "Asking.";
  } catch (error) {
    release();
    throw error;
  }
}

/** Let what runs end and start nothing, or go on. @param {EvaluatePage} page */
export function pause(page) {
  const { run, results } = page;
  if (!run || !results?.progress) return;
  const paused = !results.progress.paused;
  results.progress.paused = paused;
  run.steer({ paused });
  page.notice = paused ? "Paused: what was asked comes to its end, and nothing more is asked." : "Asking.";
  page.changed();
}

/** What all cells would cost and take. @param {EvaluatePage} page */
export async function forecast(page) {
  if (tellsGap(page)) return;
  page.notice = "Estimating.";
  page.changed();
  try {
    const question = { room: "evaluate", kind: "forecast", ...askedOf(page), seen: seenBefore(page) };
    page.forecast = /** @type {Forecast} */ (await page.runtime.ask(question));
    page.notice = "";
  } catch (error) {
    const field = error instanceof Refused ? error.field : "";
    page.notice = field ? `No estimate: ${reason(error)}.` : reason(error);
    if (field) pointTo(page, field, reason(error));
  }
  page.changed();
}

/** What answers of the same models cost and took in the last run. @param {EvaluatePage} page */
function seenBefore({ panes, results }) {
  const contestants = results ? contestantsOf(results) : [];
  return namesOf(panes).map((name) => {
    /** @type {SeenBefore} */
    const seen = { costs: [], seconds: [] };
    for (const one of contestants) {
      if (!results || results.names[one.model] !== name) continue;
      const cases = results.evaluation.cases.slice(0, SEEN).keys();
      const { costs, seconds } = spent(results, one, [...cases]);
      seen.costs.push(...costs);
      seen.seconds.push(...seconds);
    }
    return { costs: seen.costs.slice(0, SEEN), seconds: seen.seconds.slice(0, SEEN) };
  });
}

/**
 * What the models are called in the results: by their ids, with the provider where two share one.
 * @param {Pane[]} panes
 */
export function namesOf(panes) {
  /** @param {string[]} names */
  const twice = (names) => names.filter((name, n) => names.indexOf(name) !== n);
  const models = panes.map(({ model }) => model);
  const shared = twice(models);
  const names = panes.map((pane) =>
    shared.includes(pane.model) ? `${pane.model}, ${pane.row.name}` : pane.model,
  );
  const again = twice(names);
  return names.map((name, n) => (again.includes(name) ? `${name} (${n + 1})` : name));
}

/**
 * @param {EvaluatePage} page
 * @param {Results} results
 * @param {RunMessage} message
 */
function receive(page, results, message) {
  if (message.kind === "placed") place(page, results, message.cells);
  else if (message.kind === "judged") {
    const { cell } = message;
    const before = page.answers.get(cell.hash);
    if (before) page.answer(results, { ...before, ...cell });
  } else if (message.kind === "planned") {
    results.cells += message.cells;
    const before = page.results;
    if (before?.done && isOther(before, results.placed)) page.earlier = new Earlier(before);
    Object.assign(page, { results, summary: null, observed: null });
    page.changed();
  } else if (message.kind === "cell") {
    results.received += 1;
    if (message.cell.cost !== null) results.paidFor += 1;
    page.answer(results, message.cell);
  } else if (message.kind === "progress") {
    results.progress = message;
    page.progressed();
  } else if (message.kind === "evaluated" || message.kind === "refused" || message.kind === "lost") {
    page.run = null;
    page.closed.close();
    results.over = true;
    page.store.flush();
    page.notice = page.isCancelled && !results.received ? CANCELLED : ended(results, message);
    page.isCancelled = false;
    showStopped(page, results);
    page.changed();
    if (message.kind === "evaluated" && !message.stopped && results.done) bringToResults(page, results);
    if (message.kind === "refused" && message.field) pointTo(page, message.field, message.message);
    if (results.done) void sumUp(page, results);
  }
}

/**
 * Put the answers of before where they belong now; those that other checks looked at are judged anew.
 * @param {EvaluatePage} page
 * @param {Results} results
 * @param {Extract<RunMessage, { kind: "placed" }>["cells"]} cells
 */
function place(page, results, cells) {
  /** @type {CellResult[]} */
  const judge = [];
  results.cells += cells.length;
  for (const [at, prompt, model, repeat, hash, isCurrent] of cells) {
    const before = page.answers.get(hash);
    if (!before) continue;
    results.placed.add(hash);
    const placed = { ...before, case: at, prompt, model, repeat };
    if (isCurrent) results.add(placed);
    else judge.push(placed);
  }
  if (judge.length) page.run?.steer({ judge });
}

/**
 * Say what to do about models that were stopped, at the field that this is about, and lead to the first.
 * @param {EvaluatePage} page @param {Results} results
 */
function showStopped(page, results) {
  /** @type {Map<string, Pane[]>} */
  const told = new Map();
  for (const { model, field = "", advice: [advice] = [] } of results.progress?.stopped ?? []) {
    const pane = results.panes[model];
    if (!advice || !page.panes.includes(pane)) continue;
    const text = `${advice.cause}. ${advice.fix}`;
    told.set(text, [...(told.get(text) ?? []), pane]);
    if (field) Object.assign(pane, { fault: { ...advice, field, model: pane.model }, settings: true });
  }
  for (const [text, panes] of told) page.notice += ` ${cards(page, panes)}: ${text}`;
  if (told.size && page.isWaitedFor) focusField(page, "#panes .wanting");
}

/**
 * Show what came of the run to who waited for it; not where something is to be filled in first.
 * @param {EvaluatePage} page @param {Results} results
 */
function bringToResults({ root, isWaitedFor }, { progress }) {
  if (!isWaitedFor || progress?.stopped.length) return;
  bringAfterWait(() => root.querySelector("#results-title"), root.querySelector("#run"));
}

/**
 * @param {Results} results
 * @param {RunMessage} message
 */
function ended(results, message) {
  if (message.kind === "refused" && message.field) return `Nothing was sent: ${message.message}.`;
  if (message.kind === "refused" || message.kind === "lost") return message.message;
  const stopped = message.kind === "evaluated" && message.stopped;
  const missing = results.models.reduce((sum, model) => sum + model.missing, 0);
  if (!stopped && missing && missing === results.done)
    return `None of ${many(results.cells, "request")} has an answer.`;
  const without = missing ? ` ${count(missing)} of them without an answer.` : "";
  const done = `${count(results.done)} of ${count(results.cells)} requests`;
  const isWhole = results.done === results.cells || stopped;
  if (isWhole && !stopped && results.done && !results.received)
    return `Checked ${many(results.done, "answer")} from before. Nothing was sent.`;
  return `${stopped ? "Stopped" : isWhole ? "Finished" : "Ended early"}: ${done}.${without}`;
}

/** @param {EvaluatePage} page */
export function stop(page) {
  if (page.waiting) page.notice = "Stopped before anything was sent.";
  if (page.isDownloading) page.isCancelled = true;
  page.waiting = null;
  page.run?.stop();
  page.closed.close();
  page.changed();
}
