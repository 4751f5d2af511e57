// Two to six offerings or models side by side, from the JSON each model's page publishes.
// The address says which: `?o=azure/global/openai/gpt-5,openai/gpt-5`, an offering's key, or a model's id for
// its best-known offering.

import { html, nothing, render } from "lit-html";
import { meanings, unsettled } from "../site/asked.mjs";
import { element } from "../site/element.mjs";
import { modelOf } from "../site/keys.mjs";
import { differs, grouped } from "./facts.mjs";
import { nearest } from "./nearest.mjs";
import { qualityFacts } from "./quality.mjs";

/** @import { Fact, Model, Moved } from "../types/api.js" */
/** @import { At, Compared, Problem } from "../types/explorer.js" */

const MOST = 6;
const place = element(document, "#compared", HTMLElement);
const { root = "" } = place.dataset;
const address = new URLSearchParams(location.search);
const asked = [
  ...new Set(
    (address.get("o") ?? "")
      .split(",")
      .map((k) => k.trim())
      .filter(Boolean),
  ),
];

/** @template T @param {string} path @returns {Promise<T | null>} */
async function fetched(path) {
  const response = await fetch(root + path);
  return response.ok ? response.json() : null;
}

/** @param {string} key @returns {Promise<Compared | Problem>} */
async function load(key) {
  const id = modelOf(key);
  const safe = /^[\w.~-]+\/[\w.~/-]+$/.test(id) && !id.split("/").includes("..");
  /** @type {Model | Moved | null} */
  const model = safe ? await fetched(`catalog/v1/models/${id}.json`).catch(() => null) : null;
  if (!model) return loadMeant(key);
  if ("moved" in model) return load(key.replace(id, model.moved.id)); // an id that changed
  if (key === id) {
    if (!model.offerings.length) return { key, problem: `${model.name} is served nowhere.` };
    return { key, model, offering: model.offerings[0] };
  }
  const offering = model.offerings.find((o) => o.key === key);
  if (offering) return { key, model, offering };
  const near = nearest(
    key,
    model.offerings.map((o) => o.key),
  );
  const hint = near.length ? " Did you mean one of these?" : "";
  return { key, model, problem: `No offering “${key.slice(0, 120)}”.${hint}`, near };
}

/**
 * What is meant by a name that is no id as it stands.
 * @param {string} typed @returns {Promise<Compared | Problem>}
 */
async function loadMeant(typed) {
  const [means] = await meanings(root, [typed]).catch(() => [null]);
  const problem = `No model “${typed.slice(0, 80)}” in the catalog.`;
  if (!means) return { key: typed, problem };
  const near = means.choices.length ? means.choices : means.near;
  if (!means.name) return { key: typed, problem: unsettled(typed, means), near };
  if (means.key) return means.key === typed ? { key: typed, problem } : load(means.key);
  /** @type {Model | null} */
  const model = await fetched(`catalog/v1/models/${means.model}.json`).catch(() => null);
  const { provider } = means;
  const offering = model?.offerings.find(({ key }) => !provider || key.startsWith(`${provider}/`));
  return model && offering ? { key: offering.key, model, offering } : { key: typed, problem };
}

async function main() {
  if (asked.length === 0) {
    const problem = "Nothing is chosen yet. Tick two to six rows in the explorer, then press Compare.";
    return show([{ problem }], []);
  }
  const loaded = await Promise.all(asked.slice(0, MOST).map(load));
  const problems = loaded.filter((c) => "problem" in c);
  if (asked.length > MOST) {
    problems.push({ problem: `${MOST} are shown at most; ${asked.length - MOST} left out.` });
  }
  rename(loaded.map(({ key }) => key ?? ""));
  return show(
    problems,
    loaded.filter((c) => "offering" in c),
  );
}

/** Put the address right where a name was spelled otherwise. @param {string[]} keys of what is shown */
function rename(keys) {
  const now = [...new Set(keys), ...asked.slice(MOST)];
  if (now.join(",") === asked.join(",")) return;
  asked.splice(0, asked.length, ...now);
  address.set("o", now.join(","));
  history.replaceState(null, "", `?${decodeURIComponent(address.toString())}`);
}

/** @param {Problem[]} problems @param {Compared[]} columns */
function show(problems, columns) {
  const pick = columns.length ? `?pick=${columns.map((c) => c.offering.key).join(",")}` : "";
  place.replaceChildren();
  render(
    html`
    ${problems.map((p) => html`<p class="x-note" role="alert">${p.problem}${meant(p)}</p>`)}
    ${columns.length ? compared(columns) : nothing}
    <p><a href="${root}explorer/${pick}">Choose in the explorer</a></p>`,
    place,
  );
}

/** @param {Problem} problem */
function meant({ key, near }) {
  if (!near?.length) return nothing;
  const links = near.map((n, i) => html`${i ? ", " : ""}<a href=${swapped(key, n)}>${n}</a>`);
  return html` ${links}`;
}

/** @param {string | undefined} old @param {string} now */
const swapped = (old, now) => `?o=${asked.map((k) => (k === old ? now : k)).join(",")}`;
/** @param {string} key */
const without = (key) => `?o=${asked.filter((k) => k !== key).join(",")}`;

/** @param {Compared[]} columns */
function compared(columns) {
  const groups = grouped(columns.flatMap(facts));
  let only = address.has("only");
  const change = (/** @type {At<HTMLInputElement>} */ e) => {
    only = e.currentTarget.checked;
    remember(only);
    draw();
  };
  const draw = () =>
    render(
      html`
    <label class="x-choice x-only"><input type="checkbox" .checked=${only}
      @change=${change}> only what differs</label>
    <div class="x-scroll x-comparison" role="region" aria-label="Comparison" tabindex="0"><table
      class="x-compared">
      <thead><tr><th scope="col">What</th>${columns.map(head)}</tr></thead>
      ${groups.map(({ group, labels }) => section(columns, group, labels, only))}
    </table></div>`,
      target,
    );
  const target = document.createElement("div");
  draw();
  return target;
}

/** All that is known of a column, where it is served and of the model. @param {Compared} column */
const facts = ({ model, offering }) => [...offering.facts, ...model.facts, ...qualityFacts(model)];

/** @param {Compared} column */
function head({ key, model, offering }) {
  const { anchor, channel, provider, served } = offering;
  return html`<th scope="col"><a href="${root}models/${model.id}/#${anchor}"
    dir="auto">${model.name}</a><small>${provider}, ${channel}${served ? `, ${served}` : ""}</small><a
    class="x-out" href=${without(key)} aria-label="Take out ${model.name} at ${provider}">×</a></th>`;
}

/**
 * @param {Compared[]} columns @param {string} group @param {Map<string, string>} labels by field
 * @param {boolean} only only what differs
 */
function section(columns, group, labels, only) {
  const rows = [...labels]
    .map(([field, label]) => {
      const known = columns.map((column) => facts(column).find((f) => f.field === field));
      return { label, known, differing: differs(known) };
    })
    .filter(({ differing }) => differing || !only);
  if (!rows.length) return nothing;
  const drawn = rows.map(
    ({ label, known, differing }) => html`<tr class=${differing ? "x-differs" : ""}><th
    scope="row">${label}${differing ? html`<span class="x-hidden"> (differs)</span>` : nothing}</th
    >${known.map((f, i) => cell(f, columns[i]))}</tr>`,
  );
  return html`<tbody><tr><th scope="colgroup"
    colspan=${columns.length + 1}>${group}</th></tr>${drawn}</tbody>`;
}

/** @param {boolean} only only what differs */
function remember(only) {
  const params = new URLSearchParams(location.search);
  if (only) params.set("only", "differences");
  else params.delete("only");
  history.replaceState(null, "", `?${decodeURIComponent(params.toString())}`);
}

/** @param {Fact | undefined} fact @param {Compared} column */
function cell(fact, { model, offering }) {
  if (!fact) return html`<td><span class="x-no">—</span></td>`;
  const { by_hour: hours, mark, page, standing, text } = fact;
  const letter =
    mark &&
    html`<a class="letter letter-${mark.toLowerCase()}"
    href="${root}models/${model.id}/#${offering.anchor}" aria-label="${standing}; see its claims"
    title=${standing}>${mark}</a>`;
  const value = page ? html`<a href="${root}${page.slice(1)}">${text}</a>` : (hours?.text ?? text);
  const note = hours ? html`<small class="by-hour">by the hour</small>` : nothing;
  return html`<td>${value}${letter || nothing}${note}</td>`;
}

main();
