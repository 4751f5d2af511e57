// The playground's page: its state, which views/ draws; what is done with it stands in actions/.

import { begin } from "./actions/first.js";
import { follow, load } from "./actions/history.js";
import { fillFromLink } from "./actions/link.js";
import { stopAll } from "./actions/runs.js";
import { Cell } from "./cell.js";
import { ConnectedPage } from "./connected/page.js";
import { fillFromDraft, formText, saveDraft } from "./draft.js";
import { forgetHere } from "./keys/forget.js";
import { askBeforeLeaving, wouldLose } from "./leaving.js";
import { draw } from "./views/page.js";

/** @import { Tools } from "../types/libraries.js" */
/** @import { Estimates, OldRecord, RunRecord, Sheet, Standings } from "../types/playground.js" */
/** @import { Run } from "./actions/record.js" */
/** @import { Typed } from "./asking/aside.js" */
/** @import { Pane } from "./pane.js" */
/** @import { Turn } from "./turn.js" */

/** Milliseconds after what was typed last that the form is stored. */
const SETTLED = 300;
/** Characters of a prompt that is stored only as its reader leaves: to look for keys in it takes long. */
const LONG = 20_000;

export class PlaygroundPage extends ConnectedPage {
  prompt = "";
  system = "";
  /** @type {Record<string, string>} */
  variables = {};
  /** @type {Sheet | null} */
  sheet = null;
  /** @type {{ panes: [Pane, Pane], parts: HTMLElement[] } | null} */
  diff = null;
  /** What a link says was asked after its prompt, to go on with. @type {string[]} */
  then = [];
  /** Runs of a file that the history has no room for, until the reader has decided. @type {RunRecord[]} */
  incoming = [];
  /** What was asked since the page was opened, the newest run last. @type {Run[]} */
  runs = [];
  /** The runs of the history that are kept on this device as they are. @type {Set<RunRecord | OldRecord>} */
  stored = new Set();
  /** Of which turns, and how their figures compare. @type {(Standings & { turns: Turn[] }) | null} */
  standings = null;
  /** @type {Tools | null} */
  tools = null;
  /**
   * What a run of the form may cost, for which form and panes; nothing until Python has said it.
   * @type {Estimates & { of: (string | number)[], ids: number[] }}
   */
  estimate = { of: [], ids: [], panes: [], all: "" };
  /** What was typed and not sent before something else was filled in. @type {Typed | null} */
  aside = null;
  /** The form as nobody has touched it: that is not stored. */
  untouched = "";
  /** The variables without a value that Run has asked for, once. */
  askedFor = "";
  /** Turns to draw at the next frame. @type {Set<Turn>} */
  streaming = new Set();
  /** The panes that wait for Python, and for which run; Stop takes them away. @type {Map<Pane, symbol>} */
  waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | null} */
  timer = null;
  holds = "all runs, the history, the form kept for a reload, what the address says";
  #stay = () => {};
  /** Leaving in every way begins with this, also where the browser ends the tab later. */
  #onHidden = () => document.hidden && saveDraft(this);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #storing;
  /** A page that is busy may hear too late that it is left: what was typed is stored before. */
  #onTyped = () => {
    clearTimeout(this.#storing);
    this.#storing = setTimeout(() => {
      if (this.prompt.length + this.system.length < LONG) saveDraft(this);
    }, SETTLED);
  };
  #onHash = () => void (fillFromLink(this) && this.changed());

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    /** @type {(RunRecord | OldRecord)[]} */
    this.history = [];
    this.keepsHistory = false;
    load(this);
    this.cell = new Cell(this);
    this.begin();
  }

  opened() {
    this.notice ||= cachedNotice();
    if (!fillFromDraft(this)) fillFromLink(this);
    if (!this.panes.length) {
      begin(this);
      this.untouched = formText(this);
    }
    addEventListener("hashchange", this.#onHash);
    document.addEventListener("visibilitychange", this.#onHidden);
    for (const type of ["input", "change"]) this.root.addEventListener(type, this.#onTyped);
    this.#stay = askBeforeLeaving(() => wouldLose(this));
  }

  draw() {
    draw(this);
  }

  /** Keep the page and its Python for offline use, once they are in use; without it all works but offline. */
  started() {
    navigator.serviceWorker?.register("offline.js").catch(() => {});
  }

  forget() {
    forgetHere(this);
  }

  /** @param {StorageEvent} event */
  follow(event) {
    follow(this, event);
    super.follow(event);
  }

  close() {
    document.removeEventListener("visibilitychange", this.#onHidden);
    clearTimeout(this.#storing);
    if (this.panes.length) saveDraft(this);
    stopAll(this);
    super.close();
    removeEventListener("hashchange", this.#onHash);
    this.#stay();
  }

  endPython() {
    super.endPython();
    this.cell.stop();
    this.cell.close();
  }

  /** Whether there is something to stop. */
  get busy() {
    return this.waiting.size > 0 || this.panes.some((pane) => pane.running);
  }
}

/** Whether this page is one that was cached earlier, and why it is shown; offline.js marks it. */
function cachedNotice() {
  const { cached, cachedAt = "" } = document.documentElement.dataset;
  if (!cached) return "";
  const why = cached === "slow" ? "The site did not answer in time" : "The site can’t be reached";
  const of = cachedAt ? ` on ${new Date(cachedAt).toLocaleString()}` : "";
  return `${why}: this is the page as it was saved${of}. It may be out of date.`;
}
