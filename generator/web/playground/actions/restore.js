// A run that was recorded, back in the page: from a file or from the history. Python reads and checks it.

import { setAside } from "../asking/aside.js";
import { bringToAnswer } from "../asking/sight.js";
import { placesIn } from "../connected/address.js";
import { broughtTo, hasAddress, RECORD, shareAddress, wanting } from "../connected/lacking.js";
import { Pane } from "../pane.js";
import { reason } from "../reason.js";
import { Turn } from "../turn.js";
import { sharedOptions } from "./options.js";
import { askPython } from "./python.js";
import { textOf } from "./chat.js";
import { takeIn } from "./history.js";
import { begun, MOST } from "./record.js";
import { loadTools, stopAll } from "./runs.js";
import { measure } from "./standings.js";

/** @import { OldRecord, Question, RecordedMessage } from "../../types/playground.js" */
/** @import { RecordedTurn, RunRecord } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

const MEGA = 1024 * 1024;

/**
 * Fill the page from an exported file; of several runs the newest is shown, the others are in the history.
 * @param {PlaygroundPage} page
 * @param {File} file
 */
export async function importFrom(page, file) {
  const most = page.data.most_bytes;
  if (file.size > most) {
    const size = Math.ceil(file.size / MEGA);
    page.notice = `${file.name} has ${size} MiB; a run that is imported has at most ${most / MEGA} MiB.`;
    page.changed();
    return;
  }
  let text;
  try {
    text = await file.text();
  } catch (error) {
    page.notice = `${file.name} could not be read (${reason(error)}). Choose it again.`;
    page.changed();
    return;
  }
  await loadTools(page);
  await askPython(page, { kind: "import", text }, ([first, ...others]) => {
    takeIn(page, others);
    const there = others.length ? " The other runs of the file are in the history." : "";
    restore(page, first, {
      from: "file",
      also: () => {
        const { length } = page.incoming;
        return length ? ` ${waiting(length, page.history.length)}` : there;
      },
    });
  });
}

/** @param {number} runs of the file @param {number} held by the history */
const waiting = (runs, held) =>
  `The history holds ${MOST} runs at most, has ${held}, and the file has ${runs} more: say below History ` +
  "which stay.";

/**
 * Fill the page from a run of the history.
 * @param {PlaygroundPage} page
 * @param {RunRecord | OldRecord} record
 */
export async function open(page, record) {
  const text = JSON.stringify({ almanac_run: 1, ...record });
  await loadTools(page);
  await askPython(page, { kind: "import", text }, ([run]) => restore(page, run));
}

/**
 * Fill the page from a record; nothing is sent.
 * @param {PlaygroundPage} page
 * @param {RunRecord} record
 * @param {{ from?: "" | "file", also?: () => string }} [how] whether somebody else may have made it, and what
 * else is to be said
 */
function restore(page, record, { from = "", also = () => "" } = {}) {
  stopAll(page);
  setAside(page);
  const views = page.panes.map(({ view }) => view);
  const mine = page.panes.find((pane) => pane.row.own && hasAddress(pane));
  const run = begun(page);
  const shown = record.panes.filter((pane) => !pane.removed).slice(0, 6);
  const panes = record.panes.map(({ turns, removed }, place) => {
    const { row = "", model = "" } = turns.at(-1) ?? {};
    const pane = new Pane(page, page.rows.get(row) ?? page.data.rows[0], model);
    pane.view = views[place] ?? views[0] ?? pane.view;
    const sent = turns.findLast((turn) => turn.row === pane.row.id && turn.request)?.request;
    const places = sent && pane.row.places.length ? placesIn(pane.row, sent.url) : {};
    if (Object.keys(places).length) Object.assign(pane, { places, brought: from });
    else if (pane.row.own && pane.row === mine?.row) pane.places = mine.places;
    else pane.shared = RECORD;
    const restored = turns.map((turn) => restoredTurn(page, pane, turn, record.images));
    run.turns.push(...restored);
    pane.turns = removed ? [] : restored.filter((turn) => !turn.replaced);
    return pane;
  });
  page.panes = panes.filter((_, n) => shown.includes(record.panes[n]));
  const last = page.panes.flatMap((pane) => pane.last ?? []);
  const { common, own } = sharedOptions(page, last);
  page.options = common;
  page.panes.forEach((pane, n) => (pane.options = own[n] ?? {}));
  const first = page.panes.find((pane) => pane.turns.length)?.turns[0];
  page.system = first?.system ?? "";
  page.prompt = first ? textOf(first.question) : "";
  page.images = (first?.question.parts ?? []).flatMap((part, n) =>
    part.type === "image" && part.data !== undefined ? [{ ...part, name: `image ${n + 1}` }] : [],
  );
  page.then = [];
  if (!page.panes.length) page.add();
  shareAddress(page);
  const wants = wanting(page, RECORD);
  page.tell(() => `The run is back. Nothing has been sent.${broughtTo(page)}${wants()}${also()}`);
  const [answered] = page.panes.filter((pane) => pane.last);
  if (answered) bringToAnswer(page, answered);
  measure(page);
  page.changed();
}

/**
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {RecordedTurn} recorded
 * @param {RunRecord["images"]} images
 */
function restoredTurn(page, pane, recorded, images) {
  const { reply, end, question, ...rest } = recorded;
  const turn = new Turn(page.tools, pane, withImages(question, images));
  const text = textOf(reply);
  const calls = reply.parts.filter((part) => part.type === "tool_call");
  Object.assign(turn, { ...rest, text, calls, end, message: reply, restored: true });
  if (end.type === "Running") turn.end = { type: "Restored", message: "Recorded before it ended." };
  turn.finish();
  return turn;
}

/** @param {RecordedMessage} message @param {RunRecord["images"]} images @returns {Question} */
const withImages = ({ role, parts }, images) => ({
  role,
  parts: parts.map((part) =>
    part.type === "image" && images[part.sha256] ? { ...part, ...images[part.sha256] } : part,
  ),
});
