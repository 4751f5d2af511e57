// Whether an address may be talked to and answers, and which servers run on this machine.

import { fragmentOf } from "./link.js";
import { ORIGINS, stored } from "./storage.js";

/** Whether this page's policy allows the address; if not, ask to load the page again with it. */
export function allowed(page, url) {
  const { origin } = new URL(url);
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? "";
  const sources = policy.split(";").find((part) => part.trim().startsWith("connect-src")) ?? "";
  const matches = (source) => {
    if (!source.includes("*.")) return source === origin;
    const [scheme, rest] = source.split("://*");
    return origin.startsWith(`${scheme}://`) && origin.endsWith(rest);
  };
  if (origin === location.origin || sources.split(/\s+/).some(matches)) return true;
  const question = `Allow this page to talk to ${origin}, in this tab? The page is loaded again; type the key after it.`;
  if (confirm(question)) {
    const added = stored(sessionStorage, ORIGINS) ?? [];
    sessionStorage.setItem(ORIGINS, JSON.stringify([...new Set([...added, origin])]));
    const fragment = fragmentOf(page);
    if (fragment) history.replaceState(null, "", `#${fragment}`);
    location.reload();
  }
  return false;
}

/** Try a pane's address and key step by step. */
export async function testConnection(page, pane) {
  try {
    await page.start();
  } catch {
    return;
  }
  pane.steps = [];
  pane.testing = true;
  const done = (message) => {
    if (message) pane.steps.push({ name: "Request", ok: false, seen: message });
    pane.testing = false;
    page.notice = pane.steps.every((step) => step.ok !== false) ? "The connection works." : "The test found a problem.";
    page.changed();
  };
  if (pane.url && pane.origin && !allowed(page, pane.url.href)) return done("This address is not allowed yet.");
  const messages = [{ role: "user", parts: [{ type: "text", text: "ok" }] }];
  page.runtime.run({ ...pane.request({ messages }), kind: "probe" }, (message) => {
    if (message.kind === "step") pane.steps.push(message.step);
    else if (message.kind === "tested") done();
    else if (message.kind === "refused") done(message.message);
    page.changed();
  });
  page.changed();
}

/** Look for servers on this machine; only ever from a click. */
export async function findLocal(page) {
  page.notice = "Looking for servers on this machine.";
  page.changed();
  const rows = page.data.rows.filter((row) => row.models_url);
  const servers = (await Promise.all(rows.map((row) => localServer(page, row)))).filter(Boolean);
  for (const { row, ids } of servers) {
    const unused = page.panes.find((pane) => !pane.model && !pane.turns.length);
    if (unused) unused.choose(row);
    else page.add(row);
    const pane = unused ?? page.panes.at(-1);
    pane.model = ids[0] ?? "";
  }
  page.notice = servers.length
    ? `Found ${servers.map(({ row }) => row.name).join(" and ")}.`
    : "No server on this machine answered this page. One may run and not allow it: see its row’s note.";
  page.changed();
}

/** The ids of the models that a row's server lists; null where none answers. */
async function localServer(page, row) {
  try {
    const options = { signal: AbortSignal.timeout(3000), credentials: "omit", referrerPolicy: "no-referrer" };
    const listing = await (await fetch(row.models_url, options)).json();
    const ids = (listing.models ?? listing.data ?? []).map((m) => m.name ?? m.id).filter(Boolean);
    page.lists.set(row.id, Promise.resolve(ids.map((id) => ({ id, name: id }))));
    return { row, ids };
  } catch {
    return null;
  }
}
