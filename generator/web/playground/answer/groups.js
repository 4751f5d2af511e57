// Blocks of a long answer, in elements of fifty: the browser looks in every frame which of its elements come
// into sight, and of ten thousand blocks none would be as fast. A block stays in the element that it came
// into: moved to another, it would lose the reader's place, the selection and the focus.

/** Blocks of a group; as many of the last are laid out wherever they stand, as they may change. */
const BLOCKS = 50;

export class Groups {
  /** @type {Element[]} */
  #groups = [];

  /** @param {Element} element of the answer, which is emptied */
  constructor(element) {
    this.element = element;
    element.replaceChildren();
  }

  /** The group that the next block goes into. */
  next() {
    const groups = this.#groups;
    // A change may have taken all blocks of the last ones.
    while (groups.length && !groups.at(-1)?.hasChildNodes()) groups.pop()?.remove();
    const last = groups.at(-1);
    return last && last.childElementCount < BLOCKS ? last : this.#add();
  }

  #add() {
    const group = document.createElement("div");
    group.className = "group";
    this.element.append(group);
    this.#groups.push(group);
    for (const [place, { classList }] of this.#groups.entries())
      classList.toggle("finished", place < this.#groups.length - 2);
    return group;
  }
}
