// One turn of a conversation in a pane: what was asked, and what streams back.

import { WrittenText } from "./answer/growing.js";
import { AnswerView } from "./answer/view.js";
import { copy } from "./keys/guard.js";
import { jsonIn, jsonTree } from "./output.js";

/** @import { Tools } from "../types/libraries.js" */
/** @import { Advice, Attempt, Chat, ChatMessage, End, Metrics } from "../types/playground.js" */
/** @import { Question, ResponseName, SentRequest } from "../types/playground.js" */
/** @import { StreamEvent, ToolCall, View } from "../types/playground.js" */
/** @import { Pane } from "./pane.js" */

const NEAR = 40; // pixels from its end at which an answer is read to its end

/** A question to one model and what came of it. */
export class Turn {
  /** Whether its end is about to be shown. */
  #isFollowing = false;
  /** How far it was scrolled last. */
  #top = 0;
  /** Whether the reader has scrolled in it as it came. */
  #isScrolled = false;
  /** Whether the download of its model was cancelled, before anything was asked. */
  isCancelled = false;

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
    this.page = pane.page;
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
    /** @type {AnswerView | null} */
    this.markdown = null;
    /** @type {WrittenText | null} */
    this.plain = null;
    this.thoughts = new WrittenText(document.createElement("div"));
    this.thoughts.element.className = "reasoning";
    /** Whether the answer shows its end as it comes: until the reader scrolls up, and down again. */
    this.follows = true;
    this.node.addEventListener("scroll", () => this.#scrolled());
  }

  /** @param {StreamEvent} event */
  add(event) {
    this.waiting = null;
    if (event.type === "TextDelta") this.text += event.text;
    else if (event.type === "ReasoningDelta") this.reasoning += event.text;
  }

  /** Bring the answer's element up to the text; called at most once a frame. */
  draw(whole = false) {
    this.#think(whole);
    if (this.drawn === this.text.length && !whole) return;
    if (this.view === "markdown" && this.tools) {
      this.markdown ??= new AnswerView(this.node, this.tools, {
        ondrawn: () => this.#follow(),
        copyCode: (text) => copy(this.page, "The code", text),
      });
      this.markdown.draw(this.text, whole);
    } else this.#drawText(whole);
    this.drawn = this.text.length;
    this.#follow();
  }

  /** It has come to its end: who did not begin to read in it finds its beginning in sight. */
  finish() {
    this.draw(true);
    this.follows = false;
    if (this.#isScrolled || this.#isBeingRead) return;
    // After what was to show its end: that is laid out by then.
    setTimeout(() => {
      if (!this.#isBeingRead) this.node.scrollTop = 0;
    });
  }

  /** Whether the focus or what is selected stands in it. */
  get #isBeingRead() {
    const selected = getSelection();
    const isSelected = selected !== null && !selected.isCollapsed && this.node.contains(selected.anchorNode);
    return isSelected || this.node.contains(document.activeElement);
  }

  /** More may have come since the end was shown: only who scrolls up leaves it. */
  #scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.node;
    const isAtEnd = scrollTop + clientHeight > scrollHeight - NEAR;
    if (isAtEnd || scrollTop < this.#top) this.follows = !this.end && isAtEnd;
    if (!isAtEnd && scrollTop < this.#top && !this.end) this.#isScrolled = true;
    this.#top = scrollTop;
  }

  /** Show the end, in a task of its own: the browser lays out what was drawn to know where that is. */
  #follow() {
    if (!this.follows || this.#isFollowing) return;
    this.#isFollowing = true;
    setTimeout(() => {
      this.#isFollowing = false;
      if (this.follows) this.node.scrollTop = this.node.scrollHeight;
    });
  }

  /** @param {boolean} whole */
  #drawText(whole) {
    const value = this.view === "json" && whole ? jsonIn(this.text) : undefined;
    this.node.classList.toggle("plain", value === undefined);
    if (value !== undefined) {
      this.node.replaceChildren(jsonTree(value));
      return;
    }
    this.plain ??= new WrittenText(this.node);
    this.plain.draw(this.text, whole);
  }

  /** Bring the reasoning's element up to it. @param {boolean} whole */
  #think(whole) {
    if (this.reasoning) this.thoughts.draw(this.reasoning, whole);
  }

  /** @param {View} view */
  redraw(view) {
    this.view = view;
    this.follows &&= !this.end; // a whole answer is read from its beginning
    this.drawn = 0;
    this.markdown?.close();
    this.markdown = null;
    this.plain = null;
    this.node.classList.remove("plain");
    this.node.replaceChildren();
    this.draw(true);
  }
}
