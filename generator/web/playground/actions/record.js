// A run as a record: for the history, and to export. It holds what was sent and what came, turn by turn, and
// nothing that only stands in the form.

import { download } from "../download.js";
import { refusal } from "../keys/guard.js";
import { askPython } from "./python.js";

/** @import { ExportForm, RecordedMessage, RecordedTurn, RunRecord } from "../../types/playground.js" */
/** @import { ChatMessage, Question } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Turn } from "../turn.js" */

/**
 * What one press of Run began, and all that was asked after it: turns in their order, its record in the
 * history, and the record that it had when it was last exported.
 * @typedef {{ turns: Turn[], record: RunRecord | null, exported: RunRecord | null }} Run
 */

const FORMS = {
  json: ["json", "application/json"],
  history: ["json", "application/json"],
  markdown: ["md", "text/markdown"],
  csv: ["csv", "text/csv"],
};
/** Runs that the page and its history hold. */
export const MOST = 20;

/** @param {PlaygroundPage} page @returns {Run} */
export function begun(page) {
  /** @type {Run} */
  const run = { turns: [], record: null, exported: null };
  page.runs = [...page.runs, run].slice(-MOST);
  return run;
}

/** @param {PlaygroundPage} page */
export const current = (page) => page.runs.at(-1) ?? begun(page);

/** The turns whose question went out. @param {Turn[]} turns */
export const sentTurns = (turns) => turns.filter((turn) => turn.attempts.length || turn.restored);

/**
 * A run's record; null where nothing of it was sent.
 * @param {PlaygroundPage} page
 * @param {Run} run
 * @returns {RunRecord | null}
 */
export function recordOf(page, run) {
  const turns = sentTurns(run.turns);
  if (!turns.length) return null;
  /** @type {RunRecord["images"]} */
  const images = {};
  const panes = [...new Set(turns.map((turn) => turn.pane))].map((id) => {
    const there = page.panes.some((pane) => pane.id === id);
    const own = turns.filter((turn) => turn.pane === id).map((turn) => recordedTurn(turn, images));
    return there ? { turns: own } : { turns: own, removed: true };
  });
  return { almanac_run: 2, made: new Date().toISOString(), catalog: page.data.catalog, panes, images };
}

/** @param {Turn} turn @param {RunRecord["images"]} images @returns {RecordedTurn} */
function recordedTurn(turn, images) {
  const { row, provider, model, system, parameters, request, attempts, response, reasoning } = turn;
  /** @type {RecordedTurn} */
  const recorded = {
    ...{ row, provider, model, system, parameters, request, attempts, response, reasoning },
    question: named(turn.question, images),
    reply: replyOf(turn),
    end: turn.end ?? { type: "Running" },
    ended: turn.ended,
    metrics: turn.metrics ?? {},
  };
  if (turn.replaced) recorded.replaced = true;
  return recorded;
}

/**
 * What came, also where nobody has put it together: its worker is gone.
 * @param {Turn} turn
 * @returns {ChatMessage}
 */
const replyOf = ({ message, text }) =>
  message ?? { role: "assistant", parts: text ? [{ type: "text", text }] : [] };

/**
 * The message with its images by their hash; the images themselves go where that is collected.
 * @param {Question} message
 * @param {RunRecord["images"]} images
 * @returns {RecordedMessage}
 */
function named({ role, parts }, images) {
  return {
    role,
    parts: parts.map((part) => {
      if (part.type !== "image") return part;
      const { type, media_type, sha256 } = part;
      if (part.data !== undefined) images[sha256] = { media_type, data: part.data };
      return { type, media_type, sha256 };
    }),
  };
}

/**
 * Download the page's last run as json, markdown or csv.
 * @param {PlaygroundPage} page
 * @param {ExportForm} form
 */
export async function exportAs(page, form) {
  const record = recordOf(page, current(page));
  if (record) await exported(page, form, record);
  else {
    page.notice = "Nothing has been sent yet, so there is nothing to export. Run a prompt first.";
    page.changed();
  }
}

/** Download all runs of the history in one file. @param {PlaygroundPage} page */
export async function exportHistory(page) {
  const runs = page.history.map((run) => (run.almanac_run ? run : { ...run, almanac_run: 1 }));
  await exported(page, "history", { runs });
}

/**
 * Which servers of the reader's own an export names, for whoever gives it to others; empty where none.
 * @param {PlaygroundPage} page @param {RunRecord | { runs: unknown[] }} record @param {string} text
 */
function namedIn(page, record, text) {
  const runs = /** @type {Partial<RunRecord>[]} */ ("runs" in record ? record.runs : [record]);
  const turns = runs.flatMap(({ panes = [] }) => panes.flatMap((pane) => pane.turns ?? []));
  const asked = turns.filter(({ row, request }) => request && page.rows.get(row)?.own);
  const origins = new Set(asked.map(({ request }) => new URL(request?.url ?? "").origin));
  const names = [...origins].filter((origin) => text.includes(origin)).join(" and ");
  return names && ` It names your own server, ${names}: take that out before you give it to others.`;
}

/**
 * @param {PlaygroundPage} page
 * @param {ExportForm | "history"} form
 * @param {RunRecord | { runs: unknown[] }} record
 */
async function exported(page, form, record) {
  const [extension, type] = FORMS[form];
  await askPython(page, { kind: "export", form, record }, (text) => {
    // Python has looked for the shapes of keys, where they are no chance.
    const refused = refusal(page, "The export", text, { shapes: false });
    if (refused) {
      page.notice = refused;
      return;
    }
    const name = `run-${new Date().toISOString().slice(0, 19).replace(/\D/g, "")}.${extension}`;
    download(text, type, name);
    for (const run of page.runs) run.exported = run.record;
    page.pass(`Exported ${name}.${namedIn(page, record, text)}`);
  });
}
