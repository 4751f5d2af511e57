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

if (globalThis.document$) globalThis.document$.subscribe(show);
else show();
addEventListener("pagehide", () => open?.close());
