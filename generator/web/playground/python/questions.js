// What a cell asks: the page asks the model for it, with the key that the cell never sees.

import { reason } from "../reason.js";

/** @import { Chat, Refusals, RunMessage, Wanted } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** More at once are refused: each may cost money. */
const MOST = 120;

export class Questions {
  /** Stops each question that is on its way. @type {Set<() => void>} */
  #running = new Set();

  /** @param {PlaygroundPage} page */
  constructor(page) {
    this.page = page;
  }

  /** The panes by the name that a cell calls them. */
  get #panes() {
    const panes = this.page.panes.filter((pane) => pane.model);
    return new Map(panes.map((pane) => [`${pane.row.id}/${pane.model}`, pane]));
  }

  get names() {
    return [...this.#panes.keys()];
  }

  /**
   * Ask what the cell wants; `answer` gets JSON, once: what came of it, without any key that a provider may
   * have repeated, or why nothing did.
   * @param {Wanted} wanted @param {(text: string) => void} answer
   */
  async ask({ model, chat }, answer) {
    const pane = this.#panes.get(model);
    /** @param {string} message */
    const refuse = (message) => answer(JSON.stringify({ refused: message }));
    if (!pane) return refuse(`no pane has the model ${JSON.stringify(model)} any more`);
    if (this.#running.size >= MOST) return refuse(`a cell asks at most ${MOST} questions at once`);
    let isStopped = false;
    let stop = () => {
      isStopped = true;
    };
    this.#running.add(stop); // what still waits for Python counts, too
    const { page } = this;
    const { sent, left } = fitted(pane, chat);
    let [text, reasoning] = ["", ""];
    /** @param {RunMessage} message */
    const hear = (message) => {
      if (message.kind === "events") {
        for (const event of message.events) {
          if (event.type === "TextDelta") text += event.text;
          else if (event.type === "ReasoningDelta") reasoning += event.text;
        }
      } else if (message.kind === "done") {
        this.#running.delete(stop);
        const { end, metrics, message: reply } = message;
        const outcome = JSON.stringify({ end, metrics, reply, text, reasoning, left });
        if (page.keys.found(outcome))
          refuse("the answer repeats the key for its address, which a cell does not get");
        else answer(outcome);
      } else if (message.kind === "refused" || message.kind === "lost") {
        this.#running.delete(stop);
        refuse(message.message);
      }
    };
    try {
      page.reach();
      await page.start();
      if (isStopped) return undefined;
      this.#running.delete(stop);
      stop = page.runtime.run(pane.request(sent), hear);
      this.#running.add(stop);
    } catch (error) {
      this.#running.delete(stop);
      refuse(reason(error));
    }
    return undefined;
  }

  /** Stop what the cell has asked: nobody waits for it any more. */
  stop() {
    for (const stop of this.#running) stop();
    this.#running.clear();
  }
}

/**
 * The chat without what the pane's model does not take, as a run of the page leaves it out, and why.
 * @param {Pane} pane
 * @param {Chat} chat
 * @returns {{ sent: Chat, left: Refusals }}
 */
function fitted(pane, { messages, system, ...parameters }) {
  const hasImages = messages.some(({ parts }) => parts.some(({ type }) => type === "image"));
  const names = [...Object.keys(parameters), ...(hasImages ? ["images"] : [])];
  const left = pane.notTaken(names, String(parameters.effort ?? ""));
  const taken = Object.fromEntries(Object.entries(parameters).filter(([name]) => !(name in left)));
  const asked = messages.map(({ role, parts }) => ({
    role,
    parts: left.images ? parts.filter(({ type }) => type !== "image") : parts,
  }));
  return { sent: { ...(system ? { system } : {}), ...taken, messages: asked }, left };
}
