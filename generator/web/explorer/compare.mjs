// Two to six offerings or models side by side, from the JSON each model's page publishes. The address says which:
// `?o=azure/global/openai/gpt-5,openai/gpt-5` (an offering's key, or a model's id for its best-known offering).

import { html, nothing, render } from "lit-html";
import { nearest } from "./nearest.mjs";

const MOST = 6;
const place = document.getElementById("compared");
const root = place.dataset.root;
const asked = [...new Set((new URLSearchParams(location.search).get("o") ?? "").split(",").map((k) => k.trim()).filter(Boolean))];

async function fetched(path) {
  const response = await fetch(root + path);
  return response.ok ? response.json() : null;
}

/** The model a key or an id speaks of: `lab/model` of `provider/channel/lab/model@version:variant`. */
function modelOf(key) {
  const parts = key.split("/");
  const id = parts.length >= 4 ? parts.slice(2).join("/") : key;
  return id.replace(/@.*$/, "").replace(/:.*$/, "");
}

async function load(key) {
  const id = modelOf(key);
  const safe = /^[\w.~-]+\/[\w.~/-]+$/.test(id) && !id.split("/").includes("..");
  const model = safe ? await fetched(`catalog/v1/models/${id}.json`).catch(() => null) : null;
  if (model?.moved) return load(key.replace(id, model.moved.id)); // an id that changed
  if (!model) return { key, problem: `No model “${id.slice(0, 80)}” in the catalog.` };
  if (key === id) {
    if (!model.offerings.length) return { key, problem: `${model.name} is served nowhere.` };
    return { key, model, offering: model.offerings[0] };
  }
  const offering = model.offerings.find((o) => o.key === key);
  if (offering) return { key, model, offering };
  const near = nearest(key, model.offerings.map((o) => o.key));
  return { key, model, problem: `No offering “${key.slice(0, 120)}”.`, near };
}

async function main() {
  if (asked.length === 0) return say([{ problem: "Nothing is chosen yet. Tick two to six rows in the explorer, then press Compare." }], []);
  const columns = await Promise.all(asked.slice(0, MOST).map(load));
  const problems = columns.filter((c) => c.problem);
  if (asked.length > MOST) problems.push({ problem: `${MOST} are shown at most; ${asked.length - MOST} left out.` });
  for (const p of problems) {
    if (p.model || !p.key) continue;
    const index = await fetched(`${place.dataset.search}`).catch(() => null);
    if (index) p.near = nearest(modelOf(p.key), index.models.map((m) => m[0]));
  }
  say(problems, columns.filter((c) => c.offering));
  return undefined;
}

function say(problems, columns) {
  place.replaceChildren();
  render(html`
    ${problems.map((p) => html`<p class="x-note" role="alert">${p.problem}${p.near?.length ? html` Did you mean ${p.near.map((n, i) => html`${i ? ", " : ""}<a href=${swapped(p.key, n)}>${n}</a>`)}?` : nothing}</p>`)}
    ${columns.length ? compared(columns) : nothing}
    <p><a href="${root}explorer/${columns.length ? `?pick=${columns.map((c) => c.offering.key).join(",")}` : ""}">Choose in the explorer</a></p>`, place);
}

const swapped = (old, now) => `?o=${asked.map((k) => (k === old ? now : k)).join(",")}`;
const without = (key) => `?o=${asked.filter((k) => k !== key).join(",")}`;

function compared(columns) {
  const fields = [];
  const seen = new Map();
  for (const { model, offering } of columns) {
    for (const fact of [...offering.facts, ...model.facts]) if (!seen.has(fact.field)) { seen.set(fact.field, fact.label); fields.push(fact.field); }
  }
  const groups = new Map();
  for (const field of fields) {
    const group = groupOf(field);
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(field);
  }
  groups.get("Prices")?.sort((a, b) => rank(a).localeCompare(rank(b)));
  const factOf = (column, field) => [...column.offering.facts, ...column.model.facts].find((f) => f.field === field);
  const sections = ["Prices", "Limits", "Capabilities", "Life", "Other"].filter((g) => groups.has(g));
  let only = new URLSearchParams(location.search).has("only");
  const draw = () => render(html`
    <label class="x-choice x-only"><input type="checkbox" .checked=${only} @change=${(e) => { only = e.target.checked; remember(only); draw(); }}> only what differs</label>
    <div class="x-scroll x-comparison" role="region" aria-label="Comparison" tabindex="0"><table class="x-compared">
      <thead><tr><th scope="col">What</th>${columns.map((c) => html`<th scope="col"><a href="${root}models/${c.model.id}/#${c.offering.anchor}" dir="auto">${c.model.name}</a><small>${c.offering.provider}, ${c.offering.channel}${c.offering.served ? `, ${c.offering.served}` : ""}</small><a class="x-out" href=${without(c.key)} aria-label="Take out ${c.model.name} at ${c.offering.provider}">×</a></th>`)}</tr></thead>
      ${sections.map((group) => {
        const rows = groups.get(group).map((field) => [field, columns.map((c) => factOf(c, field))]).map(([field, facts]) => [field, facts, differs(facts)]).filter(([, , d]) => d || !only);
        return rows.length ? html`<tbody><tr><th scope="colgroup" colspan=${columns.length + 1}>${group}</th></tr>${rows.map(([field, facts, d]) => html`<tr class=${d ? "x-differs" : ""}><th scope="row">${seen.get(field)}${d ? html`<span class="x-hidden"> (differs)</span>` : nothing}</th>${facts.map((f, i) => cell(f, columns[i]))}</tr>`)}</tbody>` : nothing;
      })}
    </table></div>`, target);
  const target = document.createElement("div");
  draw();
  return target;
}

function remember(only) {
  const params = new URLSearchParams(location.search);
  if (only) params.set("only", "differences");
  else params.delete("only");
  history.replaceState(null, "", `?${decodeURIComponent(params.toString())}`);
}

const cell = (fact, { model, offering }) => html`<td>${fact ? html`${fact.text}${fact.mark ? html`<a class="standing standing-${fact.mark.toLowerCase()}" href="${root}models/${model.id}/#${offering.anchor}" aria-label="${fact.standing}; see its claims" title=${fact.standing}>${fact.mark}</a>` : nothing}` : html`<span class="x-no">—</span>`}</td>`;

/** Whether two values that are known are not the same; unknown is no difference. */
const differs = (facts) => new Set(facts.filter((f) => f && f.value !== null).map((f) => f.text)).size > 1;

const METERS = ["input", "cache_read", "cache_write", "output", "reasoning"];

/** Where a field comes in its group: the plain prices first, then those of other modes, each by meter. */
function rank(field) {
  const [, mode = "", meter] = /^price\.(?:(\w+)\.(?!per_))?(\w+)/.exec(field) ?? [];
  if (!meter) return "";
  const known = METERS.findIndex((m) => meter.startsWith(m));
  return `${mode}/${known < 0 ? METERS.length : known}`;
}

function groupOf(field) {
  if (/^(price|uplift|window)\b/.test(field)) return "Prices";
  if (/tokens|per_minute|budget|dimensions/.test(field)) return "Limits";
  if (/^(can|effort|accepts)\./.test(field)) return "Capabilities";
  if (/^(status|retires|released|listed|replaced_by|regions)$/.test(field)) return "Life";
  return "Other";
}

main();
