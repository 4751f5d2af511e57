// Where a worker runs, which says whom it can reach: it takes over the policy of the document that makes it.

/** @import { PageMessage } from "../../types/playground.js" */

/**
 * A worker that runs.
 * @typedef {object} Hosted
 * @property {(message: PageMessage, transfer?: Transferable[]) => void} post
 * @property {() => void} close
 */
/** Gets what a worker says. @typedef {(text: unknown) => void} Hear */
/** Gets why a worker could not go on. @typedef {(message: string) => void} Fail */
/**
 * Starts a worker from the text of its script.
 * @typedef {(script: string, hear: Hear, fail: Fail) => Promise<Hosted>} Host
 */

const NO_START = "The worker could not be started.";
const NO_FRAME =
  "This site may not open a frame of its own, in which Python would reach this address. Its host must send " +
  "frame-ancestors 'self', and no X-Frame-Options: DENY.";
/** Milliseconds after which a frame that has loaded and says nothing was blocked. */
const PATIENCE = 10_000;

/** @param {string} script */
const asFile = (script) => URL.createObjectURL(new Blob([script], { type: "text/javascript" }));

/**
 * In this page: from a blob, since a worker from a file would not take over the page's policy.
 * @type {Host}
 */
export async function inPage(script, hear, fail) {
  const file = asFile(script);
  const worker = new Worker(file, { type: "module" });
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = (event) => fail(event.message || NO_START);
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    close() {
      worker.terminate();
      URL.revokeObjectURL(file);
    },
  };
}

/**
 * In a frame of this site whose policy lets it reach exactly these origins.
 * @param {string} address of frame.html
 * @param {string[]} origins
 * @returns {Host}
 */
export const reaching = (address, origins) => (script, hear, fail) => {
  const frame = document.createElement("iframe");
  frame.src = `${address}#${encodeURIComponent(origins.join(" "))}`;
  return inFrame(frame, script, hear, fail);
};

/**
 * In a frame of no origin that reaches nobody and shares nothing with this site: no storage, no cache, no
 * channel. It is made of the page's own copy, since its host would not give it to a frame without an origin.
 * @param {string} address of frame.html
 * @returns {Host}
 */
export const apart = (address) => async (script, hear, fail) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`Python’s frame could not be loaded (status ${response.status})`);
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.srcdoc = await response.text();
  return inFrame(frame, script, hear, fail);
};

/**
 * @param {HTMLIFrameElement} frame
 * @param {string} script @param {Hear} hear @param {Fail} fail
 * @returns {Promise<Hosted>}
 */
async function inFrame(frame, script, hear, fail) {
  frame.hidden = true;
  frame.title = "Python";
  const loaded = new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
  });
  document.body.append(frame);
  await loaded;
  const [worker, state] = [new MessageChannel(), new MessageChannel()];
  worker.port1.onmessage = ({ data }) => hear(data);
  const close = () => {
    worker.port1.close();
    state.port1.close();
    frame.remove();
  };
  const begun = new Promise((done) => {
    state.port1.onmessage = ({ data }) => (data ? fail(data) : done(true));
    setTimeout(done, PATIENCE, false);
  });
  // A frame of no origin can't be named; what is sent is the script alone.
  frame.contentWindow?.postMessage(script, "*", [worker.port2, state.port2]);
  if (await begun)
    return { post: (message, transfer = []) => worker.port1.postMessage(message, transfer), close };
  close();
  throw new Error(NO_FRAME);
}
