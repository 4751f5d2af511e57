// What a cell asks: the page asks the model for it, with the key that the cell never sees.
//
// An answer that repeats a key is withheld, and that it is tells something: whoever has models say guesses
// learns which are in the key. So all that is asked at once comes back together or not at all, and after one
// that was withheld no cell asks anything until the reader lets it.

import { allLacking, lacking } from "../connected/lacking.js";
import { reason } from "../reason.js";

/** @import { Chat, Refusals, RunMessage, Wanted } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** @typedef {{ answer: (text: string) => void, stop: () => void, outcome: object | null }} Asked */

/** More at once are refused: each may cost money. */
const MOST = 120;
/** The same words whatever was asked, of whom and when: they tell nothing of a second guess. */
const WITHHELD = "an answer repeats a key, so cells get none any more; the page says what you can do";

export class Questions {
  /** What came since the cell last got answers, and what is on its way. @type {Set<Asked>} */
  #round = new Set();
  /** Whose key an answer repeated; then nothing more is asked. */
  withheld = "";

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
    if (this.withheld) return refuse(WITHHELD);
    if (!pane) return refuse(`no pane has the model ${JSON.stringify(model)} any more`);
    if (lacking(pane)) return refuse(`${allLacking([pane])} is missing: fill it in in its pane`);
    if (this.#round.size >= MOST) return refuse(`a cell asks at most ${MOST} questions at once`);
    let isStopped = false;
    /** @type {Asked} */
    const asked = { answer, stop: () => (isStopped = true), outcome: null };
    this.#round.add(asked); // what still waits for Python counts, too
    /** @param {object} outcome */
    const over = (outcome) => {
      if (isStopped) return;
      asked.outcome = outcome;
      this.#settle();
    };
    const { page } = this;
    try {
      const { sent, left } = fitted(pane, chat);
      page.reach();
      await page.start();
      if (isStopped) return undefined;
      const stop = page.runtime.run(pane.keyed(sent), heard(left, over));
      asked.stop = () => {
        isStopped = true;
        stop();
      };
    } catch (error) {
      over({ refused: reason(error) });
    }
    return undefined;
  }

  /** Give the cell its answers, once none is on its way. */
  #settle() {
    const round = [...this.#round];
    if (round.some(({ outcome }) => !outcome)) return;
    this.#round.clear();
    this.withheld = round.map(({ outcome }) => this.page.keys.found(outcome)).find(Boolean) ?? "";
    for (const { answer, outcome } of round)
      answer(JSON.stringify(this.withheld ? { refused: WITHHELD } : outcome));
    if (this.withheld) this.page.changed();
  }

  /** Let cells ask again: the reader has read what happened. */
  allow() {
    this.withheld = "";
    this.page.changed();
  }

  /** Stop what the cell has asked: nobody waits for it any more. */
  stop() {
    const round = [...this.#round];
    this.#round.clear();
    for (const { stop } of round) stop();
  }
}

/**
 * What hears the messages of a run, and gives what came of it.
 * @param {Refusals} left @param {(outcome: object) => void} over
 * @returns {(message: RunMessage) => void}
 */
function heard(left, over) {
  let [text, reasoning] = ["", ""];
  return (message) => {
    if (message.kind === "events") {
      for (const event of message.events) {
        if (event.type === "TextDelta") text += event.text;
        else if (event.type === "ReasoningDelta") reasoning += event.text;
      }
    } else if (message.kind === "done") {
      const { end, metrics, message: reply } = message;
      over({ end, metrics, reply, text, reasoning, left });
    } else if (message.kind === "refused" || message.kind === "lost") over({ refused: message.message });
  };
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
