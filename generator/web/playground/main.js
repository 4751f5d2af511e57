// Starts the playground where its page is shown, and ends it when the reader leaves, also under Material's
// instant navigation, which swaps pages without loading them.

import { Bench } from "./bench.js";

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

/** A version that waits takes over before this one is used, and the page is loaded again as a whole of it. */
async function update() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => null);
  if (!registration?.waiting) return false;
  const over = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
    setTimeout(resolve, 2000);
  });
  registration.waiting.postMessage("take over");
  await over;
  location.reload();
  return true;
}

if (!(await update())) {
  if (globalThis.document$) globalThis.document$.subscribe(show);
  else show();
}
addEventListener("pagehide", () => open?.close());
