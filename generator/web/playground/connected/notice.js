// What the page says has happened, or what is to be done, in one line: only for as long as it is so.

const SHORTEST = 6000; // milliseconds that what has passed is shown at least
const READING = 50; // milliseconds more for each character of it

/** @param {string} text */
const timeToRead = (text) => SHORTEST + READING * text.length;

export class Notice {
  #said = () => "";
  /** What has just been done: nothing is left to say of it soon. */
  passing = "";
  /** What happened by itself. */
  #added = "";
  /** What was drawn last. */
  #drawn = "";
  #reading = 0;

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  get text() {
    return [this.passing || this.#said(), this.#added].filter(Boolean).join(" ");
  }

  /** @param {() => string} said what is so now, empty once nothing is; asked at every drawing */
  tell(said) {
    this.#said = said;
    this.passing = "";
    this.#added = "";
    this.changed();
  }

  /** Say what was done, until it has been read; then what was said before holds. @param {string} text */
  pass(text) {
    this.passing = text;
    this.changed();
    setTimeout(() => {
      if (this.passing !== text) return;
      this.passing = "";
      this.changed();
    }, timeToRead(text));
  }

  /**
   * Say what happened by itself, until it has been read: after what the reader has just done or is asked for,
   * which must not go unseen for it.
   * @param {string} text
   */
  add(text) {
    this.#added = text;
    this.changed();
    setTimeout(() => {
      if (this.#added !== text) return;
      this.#added = "";
      this.changed();
    }, timeToRead(this.text));
  }

  /**
   * Its place keeps the height it once had: what stands below must not move up as a text ends. A new text is
   * fresh until it has been read: the CSS has it in sight, wherever the button is that it answers.
   * @param {HTMLElement} root
   */
  hold(root) {
    const { text } = this;
    if (text === this.#drawn) return;
    this.#drawn = text;
    const place = root.querySelector("#told");
    if (!(place instanceof HTMLElement)) return;
    place.style.minHeight = `${place.offsetHeight}px`;
    place.classList.toggle("fresh", Boolean(text));
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => place.classList.remove("fresh"), timeToRead(text));
  }
}
