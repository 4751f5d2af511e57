// One turn of a conversation in a pane: what was asked, and what streams back.

import { MarkdownView, jsonIn, jsonTree } from "./output.js";
import { settledLength, visible } from "./visible.js";

/** @import { Tools } from "../types/libraries.js" */
/** @import { Advice, Attempt, Chat, ChatMessage, End, Metrics } from "../types/playground.js" */
/** @import { Question, ResponseName, SentRequest } from "../types/playground.js" */
/** @import { StreamEvent, ToolCall, View } from "../types/playground.js" */
/** @import { Pane } from "./pane.js" */

/** A question to one model and what came of it. */
export class Turn {
  /**
   * The pane says who is asked: what is chosen in it later changes nothing of this.
   * @param {Tools | null} tools
   * @param {Pane} pane
   * @param {Question} question
   */
  constructor(tools, pane, question) {
    this.tools = tools;
    this.question = question;
    this.view = pane.view;
    this.pane = pane.id;
    this.row = pane.row.id;
    this.provider = pane.row.name;
    this.model = pane.model;
    this.system = "";
    /** @type {Partial<Chat>} */
    this.parameters = {};
    /** What went out; null until something has. @type {SentRequest | null} */
    this.request = null;
    /** @type {Attempt[]} */
    this.attempts = [];
    /** @type {ResponseName} */
    this.response = { id: "", request: "", model: "" };
    this.ended = "";
    this.begun = performance.now();
    /** Whether the question was asked again since, so that this is no part of the conversation. */
    this.replaced = false;
    /** Whether it comes from a record. */
    this.restored = false;
    this.node = document.createElement("div");
    this.node.className = "answer";
    this.node.tabIndex = 0;
    this.node.dir = "auto";
    this.text = "";
    this.reasoning = "";
    /** @type {ToolCall[]} */
    this.calls = [];
    /** By a call's place, what the reader says it gave. @type {Record<number, string>} */
    this.results = {};
    /** Why, and until when by performance.now(). @type {{ message: string, until: number } | null} */
    this.waiting = null;
    /** @type {End | null} */
    this.end = null;
    /** @type {Metrics | null} */
    this.metrics = null;
    /** @type {Advice[]} */
    this.advice = [];
    this.part = "";
    /** @type {ChatMessage | null} */
    this.message = null;
    this.drawn = 0;
    /** @type {MarkdownView | null} */
    this.markdown = null;
  }

  /** @param {StreamEvent} event */
  add(event) {
    this.waiting = null;
    if (event.type === "TextDelta") this.text += event.text;
    else if (event.type === "ReasoningDelta") this.reasoning += event.text;
  }

  /** Bring the answer's element up to the text; called at most once a frame. */
  draw(whole = false) {
    if (this.drawn === this.text.length && !whole) return;
    if (this.view === "markdown" && this.tools) {
      this.markdown ??= new MarkdownView(this.node, this.tools);
      this.markdown.draw(this.text, whole);
    } else if (this.view === "json" && whole) {
      const value = jsonIn(this.text);
      this.node.classList.toggle("plain", value === undefined);
      if (value === undefined) this.node.textContent = visible(this.text);
      else this.node.replaceChildren(jsonTree(value));
    } else {
      this.node.classList.add("plain");
      if (!this.drawn) this.node.textContent = "";
      const end = whole ? this.text.length : Math.max(this.drawn, settledLength(this.text));
      this.node.append(visible(this.text.slice(this.drawn, end)));
      this.drawn = end;
      return;
    }
    this.drawn = this.text.length;
  }

  /** @param {View} view */
  redraw(view) {
    this.view = view;
    this.drawn = 0;
    this.markdown = null;
    this.node.classList.remove("plain");
    this.node.replaceChildren();
    this.draw(true);
  }
}
