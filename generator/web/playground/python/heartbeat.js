// Notices a worker that says nothing any more while the page waits for it: asked after ten seconds, given up
// after twenty. A hidden tab's timers and a sleeping machine's come late; then waiting begins anew.

const QUIET = 10_000;
const DEAD = 20_000;
const TICK = 1000;
const LATE = 3000;

export class Heartbeat {
  #heard = 0;
  #looked = 0;
  #asked = false;
  /** @type {ReturnType<typeof setInterval> | null} */
  #timer = null;

  /**
   * `ask` wants a word of the worker, `lost` is called where none came.
   * @param {() => void} ask @param {() => void} lost
   */
  constructor(ask, lost) {
    this.ask = ask;
    this.lost = lost;
  }

  /** Heartbeat as long as something is awaited. @param {boolean} awaited */
  when(awaited) {
    if (awaited === (this.#timer !== null)) return;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = awaited ? setInterval(() => this.#look(), TICK) : null;
    this.#looked = performance.now();
    this.heard();
  }

  /** The worker said something, whatever it was. */
  heard() {
    this.#heard = performance.now();
    this.#asked = false;
  }

  #look() {
    const now = performance.now();
    if (now - this.#looked > LATE) this.heard();
    this.#looked = now;
    const silent = now - this.#heard;
    if (silent >= DEAD) this.lost();
    else if (silent >= QUIET && !this.#asked) {
      this.#asked = true;
      this.ask();
    }
  }
}
