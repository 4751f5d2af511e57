// Starts the playground where its page is shown, and ends it when the reader leaves, also under Material's
// instant navigation, which swaps pages without loading them.

import { Bench } from "./bench.js";

const PATIENCE = 10_000; // milliseconds
let open = null;

function show() {
  const root = document.getElementById("bench");
  if (open?.root === root) return;
  open?.close();
  open = null;
  if (!root) return;
  if (!document.querySelector('meta[http-equiv="Content-Security-Policy"]')) {
    // Swapped in without its policy: only a page loaded as a whole has it.
    location.reload();
    return;
  }
  open = new Bench(root);
}

/**
 * A version that waits takes over before this one is used, and the page is loaded again as a whole of it. Where
 * another tab still runs this version, or the other does not come in time, this one is used: it is whole too.
 */
async function update() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => null);
  const next = registration?.waiting;
  if (!next) return false;
  let asking;
  const over = await new Promise((resolve) => {
    next.onstatechange = () => ["activated", "redundant"].includes(next.state) && resolve(next.state === "activated");
    navigator.serviceWorker.onmessage = ({ data }) => data === "others are open" && resolve(false);
    // Asked until it does: Chromium forgets the wish when the old version gets a request in between, and a load
    // that falls together with the change is never answered.
    const ask = () => next.postMessage("take over");
    asking = setInterval(ask, 200);
    ask();
    setTimeout(resolve, PATIENCE, false);
  });
  clearInterval(asking);
  if (over) location.reload();
  return over;
}

if (!(await update())) {
  if (globalThis.document$) globalThis.document$.subscribe(show);
  else show();
}
addEventListener("pagehide", () => open?.close());
