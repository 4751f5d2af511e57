// A run that was recorded, back in the page: from a file or from the history.

import { Pane } from "../pane.js";
import { reason } from "../reason.js";
import { Turn } from "../turn.js";
import { askPython } from "./python.js";
import { stopAll } from "./runs.js";

/** @import { Chat, ChatMessage, Options, RecordedPane, RunRecord } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

const MEGA = 1024 * 1024;
const MOST = 16 * MEGA; // as playground/json_text.py reads

/**
 * Fill the page from an exported file.
 * @param {PlaygroundPage} page
 * @param {File} file
 */
export async function importFrom(page, file) {
  if (file.size > MOST) {
    const size = Math.ceil(file.size / MEGA);
    page.notice = `${file.name} has ${size} MiB; a run that is imported has at most ${MOST / MEGA} MiB.`;
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
  await askPython(page, { kind: "import", text }, (record) => restore(page, record));
}

/**
 * Fill the page from a record; nothing is sent.
 * @param {PlaygroundPage} page
 * @param {RunRecord} record
 */
export function restore(page, record) {
  const { chat } = record;
  stopAll(page);
  page.system = chat.system ?? "";
  const asked = chat.messages.at(-1) ?? { role: "user", parts: [] };
  const { parts } = asked;
  page.prompt = parts
    .filter((p) => p.type === "text")
    .map((p) => p.text)
    .join("");
  page.images = parts.filter((p) => p.type === "image").map((p, i) => ({ ...p, name: `image ${i + 1}` }));
  page.options = optionsOf(page, chat);
  page.panes = record.panes.map((recorded) => restoredPane(page, recorded, asked));
  if (!page.panes.length) page.add();
  page.notice = "The run is back. Nothing has been sent.";
  page.changed();
}

/** @param {PlaygroundPage} page @param {Chat} chat */
function optionsOf(page, chat) {
  /** @type {Options} */
  const options = {};
  for (const { name } of page.data.parameters) {
    const value = name === "schema" ? chat.schema?.schema : chat[name];
    if (value === undefined) continue;
    if (Array.isArray(value) && name === "stop") options[name] = value.join("\n");
    else if (typeof value === "string" || typeof value === "number") options[name] = value;
    else options[name] = JSON.stringify(value, null, 2);
  }
  return options;
}

/** @param {PlaygroundPage} page @param {RecordedPane} recorded @param {ChatMessage} asked */
function restoredPane(page, recorded, asked) {
  const pane = new Pane(page, page.rows.get(recorded.row) ?? page.data.rows[0], recorded.model);
  if (recorded.answer || recorded.end) {
    const turn = new Turn(page.tools, asked, "text");
    pane.view = "text";
    Object.assign(turn, { text: recorded.answer, reasoning: recorded.reasoning, metrics: recorded.metrics });
    turn.end = { type: "Restored", message: recorded.end };
    turn.draw(true);
    pane.turns = [turn];
  }
  return pane;
}
