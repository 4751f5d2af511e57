// Texts to copy: a link, or a request as code.

import { copy } from "../keys/guard.js";
import { visible } from "../visible.js";
import { html, nothing } from "lit-html";

/** @import { PlaygroundPage } from "../page.js" */

/** @param {PlaygroundPage} page */
export function sheet(page) {
  if (!page.sheet) return nothing;
  const { title, texts, note = "", other } = page.sheet;
  const closed = () => {
    page.sheet = null;
    page.changed();
  };
  // By its own way out, which gives the focus back to what opened it.
  const close = () => page.root.querySelector("dialog")?.close();
  /** @type {Record<string, string>} */
  const labels = {
    "python-sdk": "Python (official SDK)",
    python: "httpx2 (Python)",
    javascript: "JavaScript",
    curl: "curl (prints the API’s answer, as JSON)",
    console: "JavaScript, for the browser’s console",
  };
  return html`<dialog class="sheet" aria-label=${title} @close=${closed}>
    <div class="row"><h2>${title}</h2><button class="small" type="button" @click=${close}>Close</button></div>
    <div role="status">${note ? html`<p class="note">${visible(note)}</p>` : nothing}</div>
    ${
      other ? html`<button class="small" type="button" @click=${other.show}>${other.label}</button>` : nothing
    }
    <p class="quiet" role="status">${visible(page.passing)}</p>
    ${Object.entries(texts).map(
      ([name, text], i) => html`<details name="code" ?open=${i === 0}>
      <summary>${labels[name] ?? name}</summary>
      <button class="small" type="button" @click=${() => copy(page, labels[name] ?? name, text)}>Copy</button>
      <pre tabindex="0"><code>${visible(text)}</code></pre>
    </details>`,
    )}
  </dialog>`;
}
