// The catalog as the explorer reads it: columns of codes into lists of values. A row is its number; a
// cell is `[sorted by, standing's letter, text where it is not the number itself]`, or null where unknown.

const MONEY = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 20 });
const COUNT = new Intl.NumberFormat("en-US");
export const UNKNOWN = "—";

export const [SMALL, MEDIUM, WIDE] = [0, 1, 2];

/** What can be shown, in the order it is shown; by default what fits: `from` a small, a medium or a wide window on. */
export const COLUMNS = [
  { id: "model", label: "Model", width: 200, from: SMALL },
  { id: "provider", label: "Provider", width: 150, from: WIDE },
  { id: "channel", label: "Channel", width: 115, from: WIDE },
  { id: "kind", label: "Kind", width: 110 },
  { id: "context", label: "Context", width: 125, number: true, from: MEDIUM },
  { id: "output_limit", label: "Output limit", width: 120, number: true },
  { id: "input", label: "Input $", width: 95, number: true, money: true, from: SMALL },
  { id: "cached", label: "Cached $", width: 95, number: true, money: true, from: WIDE },
  { id: "output", label: "Output $", width: 95, number: true, money: true, from: SMALL },
  { id: "batch_input", label: "Batch input $", width: 130, number: true, money: true },
  { id: "batch_output", label: "Batch output $", width: 140, number: true, money: true },
  { id: "status", label: "Status", width: 120 },
  { id: "retires", label: "Retires", width: 120, from: MEDIUM },
  { id: "regions", label: "Regions", width: 170 },
  { id: "weights", label: "Open weights", width: 130 },
  { id: "licence", label: "Licence", width: 140 },
];

export class Offerings {
  /** @param data explorer.json; @param today an ISO date, which decides what is soon. */
  constructor(data, today) {
    this.data = data;
    for (const column of Object.values(data.columns)) column.codes = numbers(column.codes);
    const { values, names, runs } = data.models;
    data.columns.model = { values, codes: Uint32Array.from([...numbers(runs)].flatMap((n, code) => Array(n).fill(code))) };
    this.names = new Map(values.map((id, i) => [id, names[i]]));
    this.today = today;
    this.soon = later(today, 183);
    this.count = data.columns.model.codes.length;
    this.columns = [
      ...COLUMNS,
      ...Object.entries(data.capabilities).map(([id, label]) => ({ id, label, width: 120, capability: true })),
    ];
    this.byId = new Map(this.columns.map((c) => [c.id, c]));
    this.ids = null;
    this._haystacks = null;
  }

  cell(row, column) {
    const { values, codes } = this.data.columns[column];
    return values[codes[row]];
  }

  /** The rows as they come before a reader sorts: each model at its lab's own API, those to be had at most places
   *  first; then the other places, model by model. */
  order() {
    const { codes } = this.data.columns.model;
    const places = new Uint32Array(this.data.columns.model.values.length);
    for (const code of codes) places[code] += 1;
    const apart = (row) => (this.cell(row, "channel") === "direct" ? 0 : 1);
    return Array.from({ length: this.count }, (_, i) => i).sort(
      (a, b) => apart(a) - apart(b) || places[codes[b]] - places[codes[a]] || codes[a] - codes[b] || a - b,
    );
  }

  model(row) { return this.cell(row, "model"); }
  lab(row) { const id = this.model(row); return id.slice(0, id.indexOf("/")); }
  modelName(row) { return this.names.get(this.model(row)); }
  labName(id) { return this.data.labs[id] ?? id; }
  providerName(id) { return this.data.providers[id] ?? id; }
  channelName(id) { return this.data.channels[id] ?? id; }
  served(row) { return [this.cell(row, "version"), this.cell(row, "variant")].filter(Boolean).join(", "); }

  key(row) {
    const [version, variant] = [this.cell(row, "version"), this.cell(row, "variant")];
    const tail = (version && `@${version}`) + (variant && `:${variant}`);
    return `${this.cell(row, "provider")}/${this.cell(row, "channel")}/${this.model(row)}${tail}`;
  }

  /** Where on its model's page the offering's claims stand; views.anchor in Python. */
  anchor(row) {
    const tail = this.key(row).replace(`/${this.model(row)}`, "").toLowerCase();
    return tail.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  /** Where a cell stands in its column's order; undefined where unknown, which always comes last. */
  rank(row, column) {
    this._ranks ??= {};
    this._ranks[column] ??= this._ranked(column);
    return this._ranks[column][this.data.columns[column].codes[row]];
  }

  _ranked(column) {
    const named = { model: (id) => this.names.get(id), provider: (id) => this.providerName(id), channel: (id) => this.channelName(id) }[column];
    const { values } = this.data.columns[column];
    const keys = values.map((v) => {
      const key = named ? named(v) : (v?.[0] ?? undefined);
      return Array.isArray(key) ? key.length : typeof key === "string" ? key.toLowerCase() : key;
    });
    const order = [...new Set(keys)].filter((k) => k !== undefined).sort((a, b) => (a < b ? -1 : 1));
    const place = new Map(order.map((key, i) => [key, i]));
    return keys.map((key) => place.get(key));
  }

  /** For each row whether it has a capability: 0 unknown, 1 yes, 2 no. */
  supports(capability) {
    this._supports ??= {};
    const { values, codes } = this.data.columns[capability];
    const supports = values.map((v) => ({ yes: 1, no: 2 })[v?.[0]] ?? 0);
    this._supports[capability] ??= Uint8Array.from(codes, (code) => supports[code]);
    return this._supports[capability];
  }

  /** A cell as a reader sees it. */
  text(row, column) {
    if (column === "model") return this.modelName(row);
    if (column === "provider") return this.providerName(this.cell(row, "provider"));
    if (column === "channel") return this.channelName(this.cell(row, "channel"));
    return written(this.cell(row, column), this.byId.get(column));
  }

  /** What a search looks in: names, ids, and the ids it is called by once they are there. */
  haystack(row) {
    this._haystacks ??= Array.from({ length: this.count }, (_, i) =>
      [
        this.modelName(i), this.model(i), this.labName(this.lab(i)), this.providerName(this.cell(i, "provider")),
        this.cell(i, "provider"), this.channelName(this.cell(i, "channel")), this.served(i), this.ids?.[i] ?? "",
      ].join(" ").toLowerCase(),
    );
    return this._haystacks[row];
  }

  /** The ids come after the first view: a search looks in them from then on. */
  know(ids) {
    this.ids = ids;
    this._haystacks = null;
  }

  /** When the offering ends, as a facet counts it. */
  ending(row) {
    const day = this.cell(row, "retires")?.[0];
    if (!day) return "unknown";
    if (day <= this.today) return "past";
    return day <= this.soon ? "soon" : "later";
  }
}

export function written(cell, column) {
  if (!cell) return UNKNOWN;
  const [value, , text] = cell;
  if (text) return text;
  if (value === null) return UNKNOWN;
  if (Array.isArray(value)) return value.length <= 2 ? value.join(", ") : `${value.length} regions`;
  if (column?.money) return `$${MONEY.format(value)}`;
  return typeof value === "number" ? COUNT.format(value) : value;
}

/** The codes of a column: a character each, from `#` on, halves of pairs left out (explorer.py). */
function numbers(text) {
  const codes = [];
  for (const character of text) {
    const point = character.codePointAt(0);
    codes.push((point < 0xd800 ? point : point - 0x800) - 35);
  }
  return Uint32Array.from(codes);
}

export const counted = (n) => COUNT.format(n);

function later(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
