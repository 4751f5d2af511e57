// A cell of Python beside the panes: it runs in the same worker. Stop ends the worker, so even an endless loop.

const FIRST = `results = await compare("Name three primes.")
table(results)
plot(results)
`;

export class Cell {
  constructor(page) {
    this.page = page;
    this.output = document.createElement("pre");
    this.output.className = "printed";
    this.output.tabIndex = 0;
    this.output.setAttribute("aria-label", "Output");
    this.place = document.createElement("div");
    this.running = null;
  }

  async open() {
    if (this.editor) return;
    this.editor = true;
    const { edit } = await import(`${this.page.vendor}editor.js`);
    this.editor = edit(this.place, FIRST, () => this.run());
  }

  /** The panes' requests by the name a cell calls them. */
  models() {
    const messages = [{ role: "user", parts: [{ type: "text", text: "-" }] }];
    const panes = this.page.panes.filter((pane) => pane.model);
    return Object.fromEntries(panes.map((pane) => [`${pane.row.id}/${pane.model}`, pane.request({ messages })]));
  }

  async run() {
    if (this.running !== null) return;
    try {
      await this.page.start();
    } catch {
      return;
    }
    this.output.textContent = "";
    const code = this.editor.state.doc.toString();
    this.running = this.page.runtime.run({ kind: "cell", code, models: this.models() }, (message) => {
      if (this.running === -1) return;
      if (message.kind === "output") this.output.append(message.text);
      else {
        if (message.message) this.output.append(message.message);
        this.ended("The cell has run.");
      }
    });
    this.page.changed();
  }

  /** End the worker: Python that never pauses can't be asked to. */
  stop() {
    if (this.running === null) return;
    this.running = -1; // its listener need not say more
    this.page.runtime.close();
    this.page.local.close();
    this.output.append("\nStopped. Python was ended and starts anew at the next run; what cells defined is gone.\n");
    this.ended("Stopped.");
  }

  ended(notice) {
    this.running = null;
    this.page.notice = notice;
    this.page.changed();
  }
}
