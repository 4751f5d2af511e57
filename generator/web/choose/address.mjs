// The page's address: the page writes what is asked into it, and the reader goes back and forward in it.

export class Address {
  #search = location.search;

  /**
   * `begin` is called when the reader goes to another address of this page. A link to a part of the page
   * changes the fragment alone: that is another address only where `named` says that it names something.
   * @param {() => void} begin @param {() => boolean} named
   */
  constructor(begin, named = () => false) {
    addEventListener("popstate", () => {
      if (location.search === this.#search && !named()) return;
      this.#search = location.search;
      begin();
    });
  }

  /** @param {string} text */
  write(text) {
    history.replaceState(null, "", text);
    this.#search = location.search;
  }
}
