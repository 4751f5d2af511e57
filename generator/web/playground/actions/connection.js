// Whether an address answers, and which servers run on this machine.

import { holderOf, miswritten, showLacking, tellLacking, wantsKey } from "../connected/lacking.js";

/** @import { ChatMessage, Row, Step } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { Pane } from "../pane.js" */

const NOBODY =
  "No server on this machine answered this page. One may run and not let this page read its answers: " +
  "choose it as a model’s provider, and see under “Address and key” how to allow it.";

/**
 * Try a pane's address and key step by step.
 * @param {ConnectedPage} page
 * @param {Pane} pane
 */
export async function testConnection(page, pane) {
  if (miswritten(pane)) {
    tellLacking(page, [pane]);
    return;
  }
  page.reach();
  try {
    await page.start();
  } catch {
    return;
  }
  /** @type {Step[]} */
  const steps = [];
  pane.stop();
  pane.steps = steps;
  /** @param {string} [message] */
  const done = (message) => {
    if (message) steps.push({ name: "Request", ok: false, seen: message });
    pane.test = null;
    if (wantsKey(pane)) showLacking(page, [holderOf(pane)]); // the field is there
    const outcome = steps.every(({ ok }) => ok !== false)
      ? "The connection works."
      : "The test found a problem.";
    page.tell(() => (pane.steps === steps ? (message ?? outcome) : ""));
  };
  /** @type {ChatMessage[]} */
  const messages = [{ role: "user", parts: [{ type: "text", text: "ok" }] }];
  const stop = page.runtime.run({ ...pane.keyed({ messages }), kind: "probe" }, (message) => {
    if (pane.test !== stop) return;
    if (message.kind === "step") steps.push(message.step);
    else if (message.kind === "tested") done();
    else if (message.kind === "refused" || message.kind === "lost") done(message.message);
    page.changed();
  });
  pane.test = stop;
  page.changed();
}

/**
 * Look for servers on this machine; only ever from a click.
 * @param {ConnectedPage} page
 */
export async function findLocal(page) {
  page.notice = "Looking for servers on this machine.";
  page.changed();
  const answers = await Promise.all(page.data.rows.map((row) => localServer(page, row)));
  const servers = answers.filter((server) => server !== null);
  for (const { row, ids } of servers) {
    const unused = page.panes.find((pane) => pane.unready && !pane.turns.length);
    if (unused) unused.choose(row);
    else page.add(row);
    const pane = unused ?? page.panes.at(-1);
    if (pane) pane.model = ids[0] ?? "";
  }
  const names = servers.map(({ row }) => row.name).join(" and ");
  page.notice = "";
  page.pass(names ? `Found ${names}.` : NOBODY);
}

/**
 * The ids of the models that a row's server lists; null where it is no such row or none answers.
 * @param {ConnectedPage} page
 * @param {Row} row
 */
async function localServer(page, row) {
  if (!row.models_url) return null;
  try {
    /** @type {RequestInit} */
    const options = { signal: AbortSignal.timeout(3000), credentials: "omit", referrerPolicy: "no-referrer" };
    /** @type {Record<"models" | "data", { name?: string, id?: string }[] | undefined>} */
    const listing = await (await fetch(row.models_url, options)).json();
    const ids = (listing.models ?? listing.data ?? []).map((m) => m.name ?? m.id ?? "").filter(Boolean);
    page.lists.set(row.id, Promise.resolve(ids.map((id) => ({ id, name: id }))));
    return { row, ids };
  } catch {
    return null;
  }
}
