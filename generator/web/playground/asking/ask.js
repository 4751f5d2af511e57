// One question to one model: what is sent, and what comes back while it answers.

import { chatOf } from "../actions/chat.js";
import { remember } from "../actions/history.js";
import { measure } from "../actions/standings.js";
import { reason } from "../reason.js";
import { isOpen, within } from "./outcome.js";
import { Turn } from "../turn.js";

/** @import { ChatMessage, ModelRequest, RunMessage } from "../../types/playground.js" */
/** @import { Run } from "../actions/record.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

const FRAME = 33; // milliseconds between drawings of what streams
const SHARE = 3; // after a drawing comes a rest of so many times its length, so that clicks have their turn
const REST = 1000; // milliseconds at most
/** Milliseconds until the next drawing. */
let pause = FRAME;
const CLOCK = 250; // milliseconds between two looks at what is counted in seconds
/** Failures that another address or key may mend. */
const BY_ADDRESS = ["wrong key", "needs a key", "not allowed", "unreachable", "no API"];

/**
 * Send messages to a pane's model, and wait until its turn has ended.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {Run} run
 * @param {ChatMessage[]} messages the last is the question
 * @returns {Promise<void>}
 */
export async function ask(page, pane, run, messages) {
  const asked = messages.at(-1);
  if (!asked) throw new Error("there is no message to send");
  const turn = new Turn(page.tools, pane, asked);
  pane.turns.push(turn);
  run.turns.push(turn);
  pane.test?.(); // what the run brings says more
  pane.steps = null;
  pane.fault = null;
  pane.brought = "";
  pane.settings = false; // the answers stand below it
  /** @type {ModelRequest} */
  let request;
  try {
    const chat = chatOf(page, pane, messages);
    const { system = "", messages: _, ...parameters } = chat;
    Object.assign(turn, { system, parameters });
    request = pane.keyed(chat);
  } catch (error) {
    refuse(page, turn, reason(error));
    return;
  }
  await new Promise((resolve) => {
    /** @type {(() => void) | null} */
    let stop = null;
    let over = false;
    /** @param {unknown} error */
    const broken = (error) => {
      over = true;
      stop?.();
      if (pane.run === stop) pane.run = null;
      refuse(page, turn, `This page could not go on with it (${reason(error)}).`);
      resolve(null);
    };
    try {
      stop = page.runtime.run(request, (message) => {
        if (over) return;
        try {
          if (!receive(page, turn, message)) {
            if (message.kind === "sent") remember(page, run); // what went out is in it, whatever happens then
            return;
          }
          if (pane.run === stop) pane.run = null; // one that was begun since goes on
          if (pane.last === turn) tellAtField(pane, turn, message);
          resolve(null);
        } catch (error) {
          broken(error);
        }
      });
      pane.run = stop;
      pane.isStopping = false;
      count(page);
    } catch (error) {
      broken(error);
    }
    page.changed();
  });
}

/**
 * Show the field that a failure is about, with what is wrong there.
 * @param {Pane} pane
 * @param {Turn} turn
 * @param {RunMessage} message that ended it
 */
function tellAtField(pane, turn, message) {
  const { end, model, advice } = turn;
  if (end?.type !== "Failed" || message.kind !== "done") return;
  const [first, second] = advice;
  const told = isOpen(turn)
    ? {
        cause: `${first.cause}, or ${within(second.cause)}`,
        fix: "What to do in each case stands with the answer.",
      }
    : first;
  if (message.field && told) pane.fault = { ...told, field: message.field, model };
  if (BY_ADDRESS.includes(end.cause ?? "") || pane.fault) pane.settings = true;
}

/** @param {PlaygroundPage} page @param {Turn} turn @param {string} message */
function refuse(page, turn, message) {
  Object.assign(turn, { end: { type: "Refused", message }, waiting: null, ended: new Date().toISOString() });
  turn.finish();
  page.changed();
}

/**
 * Take in one message of a run; gives whether the run has ended.
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
    refuse(page, turn, message.message);
    return true;
  } else if (message.kind === "done") {
    const { end, metrics, message: reply, advice, part, at: ended, response } = message;
    Object.assign(turn, { end, metrics, message: reply, advice, part, ended, response, waiting: null });
    turn.calls = reply.parts.filter((p) => p.type === "tool_call");
    turn.finish();
    measure(page);
    page.changed();
    return true;
  }
  return false;
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
        // It is drawn in the next task and laid out after that, and both count.
        setTimeout(() =>
          setTimeout(() => {
            pause = Math.min(REST, Math.max(FRAME, SHARE * (performance.now() - start)));
          }),
        );
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
