// Draws the playground's state with lit-html. Untrusted text is only ever text here; output.js makes Markdown.

import { difference } from "./output.js";
import { html, nothing, render } from "./vendor/lit-html.js";
import { live } from "./vendor/directives/live.js";
import { repeat } from "./vendor/directives/repeat.js";

const seconds = (value) => `${value.toFixed(2)} s`;
const whole = (value) => value.toLocaleString("en");
const money = (value) => `$${value >= 0.01 ? value.toFixed(4) : value.toPrecision(3)}`;
const FIGURES = [
  ["first_reasoning", "First reasoning", seconds],
  ["first_answer", "First answer token", seconds],
  ["seconds", "Whole answer", seconds],
  ["answer_rate", "Answer tokens/s", (value) => value.toFixed(1)],
  ["input", "Input tokens", whole],
  ["cache_read", "of them cached", whole],
  ["output", "Output tokens", whole],
  ["reasoning", "of them reasoning", whole],
  ["cost", "Cost", money],
];
const LONG = { tools: 5, schema: 5, stop: 2 };
const HELP = {
  tools: 'A list of functions: [{"name": "weather", "description": "…", "parameters": {"type": "object", …}}]',
  schema: 'The JSON Schema the answer must satisfy: {"type": "object", "properties": {…}}',
  stop: "One for each line",
};

export function draw(bench) {
  render(page(bench), bench.root);
}

const page = (bench) => html`
  ${form(bench)} ${starting(bench.boot)}
  <p id="told" role="status">${bench.told}</p>
  <div id="panes">${repeat(bench.panes, (p) => p.id, (p) => pane(bench, p))}</div>
  ${again(bench)} ${summary(bench)} ${comparison(bench)} ${cell(bench)} ${past(bench)} ${keys(bench)} ${sheet(bench)}
`;

const starting = (boot) =>
  boot
    ? html`<div id="boot">
        <label id="step" for="bar">${boot.text ?? `${boot.what}: ${mega(boot.loaded)} of ${mega(boot.total)} MB`}</label>
        <progress id="bar" max="1" value=${boot.text || !boot.total ? nothing : boot.loaded / boot.total}></progress>
      </div>`
    : nothing;

const mega = (bytes) => (bytes / 1e6).toFixed(1);

function form(bench) {
  const submit = (event) => {
    event.preventDefault();
    bench.runAll();
  };
  const typed = (name) => (event) => {
    bench[name] = event.target.value;
    bench.changed();
  };
  const shortcut = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  const files = (list) => bench.addImages([...list].filter((file) => file.type.startsWith("image/")));
  const pasted = (event) => files(event.clipboardData?.files ?? []);
  const dropped = (event) => {
    event.preventDefault();
    files(event.dataTransfer.files);
  };
  return html`<form id="ask" @submit=${submit} @focusin=${() => bench.start().catch(() => {})}>
    <details ?open=${bench.system !== ""}>
      <summary>System prompt</summary>
      <textarea id="system" rows="2" aria-label="System prompt" .value=${live(bench.system)} @input=${typed("system")}></textarea>
    </details>
    <label for="prompt">Prompt</label>
    <textarea
      id="prompt"
      rows="4"
      placeholder="Ask once, see every model answer. {{name}} makes a variable."
      .value=${live(bench.prompt)}
      @input=${typed("prompt")}
      @keydown=${shortcut}
      @paste=${pasted}
      @drop=${dropped}
      @dragover=${(event) => event.preventDefault()}
    ></textarea>
    ${bench.names.length
      ? html`<fieldset class="row"><legend>Variables</legend>${bench.names.map(
          (name) => html`<label>${name}<input
            .value=${live(bench.variables[name] ?? "")}
            @input=${(event) => {
              bench.variables[name] = event.target.value;
              bench.changed();
            }}
          /></label>`,
        )}</fieldset>`
      : nothing}
    ${bench.images.length
      ? html`<ul class="images">${bench.images.map(
          (image, i) => html`<li>
            <img src="data:${image.media_type};base64,${image.data}" alt="" />
            <span>${image.name}</span>
            <button type="button" class="small" aria-label="Remove ${image.name}" @click=${() => {
              bench.images.splice(i, 1);
              bench.changed();
            }}>✕</button>
          </li>`,
        )}</ul>`
      : nothing}
    <details class="options">
      <summary>Parameters for all models${set(bench.options)}</summary>
      ${parameters(bench, bench.options, {}, bench.data.efforts)}
    </details>
    <div class="row actions">
      <button class="md-button md-button--primary" id="run" type="submit">Run</button>
      <button class="md-button" id="stop" type="button" ?disabled=${!bench.panes.some((p) => p.running)} @click=${() => bench.stopAll()}>Stop all</button>
      <button class="md-button" id="add" type="button" ?disabled=${bench.full} @click=${() => bench.add()}>Add a model</button>
      ${keyless(bench)}
      <label class="md-button file">Add images<input type="file" accept=${bench.data.images.join()} multiple @change=${(event) => {
        files(event.target.files);
        event.target.value = "";
      }} /></label>
      <details class="menu" @click=${picked} @keydown=${(event) => event.key === "Escape" && shut(event)} @focusout=${left}>
        <summary class="md-button">More</summary>
        <div>
          <button type="button" @click=${() => bench.share()}>Copy a link</button>
          <button type="button" @click=${() => bench.exportAs("json")}>Export as JSON</button>
          <button type="button" @click=${() => bench.exportAs("markdown")}>Export as Markdown</button>
          <button type="button" @click=${() => bench.exportAs("csv")}>Export as CSV</button>
          <label class="file">Import a run<input type="file" accept=".json,application/json" @change=${(event) => {
            if (event.target.files[0]) bench.importFrom(event.target.files[0]);
            event.target.value = "";
          }} /></label>
          <button type="button" @click=${() => bench.findLocal()}>Find servers on this machine</button>
        </div>
      </details>
    </div>
  </form>`;
}

/** For who has no key at hand: a model that runs in the page. */
function keyless(bench) {
  const row = bench.rows.get(bench.data.keyless);
  if (!row || bench.full || bench.keys.count || bench.panes.some((p) => p.row.id === row.id)) return nothing;
  return html`<button class="md-button" type="button" @click=${() => bench.addKeyless(row)}>Try without a key</button>`;
}

/** A menu closes when something in it was picked, on Escape, and when the focus leaves it. */
const shut = (event) => (event.currentTarget.open = false);
const picked = (event) => event.target.closest("button, input") && shut(event);
const left = (event) => {
  const menu = event.currentTarget;
  if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
};

const set = (options) => {
  const count = Object.values(options).filter((value) => value !== "" && value !== undefined).length;
  return count ? ` (${count} set)` : "";
};

/** Fields for the parameters of a chat; those not taken are listed with the reason. */
function parameters(bench, values, refused, efforts) {
  const fields = bench.data.parameters.filter((p) => p.name !== "images");
  const change = (name, number) => (event) => {
    const { value } = event.target;
    values[name] = number && value !== "" ? Number(value) : value;
    bench.changed();
  };
  const left = fields.filter((p) => refused[p.name]);
  return html`<div class="row fields">${fields
      .filter((p) => !refused[p.name])
      .map(({ name, label, min, max, step }) => {
        if (name === "effort") {
          return html`<label>${label}<select @change=${change(name)}>
            ${["", ...efforts].map((e) => html`<option value=${e} ?selected=${(values.effort ?? "") === e}>${e || "provider’s own"}</option>`)}
          </select></label>`;
        }
        if (LONG[name]) {
          return html`<label class="wide">${label} <small>${HELP[name]}</small><textarea rows=${LONG[name]} spellcheck="false" .value=${live(String(values[name] ?? ""))} @input=${change(name)}></textarea></label>`;
        }
        return html`<label>${label}<input type="number" min=${min ?? nothing} max=${max ?? nothing} step=${step ?? "any"} placeholder="provider’s own" .value=${live(String(values[name] ?? ""))} @input=${change(name, true)} /></label>`;
      })}</div>
    ${left.length
      ? html`<p class="quiet">Not offered: ${left.map((p, i) => html`${i ? "; " : ""}${p.label} (${refused[p.name]})`)}.</p>`
      : nothing}`;
}

// Its buttons stand above the answers: what streams must not move Stop from under the pointer.
function pane(bench, p) {
  const { left } = p.parameters(bench.options);
  if (bench.images.length && p.refused.images) left.images = p.refused.images;
  const names = Object.fromEntries(bench.data.parameters.map((x) => [x.name, x.label]));
  const efforts = p.known.efforts ?? bench.data.efforts;
  return html`<section class="pane" aria-label=${p.name}>
    <div class="row">
      <label>Provider<select class="provider" @change=${(event) => p.choose(bench.rows.get(event.target.value))}>
        ${bench.data.rows.map((row) => html`<option value=${row.id} ?selected=${row.id === p.row.id}>${row.name}</option>`)}
      </select></label>
      <label>Model<input class="model" list="models-${p.id}" autocomplete="off" spellcheck="false" placeholder=${p.models.length ? `${p.models.length} known, or any id` : "model id"} .value=${live(p.model)} @input=${(event) => {
        p.model = event.target.value.trim();
        bench.changed();
      }} /></label>
      <datalist id="models-${p.id}">${p.models.map((m) => html`<option value=${m.id}>${m.name}${m.channel && m.channel !== "direct" ? ` (${m.channel})` : ""}</option>`)}</datalist>
    </div>
    ${known(p)}
    <details class="set" ?open=${p.settings} @toggle=${(event) => (p.settings = event.target.open)}>
      <summary>Address and key</summary>
      ${p.row.places.length ? html`<div class="row places">${p.row.places.map((place) => part(bench, p, place))}</div>` : nothing}
      ${secret(bench, p)}
      <p class="quiet access">${p.row.access}</p>
      <button type="button" class="small" ?disabled=${p.testing} @click=${() => bench.test(p)}>Test connection</button>
      ${p.steps ? html`<ol class="steps">${p.steps.map((s) => html`<li class=${s.ok === false ? "bad" : "good"}><b>${s.name}:</b> ${s.seen}</li>`)}</ol>
        ${p.testing ? nothing : html`<button type="button" class="small" @click=${() => report(p)}>Copy the report</button>`}` : nothing}
    </details>
    <details class="options">
      <summary>Parameters of this model${set(p.options)}</summary>
      ${parameters(bench, p.options, p.refused, efforts)}
    </details>
    ${Object.keys(left).length
      ? html`<p class="quiet">Not sent here: ${Object.entries(left).map(([n, why], i) => html`${i ? "; " : ""}${names[n]} (${why})`)}.</p>`
      : nothing}
    <div class="row actions">
      <button class="small one" type="button" ?disabled=${!p.running} @click=${() => p.stop()}>Stop</button>
      <button class="small" type="button" ?disabled=${p.running || !p.last} @click=${() => bench.retry(p)}>Run again</button>
      <button class="small" type="button" ?disabled=${!p.model} @click=${() => bench.code(p)}>Get code</button>
      <label class="beside">View <select @change=${(event) => {
        p.setView(event.target.value);
        bench.changed();
      }}>${["markdown", "text", "json"].map((v) => html`<option ?selected=${p.view === v}>${v}</option>`)}</select></label>
      <button class="small remove" type="button" aria-label="Remove ${p.name}" @click=${() => bench.remove(p)}>Remove</button>
    </div>
    ${repeat(p.turns, (t) => t, (t, i) => turn(bench, p, t, i === p.turns.length - 1, i))}
  </section>`;
}

function known(p) {
  const m = p.known;
  if (!m.path) return nothing;
  const price = (field) => (m.prices[field] === undefined ? "?" : `$${m.prices[field]}`);
  const context = m.context_tokens ?? m.max_input_tokens;
  return html`<p class="quiet">
    <a href="../models/${m.path}">${m.name}</a>: ${price("price.input")} in, ${price("price.output")} out per million
    tokens${context ? `, ${whole(context)} tokens of context` : ""}
  </p>`;
}

const part = (bench, p, place) => {
  const change = (event) => {
    p.places = { ...p.places, [place.name]: event.target.value };
    bench.changed();
  };
  const value = p.places[place.name] ?? place.default ?? "";
  return place.choices
    ? html`<label>${place.label}<select name=${place.name} @change=${change}>${place.choices.map((c) => html`<option ?selected=${c === value}>${c}</option>`)}</select></label>`
    : html`<label>${place.label}<input name=${place.name} spellcheck="false" .value=${live(value)} @input=${change} /></label>`;
};

function secret(bench, p) {
  if (!p.row.keyed && !p.row.own) return nothing;
  const { origin } = p;
  const kept = origin ? bench.keys.get(origin) : null;
  const change = (name) => (event) => {
    const key = { secret: "", ...kept, [name]: event.target.value.trim() };
    bench.keys.set(origin, key);
  };
  const field = (name, label) => html`<label class="keyed">${label}<input
    class=${name === "secret" ? "key" : name}
    type="password"
    autocomplete="off"
    spellcheck="false"
    ?disabled=${!origin}
    placeholder=${origin ? `goes to ${origin} only` : "fill in the address first"}
    .value=${live(kept?.[name] ?? "")}
    @change=${change(name)}
    @input=${change(name)}
  /></label>`;
  const how = { bearer: "Bearer token or API key", "api-key": "API key", sigv4: "AWS access key (signature)" };
  return html`${p.row.auth.length > 1
      ? html`<label>Way in<select @change=${(event) => {
          p.auth = event.target.value;
          bench.changed();
        }}>${p.row.auth.map((a) => html`<option value=${a} ?selected=${a === p.auth}>${how[a] ?? a}</option>`)}</select></label>`
      : nothing}
    ${p.auth === "sigv4"
      ? html`${field("id", "Access key id")}${field("secret", "Secret access key")}${field("session", "Session token (if any)")}`
      : field("secret", p.row.keyed ? "Key" : "Key (if the server wants one)")}`;
}

function report(p) {
  const lines = p.steps.map((s) => `- ${s.ok === false ? "✗" : "✓"} ${s.name}: ${s.seen}`);
  const head = `${p.row.name}, ${p.model}, from ${location.origin}, ${new Date().toISOString().slice(0, 10)}, ${navigator.userAgent}`;
  navigator.clipboard.writeText([head, ...lines].join("\n"));
}

function turn(bench, p, t, last, i) {
  const words = t.question.parts.map((x) => x.text ?? (x.type === "image" ? "[image]" : "")).join(" ");
  return html`<div class="turn">
    ${i ? html`<p class="asked">${words}</p>` : nothing}
    ${t.reasoning ? html`<details class="thoughts"><summary>Reasoning</summary><div class="reasoning">${t.reasoning}</div></details>` : nothing}
    ${t.node}
    ${t.calls.map((call, n) => html`<div class="call">
      <p><b>${call.name}</b></p><pre>${call.arguments}</pre>
      ${last && !p.running ? html`<label>Its result<textarea rows="2" .value=${live(t.results[n] ?? "")} @input=${(event) => (t.results[n] = event.target.value)}></textarea></label>` : nothing}
    </div>`)}
    ${last && t.calls.length && !p.running ? html`<button class="small" type="button" @click=${() => bench.sendResults(p)}>Send the results</button>` : nothing}
    ${ending(bench, p, t, last)}
  </div>`;
}

function ending(bench, p, t, last) {
  if (t.waiting) {
    const left = Math.max(0, Math.ceil((t.waiting.until - performance.now()) / 1000));
    return html`<p class="end waiting">${t.waiting.message} Trying again in ${left} s.
      <button class="small" type="button" @click=${() => p.stop()}>Do not</button></p>`;
  }
  if (!t.end) return html`<p class="end quiet">${t.text || t.reasoning ? "…" : "Waiting for the first token …"}</p>`;
  const { type, reason, message, cause, status } = t.end;
  const failed = type === "Failed" && cause !== "stopped";
  const text =
    type === "Finished"
      ? `Finished: ${reason}`
      : cause === "stopped"
        ? "Stopped."
        : type === "Failed"
          ? `Failed (${cause}${status ? `, ${status}` : ""}): ${message}`
          : message;
  const label = t.part && bench.data.parameters.find((x) => x.name === t.part)?.label;
  return html`<div class=${failed || type === "Refused" ? "failed" : ""}>
    <p class="end">${text}</p>
    ${t.advice.length ? html`<ul class="advice">${t.advice.map((a) => html`<li><b>${a.cause}.</b> ${a.fix}</li>`)}</ul>` : nothing}
    ${last && label ? html`<button class="small" type="button" @click=${() => bench.retry(p, t.part)}>Run again without ${label}</button>` : nothing}
    ${t.metrics ? figures(t.metrics) : nothing}
  </div>`;
}

const figures = (metrics) => html`<dl class="metrics">${FIGURES.filter(([name]) => metrics[name]).map(
  ([name, label, write]) => {
    const { value, known: how, note } = metrics[name];
    return html`<dt>${label}</dt><dd>${value === null ? "—" : write(value)} <small>${how}${note ? `: ${note}` : ""}</small></dd>`;
  },
)}</dl>`;

function again(bench) {
  if (!bench.panes.some((p) => p.last?.message)) return nothing;
  const go = (event) => {
    event.preventDefault();
    const field = event.target.elements.more;
    if (field.value.trim()) bench.continueAll(field.value);
    field.value = "";
  };
  return html`<form id="more" class="row" @submit=${go}>
    <label>Go on with every model<input name="more" autocomplete="off" /></label>
    <button class="md-button" type="submit">Send</button>
  </form>`;
}

/** The least of a figure, which is marked; null where there is nothing to tell apart. */
function best(panes, name) {
  const values = panes.map((p) => p.last?.metrics?.[name]?.value ?? null);
  const there = values.filter((value) => value !== null);
  return new Set(there).size > 1 ? Math.min(...there) : null;
}

const MARKS = { seconds: "fastest", first_answer: "first", cost: "cheapest", output: "shortest" };

function summary(bench) {
  const done = bench.panes.filter((p) => p.last?.metrics);
  if (done.length < 2) return nothing;
  return html`<h2 id="summary">Side by side</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="summary"><table>
      <thead><tr><th scope="col">Figure</th>${done.map((p) => html`<th scope="col">${p.model || p.row.name}<br /><small>${p.row.name}</small></th>`)}</tr></thead>
      <tbody>${FIGURES.map(([name, label, write]) => {
        const least = MARKS[name] ? best(done, name) : null;
        return html`<tr><th scope="row">${label}</th>${done.map((p) => {
          const { value, known: how } = p.last.metrics[name] ?? { value: null, known: "not reported" };
          const mark = value !== null && value === least;
          return html`<td class=${mark ? "best" : ""}>${value === null ? "—" : write(value)} <small>${how}</small>${mark ? html` <b>${MARKS[name]}</b>` : nothing}</td>`;
        })}</tr>`;
      })}</tbody>
    </table></div>
    ${plot(done)}`;
}

/** Bars of the time to the first token and to the end; the table above says the same in numbers. */
function plot(panes) {
  const times = panes.map((p) => ({ p, first: p.last.metrics.first_answer?.value, all: p.last.metrics.seconds?.value }));
  const longest = Math.max(...times.map((t) => t.all ?? 0));
  if (!longest) return nothing;
  return html`<figure class="plot" aria-hidden="true">
    ${times.map(({ p, first, all }) => html`<div class="bar"><span>${p.model || p.row.name}</span><i
      style="width:${((all ?? 0) / longest) * 100}%;--first:${all ? ((first ?? all) / all) * 100 : 0}%"
    ></i></div>`)}
    <figcaption>Pale: waiting for the first answer token. Full: streaming. The longest is ${seconds(longest)}.</figcaption>
  </figure>`;
}

function comparison(bench) {
  const done = bench.panes.filter((p) => p.last?.text);
  if (done.length < 2) return nothing;
  const [one, other] = bench.diff?.panes ?? done;
  const choose = (which) => async (event) => {
    const panes = [one, other];
    panes[which] = done[event.target.value];
    show(panes);
  };
  const show = async (panes) => {
    bench.diff = { panes, parts: await difference(bench.vendor, panes[0].last.text, panes[1].last.text) };
    bench.changed();
  };
  const select = (which, chosen) => html`<select aria-label=${which ? "with" : "Compare"} @change=${choose(which)}>${done.map((p, i) => html`<option value=${i} ?selected=${p === chosen}>${p.name}</option>`)}</select>`;
  return html`<details class="diff" @toggle=${(event) => event.target.open && show([one, other])}>
    <summary>What differs between two answers</summary>
    <div class="row">${select(0, one)} ${select(1, other)}</div>
    <div class="compared" tabindex="0">${bench.diff?.parts ?? nothing}</div>
  </details>`;
}

function cell(bench) {
  const { cell: c } = bench;
  return html`<details class="cell" @toggle=${(event) => event.target.open && c.open()}>
    <summary>Python</summary>
    <p class="quiet">Runs here, in your browser, on the panes above: <code>await compare("…", models=[…])</code>.</p>
    ${c.place}
    <div class="row">
      <button class="small" type="button" id="cell-run" ?disabled=${c.running !== null} @click=${() => c.run()}>Run the cell</button>
      <button class="small" type="button" id="cell-stop" ?disabled=${c.running === null} @click=${() => c.stop()}>Stop the cell</button>
    </div>
    ${c.output}
  </details>`;
}

function past(bench) {
  return html`<details class="history">
    <summary>History (${bench.history.length})</summary>
    <label class="beside"><input type="checkbox" .checked=${live(bench.keepsHistory)} @change=${(event) => bench.keepHistory(event.target.checked)} /> Keep it on this device</label>
    ${bench.history.length ? html`<button class="small" type="button" @click=${() => bench.forgetHistory()}>Forget it</button>` : nothing}
    <ol>${bench.history.map((record) => html`<li>
      <button class="small" type="button" @click=${() => bench.restore(record)}>Open</button>
      ${record.made.slice(0, 16).replace("T", " ")} · ${record.panes.map((p) => p.model).join(", ")} ·
      ${record.chat.messages.at(-1).parts.map((x) => x.text ?? "").join("").slice(0, 60)}
    </li>`)}</ol>
  </details>`;
}

function keys(bench) {
  const { keys: k } = bench;
  const keep = (event) => {
    event.preventDefault();
    const place = event.target.elements.keep.value;
    const passphrase = event.target.elements.passphrase?.value ?? "";
    if (place === "device" && passphrase.length < 8) bench.told = "Choose a passphrase of at least 8 characters.";
    else {
      k.keepIn(place, passphrase);
      bench.told = { memory: "Keys stay in memory only.", tab: "Keys are kept until this tab is closed.", device: "Keys are kept on this device, encrypted." }[place];
    }
    bench.keeping = null;
    bench.changed();
  };
  const unlock = async (event) => {
    event.preventDefault();
    try {
      await k.unlock(event.target.elements.passphrase.value);
      bench.told = "The kept keys are open.";
    } catch (error) {
      bench.told = error.message;
    }
    bench.changed();
  };
  const where = bench.keeping ?? k.keep;
  const choice = (place, label) => html`<label class="beside"><input type="radio" name="keep" value=${place} .checked=${live(where === place)} @change=${() => {
    bench.keeping = place;
    bench.changed();
  }} /> ${label}</label>`;
  return html`<details class="keys">
    <summary>Keys (${k.count})${k.locked ? ", some are locked" : ""}</summary>
    <p>Each key goes only to the address it was entered for. Links and exports hold none.</p>
    <form @submit=${keep}>
      <fieldset><legend>Keep keys</legend>
        ${choice("memory", "in memory, until you leave this page")} ${choice("tab", "in this tab, until it is closed")}
        ${choice("device", "on this device, encrypted with a passphrase")}
        ${where === "device" ? html`<label>Passphrase<input type="password" name="passphrase" minlength="8" autocomplete="new-password" /></label>` : nothing}
      </fieldset>
      <button class="small" type="submit">Keep so</button>
      <button class="small" type="button" id="forget" @click=${() => {
        k.forget();
        bench.keeping = null;
        bench.told = "All keys are forgotten.";
        bench.changed();
      }}>Forget all keys</button>
    </form>
    ${k.locked ? html`<form class="row" @submit=${unlock}><label>Passphrase of the kept keys<input type="password" name="passphrase" autocomplete="current-password" /></label><button class="small" type="submit">Unlock</button></form>` : nothing}
  </details>`;
}

function sheet(bench) {
  if (!bench.sheet) return nothing;
  const { title, texts } = bench.sheet;
  const close = () => {
    bench.sheet = null;
    bench.changed();
  };
  const labels = { "python-sdk": "Python (official SDK)", python: "Python (httpx2)", javascript: "JavaScript", curl: "curl" };
  return html`<section class="sheet" aria-label=${title}>
    <div class="row"><h2>${title}</h2><button class="small" type="button" @click=${close}>Close</button></div>
    ${Object.entries(texts).map(([name, text], i) => html`<details name="code" ?open=${i === 0}>
      <summary>${labels[name] ?? name}</summary>
      <button class="small" type="button" @click=${() => navigator.clipboard.writeText(text)}>Copy</button>
      <pre tabindex="0"><code>${text}</code></pre>
    </details>`)}
  </section>`;
}
