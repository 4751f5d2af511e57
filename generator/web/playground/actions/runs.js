// Asking the models: anew, on with their conversations, again; and what comes back while they answer.

import { listed } from "../connected/listing.js";
import { loadMarkdown } from "../output.js";
import { reason } from "../reason.js";
import { Turn } from "../turn.js";
import { askingFor, chatOf, messagesOf, question, sendable, unfilled } from "./chat.js";
import { remember } from "./history.js";
import { begun, current, sentTurns } from "./record.js";
import { measure } from "./standings.js";

/** @import { ChatMessage, ModelRequest, Part, RunMessage } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */
/** @import { Run } from "./record.js" */

const FRAME = 33; // milliseconds between drawings of what streams
const SHARE = 3; // after a drawing comes a rest of so many times its length, so that clicks have their turn
const REST = 1000; // milliseconds at most
/** Milliseconds until the next drawing. */
let pause = FRAME;
const CLOCK = 250; // milliseconds between two looks at what is counted in seconds
const MARKDOWN = 10_000; // milliseconds that a run waits for what draws Markdown

/**
 * Ask every model the prompt anew.
 * @param {PlaygroundPage} page
 */
export async function runAll(page) {
  if (!page.prompt.trim()) {
    page.notice = "Write a prompt first.";
    page.control("#prompt").focus();
    page.changed();
    return;
  }
  if (asksForVariables(page)) return;
  stopAll(page);
  await askSeveral(page, page.panes, begun(page), (pane, run) => {
    pane.turns = [];
    return ask(page, pane, run, [question(page, pane, page.prompt)]);
  });
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
  page.notice = askingFor(names);
  const fields = [...page.root.querySelectorAll("input[name=variable]")];
  const empty = fields.find((field) => field instanceof HTMLInputElement && !field.value);
  if (empty instanceof HTMLInputElement) empty.focus();
  page.changed();
  return true;
}

/**
 * Go on with the conversation in every model that has one.
 * @param {PlaygroundPage} page
 * @param {string} text
 */
export async function continueAll(page, text) {
  const panes = page.panes.filter((pane) => pane.last?.message && !pane.running);
  await askSeveral(page, panes, current(page), (pane, run) =>
    ask(page, pane, run, [...messagesOf(pane.turns), question(page, pane, text)]),
  );
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
  await askSeveral(page, [pane], current(page), async (_, run) => {
    const last = pane.turns.pop();
    if (!last) throw new Error("this pane has asked nothing yet");
    last.replaced = true;
    const end = await ask(page, pane, run, [...messagesOf(pane.turns), sendable(last.question)]);
    unsent = putBack(pane, last);
    return end;
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
  return askSeveral(page, [pane], current(page), (_, run) =>
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
 * @param {PlaygroundPage} page
 * @param {Pane[]} panes
 * @param {Run} run
 * @param {(pane: Pane, run: Run) => Promise<string>} askOne
 */
async function askSeveral(page, panes, run, askOne) {
  if (!(await started(page))) return;
  page.notice = panes.length === 1 ? "Asking one model." : `Asking ${panes.length} models.`;
  const ends = await Promise.all(panes.map((pane) => askOne(pane, run)));
  const failed = ends.filter((end) => end !== "Finished").length;
  page.notice = failed ? `${failed} of ${ends.length} models did not finish.` : "All models have finished.";
  remember(page, run);
  page.changed();
}

/**
 * Start Python and load what draws Markdown; whether the run is still wanted then.
 * @param {PlaygroundPage} page
 */
async function started(page) {
  page.reach();
  const run = Symbol("run");
  page.waiting.add(run);
  page.notice = "";
  try {
    const markdown = page.tools ?? loadMarkdown(page.vendor).catch(() => null);
    await page.start();
    await listed(page);
    page.tools = await Promise.race([markdown, nothingAfter(MARKDOWN)]);
  } catch {
    page.waiting.delete(run); // page.start has told why
    return false;
  }
  const wanted = page.waiting.delete(run);
  page.changed();
  return wanted;
}

/**
 * Plain text will do where what draws Markdown does not come.
 * @param {number} wait milliseconds
 * @returns {Promise<null>}
 */
const nothingAfter = (wait) =>
  new Promise((done) => {
    setTimeout(done, wait, null);
  });

/**
 * Send messages to a pane's model; gives how it ended.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {Run} run
 * @param {ChatMessage[]} messages the last is the question
 * @returns {Promise<string>}
 */
async function ask(page, pane, run, messages) {
  const asked = messages.at(-1);
  if (!asked) throw new Error("there is no message to send");
  const turn = new Turn(page.tools, pane, asked);
  pane.turns.push(turn);
  run.turns.push(turn);
  pane.steps = null;
  /** @type {ModelRequest} */
  let request;
  try {
    const chat = chatOf(page, pane, messages);
    const { system = "", messages: _, ...parameters } = chat;
    Object.assign(turn, { system, parameters });
    request = pane.keyed(chat);
  } catch (error) {
    return refuse(page, turn, reason(error));
  }
  return new Promise((resolve) => {
    /** @type {(() => void) | null} */
    let stop = null;
    let over = false;
    /** @param {unknown} error */
    const broken = (error) => {
      over = true;
      stop?.();
      if (pane.run === stop) pane.run = null;
      resolve(refuse(page, turn, `This page could not go on with it (${reason(error)}).`));
    };
    try {
      stop = page.runtime.run(request, (message) => {
        if (over) return;
        try {
          const end = receive(page, turn, message);
          if (!end) {
            if (message.kind === "sent") remember(page, run); // what went out is in it, whatever happens then
            return;
          }
          if (pane.run === stop) pane.run = null; // one that was begun since goes on
          if (end === "Finished" && pane.last === turn) pane.settings = false;
          resolve(end);
        } catch (error) {
          broken(error);
        }
      });
      pane.run = stop;
      count(page);
    } catch (error) {
      broken(error);
    }
    page.changed();
  });
}

/** @param {PlaygroundPage} page @param {Turn} turn @param {string} message */
function refuse(page, turn, message) {
  Object.assign(turn, { end: { type: "Refused", message }, waiting: null, ended: new Date().toISOString() });
  page.changed();
  return "Refused";
}

/**
 * Take in one message of a run; gives how the run ended, where it did.
 * @param {PlaygroundPage} page
 * @param {Turn} turn
 * @param {RunMessage} message
 */
function receive(page, turn, message) {
  if (message.kind === "sent") {
    turn.request = message.request;
    turn.attempts.push({ sent: message.at, failed: "" });
  } else if (message.kind === "events") {
    for (const event of message.events) turn.add(event);
    drawStreams(page, turn);
  } else if (message.kind === "waiting") {
    turn.waiting = { message: message.message, until: performance.now() + message.seconds * 1000 };
    const last = turn.attempts.at(-1);
    if (last) last.failed = message.message;
    page.changed();
  } else if (message.kind === "refused" || message.kind === "lost") {
    turn.waiting = null;
    turn.draw(true);
    return refuse(page, turn, message.message);
  } else if (message.kind === "done") {
    const { end, metrics, message: reply, advice, part, at: ended, response } = message;
    Object.assign(turn, { end, metrics, message: reply, advice, part, ended, response, waiting: null });
    turn.calls = reply.parts.filter((p) => p.type === "tool_call");
    turn.draw(true);
    measure(page);
    page.changed();
    return end.type;
  }
  return undefined;
}

/**
 * Draw what streams, all turns at once and not too often.
 * @param {PlaygroundPage} page
 * @param {Turn} turn
 */
function drawStreams(page, turn) {
  page.streaming.add(turn);
  page.timer ??= setTimeout(
    () =>
      requestAnimationFrame(() => {
        const start = performance.now();
        page.timer = null;
        for (const each of page.streaming) each.draw();
        page.streaming.clear();
        page.changed();
        // What was drawn is laid out after this, and that counts.
        setTimeout(() => {
          pause = Math.min(REST, Math.max(FRAME, SHARE * (performance.now() - start)));
        });
      }),
    pause,
  );
}

/** Pages whose seconds are counted. @type {WeakSet<PlaygroundPage>} */
const counted = new WeakSet();

/**
 * Draw the seconds of what runs and waits, as long as something does.
 * @param {PlaygroundPage} page
 */
function count(page) {
  if (counted.has(page)) return;
  counted.add(page);
  const clock = setInterval(() => {
    page.changed();
    if (page.busy) return;
    clearInterval(clock);
    counted.delete(page);
  }, CLOCK);
}
