// What the pages read that ask the catalog: their data, and playground.advisor's questions and answers.

import type { TemplateResult } from "lit-html";
import type { Mark } from "./api.js";
import type { Observed } from "./evaluate.js";
import type { Resolution } from "./site.js";

/** What a part of a need holds, as it was typed or as Python has read it. */
export type PartValue = string | number | boolean | string[] | Record<string, number>;

/** A need, part by part. */
export type Parts = Record<string, PartValue | undefined>;

/** By which control a page asks for a part; playground/need/form.py says what each is. */
export type ControlName =
  "number" | "share" | "weight" | "tick" | "ticks" | "choice" | "text" | "list" | "lines";

/** What may be chosen: its id, and what it is called. */
export type Choice = [id: string, name: string];

/** A part of a need as a page asks for it; made in generator/exports/form.py. */
export interface FormPart {
  name: string;
  control: ControlName;
  label?: string;
  note?: string;
  placeholder?: string;
  usual?: string;
  needs?: string;
  /** The part is nought where one of these is given and it is not. */
  beside?: string[];
  most?: number;
  choices?: Choice[];
  fieldsets?: { legend: string; choices: Choice[] }[];
}

/** A heading with the parts below it; `link` is a page of the site, and what the link says. */
export interface FormSection {
  id: string;
  title: string;
  open: boolean;
  note?: string;
  link?: [path: string, text: string];
  parts: FormPart[];
}

/** Part → what is being typed into its control. */
export type Drafts = Record<string, string>;

/** What the controls hold: what is asked, what is being typed, what is wrong; empty takes a part away. */
export interface Holder {
  values: Readonly<Record<string, PartValue | undefined>>;
  drafts: Drafts;
  faults: Readonly<Record<string, string>>;
  /** What to do about what is wrong, by part. */
  ways?: Readonly<Record<string, TemplateResult>>;
  /** What the kind of model cannot have: parts, each with the values that ask nothing, or none for all. */
  idle?: Idle;
  /** What is said at such a part. */
  unasked?: string;
  set(name: string, value: string | string[] | boolean): void;
}

/** Parts that ask nothing of a kind of model, each with the values that do not; with none the whole part. */
export type Idle = Readonly<Record<string, readonly string[]>>;

/** A need by name, as docs/catalog/needs.yml describes it. */
export interface NamedNeed {
  id: string;
  title: string;
  said: string;
  why: string;
  need: Parts;
}

/** choose.json; made in generator/exports/chooser.py. `lists` are the parts that hold several values. */
export interface ChooserData {
  needs: NamedNeed[];
  form: FormSection[];
  lists: string[];
  /** What asks nothing of a model, by its kind. */
  idle: Record<string, Idle>;
  /** What puts an offering out, in full, by the constraint's name as far as its colon. */
  reasons: Record<string, string>;
  models: { shown: number; most: number };
  /** Results that the site's owner publishes. */
  evaluations: { id: string; source: string }[];
}

/** A part of what was asked that cannot be read. */
export interface Fault {
  part: string;
  message: string;
  typed?: string;
  meant?: [string, string][];
}

/** A meter of a bill: a count of `unit`, in dollars. */
export interface BillLine {
  mode: string;
  meter: string;
  unit: string;
  label: string;
  count: number;
  usd_per_unit: number | null;
  usd: number | null;
  /** The dearest, where the price goes by a grade that nobody named. */
  usd_per_unit_most?: number;
  usd_most?: number;
  /** What a unit costs and what all cost, as a reader sees it. */
  price: string;
  cost: string;
}

/** A month's bill in dollars; `high` is null where nobody states a price. */
export interface Month {
  low: number;
  high: number | null;
  /** Whether it goes from the cheapest hours to the dearest, as no hour is given. */
  by_hour: boolean;
  lines: BillLine[];
}

/** A score and where it is published. */
export interface Score {
  score: number;
  series: string;
  run: string;
  evidence: string;
  by: string;
  as_of: string;
  link: string;
}

/** Whether a constraint holds, and by which fact; `by` and `links` where the claims are at hand. */
export interface Verdict {
  constraint: string;
  holds: "yes" | "no" | "unknown";
  said: string;
  field: string;
  label: string;
  mark: Mark | "";
  by?: string[];
  links?: string[];
}

/** An offering as it is named in a list. */
export interface Named {
  offering: string;
  model: string;
  anchor: string;
  name: string;
  cost: string;
}

/**
 * A model that is left, at its best place; `call` is how the playground calls it, or empty, `then` what
 * it will cost from a day on that is announced, and `behind` why it stands behind one that it seems to beat.
 */
export interface Left extends Named {
  place: string;
  lab: string;
  provider: string;
  call: string;
  /** Why the playground does not call it; empty where it does. */
  no_call: string;
  then: string;
  month: Month | null;
  front: boolean;
  behind?: string;
  wished: number;
  verdicts: Verdict[];
  region?: string;
  /** What it costs from a day on, or, where the cost is that of then, until that day. */
  coming?: { day: string; month: Month; until?: true }[];
  ability?: Ability;
  score?: Score;
}

/** Whom one missing fact keeps from the first place. */
export interface Pending extends Named {
  doubt: string;
}

/** A place of a model; `out` is the constraint that it does not meet. */
export interface ModelPlace {
  offering: string;
  model: string;
  anchor: string;
  place: string;
  cost: string;
  out?: string;
}

/** An offering that is out, and why. */
export interface Out {
  offering: string;
  model: string;
  anchor: string;
  name: string;
  said: string;
  field: string;
}

/** All that a constraint puts out: not asked yet, null where no answer came; how many of them stand. */
export interface Listed {
  rows?: Out[] | null;
  shown: number;
  whole: boolean;
  busy: boolean;
}

/** An offering whose provider says nothing of `ask`, the constraints; `page` is of its rules or its help. */
export interface ToAsk {
  offering: string;
  model: string;
  provider: string;
  anchor: string;
  name: string;
  ask: string[];
  page?: string;
}

/** Who is left out though nobody asked for that; `include` are the parts of a need that let them in. */
export interface LeftOut {
  count: number;
  sentence: string;
  included: boolean;
  include: Parts;
  groups: { constraint: string; phrase: string; count: number; include: Parts; offerings: Out[] }[];
}

/** Two neighbours, and when the second goes before the first. */
export interface Swap {
  first: string;
  second: string;
  when: string[];
}

/** Constraints without which somebody is left, and by how much to give way in those that have an amount. */
export interface Relaxation {
  without: string[];
  leaves: number;
  enough: Record<string, number>;
}

/**
 * A model of which no public test says where it stands, at its cheapest place; `before` is the tested model
 * before it, with its tier (1 is the best) of how many, and its ability in words; `unknown` are the constraints
 * of which nobody says whether it meets them.
 */
export interface Untested extends Named {
  why: string;
  unknown: string[];
  call: string;
  before?: { model: string; name: string; tier: number; tiers: number; ability: string };
}

/** Where a figure lies with 80 % probability. */
export interface Interval {
  low: number;
  middle: number;
  high: number;
}

/** Why the first stands before the second, how sure that is (0 to 1), and what would turn or settle it. */
export interface Head {
  sentences: string[];
  claim: string;
  odds: number | null;
  closes: string[];
  settles: string[];
  /** The probability that the first is as able as asked. */
  able: number | null;
}

/**
 * Two models in a row and the one that they are weighed against, by offering: shares (0 to 1) at the
 * difficulty of a benchmark, dollars a month, and dollars for each solved request. `calls` are how the
 * playground calls the two.
 */
export interface Cascade {
  sentences: string[];
  small: string;
  large: string;
  instead_of: string;
  benchmark: string;
  needed: number;
  solves: Interval;
  odds: number;
  cost: Interval;
  right: number;
  right_instead: number;
  each: number;
  each_instead: number;
  calls: string[];
}

/** How able a model is: where it lies with 80 % probability, by which kind of evidence, and both in words. */
export interface Ability {
  low?: number;
  middle?: number;
  high?: number;
  proof: string;
  of_task: boolean;
  text: string;
  why: string;
  /** How likely it is as able as asked, where that is not sure. */
  enough?: string;
}

/** Who is left of a need and who is out; `places` come with an answer that was made with the site. */
export interface Answer {
  catalog: string;
  /** The catalog's day. */
  as_of: string;
  /** The day from which ends are counted. */
  date: string;
  need: { benchmark: string; [part: string]: PartValue | null };
  said: Parts;
  /** Which parts of what was asked the kind of model cannot have; empty where there are none. */
  idle: string;
  faults: Fault[];
  models: Left[];
  left: number;
  left_models: number;
  total: number;
  unscored: number;
  /** Why the first is first and how sure that is; null where nobody is left. */
  head: Head | null;
  /** Two models in a row, where that costs less than one. */
  cascade: Cascade | null;
  /** What the order rests on, in sentences. */
  evidence: string[];
  /** The probability that the first is worth more than the second. */
  sure: number | null;
  untested: { count: number; then: string; offerings: Untested[] };
  runs: string;
  spread: { share: number; offering: string }[];
  unknown: Record<string, number>;
  eliminated: Record<string, { count: number; offerings: Out[] }>;
  left_out: LeftOut;
  to_ask: { count: number; offerings: ToAsk[] };
  conflict: string[];
  relaxations: Relaxation[];
  remedies: string[];
  /** Where nobody is left, the models of whom the need names that fail least, and what each lacks. */
  nearest: { offering: string; model: string; anchor: string; name: string; lacks: string }[];
  /** Amounts of a part of the need at which two offerings change places; `between` with 80 %, or exact. */
  flips?: {
    input: string;
    at: number;
    between: [number | null, number | null] | null;
    better_above: string;
    better_below: string;
  }[];
  /** When neighbours would change places, what these are called, and who waits for a fact: asked for later. */
  swaps?: Swap[];
  names?: Record<string, string>;
  pending?: Pending[];
  /** What rests on the reader's own cases, where a question brought results of any. */
  own?: OwnAnswer;
  places?: Record<string, ModelPlace[]>;
}

/** A result of the reader's own cases in figures with their 95 % intervals, and the interval in shares. */
export interface OwnFigures {
  name: string;
  /** The row of the playground's page where it ran; empty where that is not known. */
  where: string;
  rate: string;
  low: number;
  high: number;
  estimate: number | null;
  /** What an accepted answer costs: the estimate with its limits, and each alone. */
  cost: string;
  each: string;
  limits: string;
  speed: string;
  output: string;
  parameters: string;
}

/** A model with results at a place that meets the need. */
export interface OwnPlace extends Left {
  meets: "surely" | "perhaps" | "surely not";
  /** Whether the cases were asked at this place. */
  ran_here: boolean;
  /** The output tokens of an answer that its month is billed by; null where those are the need's. */
  measured: number | null;
  own: OwnFigures;
}

/** The part of an answer that rests on the reader's own cases; made in playground/decide/own/own_json.py. */
export interface OwnAnswer {
  heading: string;
  /** Who publishes the results; empty for the reader's own. */
  author: string;
  source: string;
  /** The least share that must pass, 0 where none is asked. */
  floor: number;
  floor_text: string;
  head: string[];
  dataset: string;
  prompts: string;
  catalog: string;
  /** How many offerings and models with results are left. */
  left: number;
  left_models: number;
  models: OwnPlace[];
  under: OwnPlace[];
  out: { constraint: string; reason: string; own: OwnFigures }[];
  elsewhere: OwnFigures[];
}

/** Offering → field → who says it, for a decision record. */
export type RecordClaims = Record<string, Record<string, { source: string; link?: string }[]>>;

/** A month's work at one offering: its bill, and in dollars what would save and what it cost before. */
export interface Bill extends Named {
  place: string;
  month: Month | null;
  savings: { way: string; cost: string; usd: number }[];
  hours: { hours: string; cost: string }[];
  note: string;
  /** The output tokens of an answer that the reader's own cases had, where the bill counts these. */
  measured: number | null;
  coming: { day: string; cost: string; usd: number | null }[];
  regions: string[];
  past: { when: string; day: string; cost: string; usd: number | null }[];
}

/** Bills, the cheapest first. */
export interface Bills {
  bills: Bill[];
  faults: Fault[];
  catalog: string;
  date: string;
}

/** Part of a month's work → what its control holds. */
export type Work = Record<string, string>;

/** bill.json; made in generator/pages/bill.py. */
export interface BillData {
  work: Record<string, number>;
  names: string[];
  answer: Bills;
  form: FormSection[];
  /** How many are compared at once. */
  most: number;
  models: Record<string, string>;
}

/** A usage export as a month's work; `size` is tokens of input a request where it counts no requests. */
export interface Usage {
  work: Record<string, string | number>;
  format: string;
  rows: number;
  left_out: number;
  days: number | null;
  requests_known: boolean;
  models: string[];
  size: number;
}

/** Which of two. */
export type Which = "a" | "b";

/** One of two that are compared, at the place that speaks for it. */
export interface Side {
  model: string;
  name: string;
  lab: string;
  offering: string;
  place: string;
  anchor: string;
  places: number;
  scores: number;
}

/** What a provider says of itself, with its words, their page and the day they were read. */
export interface Statement {
  value: string;
  channels?: string[];
  note?: string;
  quote: string;
  url: string;
  read: string;
}

/** A fact of an offering or a model, that a sentence rests on. */
export interface CitedFact {
  of: string;
  field: string;
  value: PartValue;
  mark: Mark | "";
  stated?: Statement;
}

/** A sentence that compares. */
export interface Sentence {
  rule: string;
  text: string;
  facts: CitedFact[];
}

/** Which of two is for most; made in playground/versus/versus_json.py. `side` is empty where neither is. */
export interface PairVerdict {
  most: string | null;
  side: Which | "";
  sure: "sure" | "likely" | "cannot tell";
  rule: string;
  head: string;
  sure_text: string;
  why: Sentence[];
  when: Partial<Record<Which, string>>;
  notes: Sentence[];
  month: Record<Which, string> & { work: Record<string, string | number>; text: string };
}

/** A field of both. */
export interface FigureRow extends Record<Which, { text: string; mark: Mark | "" }> {
  field: string;
  label: string;
}

/** One side's score of a test. */
export interface SideScore {
  score: string;
  interval: string;
  evidence: string;
  by: string;
  as_of: string;
  link: string;
}

/** A test that has a score of both; `differs` is what of the runs is not alike, empty where all is. */
export interface ScoreRow extends Record<Which, SideScore> {
  benchmark: string;
  test: string;
  series: string;
  evidence: string;
  differs: string[];
  better: Which | "";
}

/** Two models or offerings compared; made in playground/versus/versus_json.py. */
export interface Pair extends Record<Which, Side> {
  verdict: PairVerdict;
  for_a: Sentence[];
  for_b: Sentence[];
  same: Sentence[];
  side_by_side: FigureRow[];
  scores: ScoreRow[];
  /** Results of the reader's own cases, where a question brought any. */
  own?: { source: string; author: string } & Record<Which, OwnFigures[]>;
  unknown: Record<Which, string[]>;
}

/** versus.json: every model by name, and those whose pairs have pages; made in generator/pages/versus.py. */
export interface VersusData {
  models: Record<string, string>;
  pages: string[];
  /** The parts of a month's work that may be other than usual. */
  work: WorkPart[];
}

export interface WorkPart {
  name: string;
  label: string;
  usual: string;
}

/** When something retires: days (YYYY-MM-DD), and how many from today, below nought once it has. */
export interface Ending {
  retires: string | null;
  earliest: string | null;
  days: number | null;
}

/** What is known of a model's end. */
export type EndingVerdict = "retired" | "retires soon" | "retires later" | "deprecated" | "no day is known";

/** A model that a text names; made in playground/lifecycle/findings.py. */
export interface Finding extends Ending {
  line: number;
  column: number;
  text: string;
  model: string;
  version: string;
  name: string;
  provider: string;
  verdict: EndingVerdict;
  severity: "error" | "warning" | "notice" | "none";
  aside: string;
  said: string;
  by: { page: string; quote: string; read: string } | null;
  places: (Ending & { offering: string; anchor: string; place: string; stage: string })[];
  replacement: Replacement | null;
  no_replacement: string;
}

/** What could take a model's place. */
export interface Replacement {
  offering: string;
  model: string;
  name: string;
  by_vendor: boolean;
  why: string;
  url: string;
  differences: string[];
}

/** The models that a text names. */
export interface Retirements {
  date: string;
  findings: Finding[];
}

/** Results of the reader's own cases, and the least pass rate in per cent. */
export interface Ran {
  observed?: Observed;
  floor?: string;
}

/** Questions to playground.advisor. */
export type Question =
  | ({ kind: "choose"; need: Parts; most: number } & Ran)
  | ({ kind: "record"; need: Parts; title: string; site: string; claims: RecordClaims } & Ran)
  | ({ kind: "rest"; need: Parts } & Ran)
  | { kind: "places"; need: Parts; model: string }
  | ({ kind: "out"; need: Parts; constraint: string; most: number | null } & Ran)
  | ({ kind: "versus"; a: string; b: string; work: Record<string, string> } & Ran)
  | ({ kind: "bills"; work: Work; names: string[] } & Ran)
  | { kind: "usage"; text: string }
  | { kind: "retirements"; text: string; soon: number; ids: string[]; ends: object; moved: object };

/** Its answers, by the question's kind. */
export interface Answers {
  choose: Answer;
  record: string;
  rest: Required<Pick<Answer, "swaps" | "names" | "pending">>;
  places: ModelPlace[];
  out: Out[];
  versus: Pair;
  bills: Bills;
  usage: Usage;
  retirements: Retirements;
}

/** A name that is no model's, or several models', and those that it may mean. */
export interface Unsettled {
  typed: string;
  meant: Resolution;
}
