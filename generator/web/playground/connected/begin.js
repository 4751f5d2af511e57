// Starts a page's script where its page is shown, and ends it when the reader leaves, also under Material's
// instant navigation, which swaps pages without loading them.

/** @import { ConnectedPage } from "./page.js" */

/**
 * @param {string} name the page's, as its element has it in data-page
 * @param {(root: HTMLElement) => ConnectedPage} make
 */
export function beginPage(name, make) {
  /** @type {ConnectedPage | null} */
  let open = null;

  function show() {
    const root = document.getElementById("bench");
    if (open && open.root === root) return;
    open?.close();
    open = null;
    if (root?.dataset.page !== name) return;
    if (!("policy" in document.documentElement.dataset)) {
      // Swapped in: only a page that is loaded as a whole has run the script that writes its policy.
      location.reload();
      return;
    }
    open = make(root);
    document.addEventListener("click", leave, { capture: true });
  }

  if (globalThis.document$) globalThis.document$.subscribe(show);
  else show();
  addEventListener("pagehide", () => open?.close());
}

/**
 * A link to another page is followed as a whole: swapped in, that page would be left with this one's policy.
 * @param {MouseEvent} event
 */
function leave(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (link instanceof HTMLAnchorElement && link.pathname !== location.pathname) event.stopPropagation();
}
