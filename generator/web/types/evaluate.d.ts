// An evaluation's JSON: our own file, the request to the worker and what comes back of it.

import type { Advice, Field, ImagePart, ModelRequest, Options } from "./playground.js";

/** A message as a template: {{name}} stands for a variable of a case. */
export interface TurnTemplate {
  role: "user" | "assistant";
  text: string;
  images?: ImagePart[];
}

export interface PromptTemplate {
  name: string;
  system?: string;
  messages?: TurnTemplate[];
}

/** A check as it is asked for: a kind and its arguments. */
export interface Check {
  name: string;
  arguments: Record<string, unknown>;
  /** It passes where the kind's own verdict is that the answer fails. */
  not?: boolean;
  /** 1 where it is left out. */
  weight?: number;
  /** What of the answer it looks at; all of it where it is left out. */
  extract?: { name: string; arguments: Record<string, unknown> };
  /** Those of a group. */
  checks?: Check[];
}

/** How much of its checks an answer has to pass: a share is above 0 and at most 1. */
export type Needed = "all" | "any" | number;

export interface Case {
  name: string;
  variables: Record<string, unknown>;
  /** In the place of the prompt's. */
  system?: string;
  messages?: TurnTemplate[];
  checks?: Check[];
  /** In the place of the evaluation's. */
  needed?: Needed;
}

/** A part of a file that cannot be run here. */
export interface LeftOut {
  where: string;
  what: string;
  why: string;
}

/** A model as a file names it; provider and model are the catalog's, where the name tells them. */
export interface NamedModel {
  name: string;
  provider?: string;
  /** Of the hosts or regions that its row knows, the one that is meant. */
  choice?: string;
  model?: string;
  /** A chat's. */
  parameters?: Record<string, unknown>;
}

/** Our own file, as Python reads and writes it. */
export interface Evaluation {
  almanac_evaluation: 1;
  name: string;
  prompts: PromptTemplate[];
  cases: Case[];
  checks: Check[];
  /** All where it is left out. */
  needed?: Needed;
  /** A chat's parameters. */
  parameters: Record<string, unknown>;
  models: NamedModel[];
  repeats: number;
  left_out: LeftOut[];
}

/** What is stored of the page beside answers; no key. */
export interface KeptEvaluation {
  evaluation: Evaluation;
  options: Options;
  panes: { row: string; model: string; places: Record<string, string>; options: Options; auth: string }[];
  budget: string;
  unpriced: boolean;
}

/** A kind of check with the fields of its arguments. */
export interface CheckKind {
  name: string;
  label: string;
  fields: CheckField[];
  /** Whether it runs code, which the reader has to allow. */
  runs_code: boolean;
}

/** What of an answer a check may look at, with the fields of its arguments. */
export interface ExtractionKind {
  name: string;
  label: string;
  fields: CheckField[];
}

/** An argument as a reader fills it in: a list has one entry a line, a choice one of its choices. */
export interface CheckField {
  name: string;
  label: string;
  kind: "text" | "long" | "list" | "number" | "yes" | "choice" | "checks";
  required: boolean;
  choices?: { name: string; label: string }[];
}

/** Code of a check to be run (playground/evaluate/code/job.py). */
export interface CodeJob {
  what: "tests" | "calls" | "function";
  code: string;
  tests: string;
  calls: string[];
  values: string;
  seconds: number;
}

/** A job, to a Python that runs nothing else. */
export interface CodeRequest {
  kind: "code";
  job: CodeJob;
}

/** A model with its own limit of output tokens, where the catalog has one; its chat has parameters only. */
export type AskedModel = ModelRequest & { most_output?: number };

/** What an evaluation asks of whom, and what it may cost: `budget` is in dollars, as the reader wrote it. */
export interface Asked {
  evaluation: Evaluation;
  models: AskedModel[];
  budget: string;
  /** Whether models without a known price run under a budget. */
  unpriced: boolean;
}

/** An evaluation as the worker is asked to run it. */
export interface EvaluationRequest extends Asked {
  kind: "evaluation";
  /** Answers that are there already: the hash of what was asked, and the name of the checks it was judged by. */
  skip: Record<string, string>;
  /** The hashes of the only cells to ask; null for all. */
  only: string[] | null;
  /** Whether checks may run code. */
  allow_code: boolean;
}

/** What the worker is told of a run that goes on: to pause, or to judge answers of before anew. */
export interface Steering {
  paused?: boolean;
  judge?: CellResult[];
}

/** US dollars; null is no upper bound that is known. */
export interface CostRange {
  low: number;
  high: number | null;
}

/** What answers of a model cost and took in the run before, in dollars and seconds. */
export interface SeenBefore {
  costs: number[];
  seconds: number[];
}

/** What all cells would cost and take; `over` says for each model why the budget cannot hold it, or is empty. */
export interface Forecast {
  cells: number;
  cost: CostRange;
  /** From the least to the most, where that is known. */
  seconds: [number, number | null];
  /** Models without a known price, by their places. */
  unpriced: number[];
  over: string[];
}

/** How a run goes on; dollars are spent for sure, and with what may have been spent beside. */
export interface RunProgress {
  in_flight: number;
  paused: boolean;
  spent: number;
  counted: number;
  /** Answers whose cost is not known. */
  unknown: number;
  left: number;
  /** What is left will cost. */
  cost: CostRange;
  /** What is left will take, from and to; null where nobody knows yet. */
  seconds: [number, number] | null;
  waiting: { model: number; seconds: number; why: string }[];
  /** Who is asked no more: why, how many cells were left, what to do about it and at which field. */
  stopped: { model: number; why: string; cells: number; field?: Field | ""; advice?: Advice[] }[];
}

/** `passed` is null where it was not checked. */
export interface Verdict {
  passed: boolean | null;
  reason: string;
  weight: number;
}

/** What came of a cell: places from 0, seconds and dollars or null where they are not known. */
export interface CellResult {
  case: number;
  prompt: number;
  model: number;
  repeat: number;
  hash: string;
  /** Names the checks that it was judged by. */
  checked: string;
  text: string;
  verdicts: Verdict[];
  /** What the verdicts come to; null where too little was checked to tell. */
  passed: boolean | null;
  /** Why there is no answer; empty where there is one. */
  failure: string;
  seconds: number | null;
  cost: number | null;
  calls?: { name: string; arguments: string }[];
  /** Of the answer, as the provider reported them. */
  tokens?: number | null;
  /** Seconds. */
  first_token?: number | null;
  /** Whether the provider calls it a refusal. */
  refused?: boolean;
  /** How it ended where it has neither text nor call. */
  empty?: string;
}

type Place = "case" | "prompt" | "model" | "repeat";

/** What an evaluation's run sends to its listener, beside `refused` and `lost`. */
export type EvaluationMessage =
  | { kind: "planned"; cells: number }
  | { kind: "placed"; cells: [number, number, number, number, string, boolean][] }
  | {
      kind: "judged";
      cell: Pick<CellResult, Place | "hash" | "checked" | "verdicts" | "passed">;
    }
  | { kind: "cell"; cell: CellResult }
  | ({ kind: "progress" } & RunProgress)
  | { kind: "evaluated"; stopped: boolean };

/** What became of a contestant's answers, by case, then by time: 1 passed, 0 failed, null without an answer. */
export interface SummedUp {
  name: string;
  model: string;
  /** Empty where there is one prompt. */
  prompt: string;
  scores: (number | null)[][];
  /** US dollars, null where not known. */
  costs: (number | null)[][];
}

/** A share from 0 to 1 with its 95 % interval; no estimate where nothing was judged. */
export interface Rate {
  estimate: number | null;
  low: number;
  high: number;
  cases: number;
  asked: number;
  missing: number;
}

/** How one contestant did. */
export interface ModelSummary {
  name: string;
  rate: Rate;
  /** Dollars for each accepted answer, as texts; what was paid, and for how many answers it is not known. */
  cost: {
    estimate: string | null;
    low: string | null;
    high: string | null;
    paid: string | null;
    accepted: number;
    unknown: number;
  };
  /** How often each case was asked; where more than once, how often any and all of these answers pass. */
  repeats: number;
  any: Rate | null;
  all: Rate | null;
  /** The share of cases whose answers differ between times. */
  mixed: number | null;
}

/** Two contestants compared; the difference is a's share less b's, with its 95 % interval. */
export interface PairSummary {
  a: string;
  b: string;
  winner: string | null;
  estimate: number | null;
  low: number;
  high: number;
  p: number;
  sentence: string;
}

export interface Summary {
  headline: string;
  models: ModelSummary[];
  pairs: PairSummary[];
}

/** How values of so many answers lie: each is the one that this share of them does not exceed. */
export interface Distribution {
  answers: number;
  /** Where they are few, each, the least first. */
  each: number[];
  least: number;
  tenth: number;
  quarter: number;
  half: number;
  three_quarters: number;
  nine_tenths: number;
  most: number;
}

/** What the answers of a contestant took and cost: the median and nine tenths in seconds, the mean in dollars. */
export interface Figures {
  median: number | null;
  most: number | null;
  cost: number | null;
  /** Seconds of the whole answers, and until their first token; null where none is known. */
  seconds: Distribution | null;
  first_token: Distribution | null;
}

/** Results as a file that can be opened again beside a later run; no key or address is in it. */
export interface ResultsFile {
  almanac_results: 1;
  saved: string;
  /** The hash of the catalog whose prices counted. */
  catalog?: string;
  evaluation: Evaluation;
  models: string[];
  results: CellResult[];
}

/** A ready-made set of cases (docs/evaluate/sets/sets.json). */
export interface ReadySet {
  file: string;
  name: string;
  cases: number;
  about: string;
}

/** A run of a ready-made set that was recorded, as it was summed up (docs/evaluate/sets/recorded.json). */
export interface RecordedRun {
  /** When, in ISO 8601. */
  recorded: string;
  /** The set's file. */
  file: string;
  name: string;
  cases: number;
  summary: Summary & { figures: Figures[] };
}

/** What the answers of a contestant took, by case, then by time; null where that is not known. */
export interface Measured {
  tokens: (number | null)[][];
  first_tokens: (number | null)[][];
  seconds: (number | null)[][];
}

/** Results as Choose reads them: figures by contestant, no answers; playground/observed/observed_json.py. */
export interface Observed {
  almanac_observed: 1;
  name: string;
  day: string;
  dataset: string;
  prompts: string;
  catalog: string;
  cases: number;
  repeats: number;
  models: Observation[];
  /** The prompts, where the reader carries them, too. */
  texts?: { name: string; text: string }[];
  author?: string;
}

/** One contestant's figures: shares from 0 to 1, dollars as texts, seconds. */
export interface Observation {
  name: string;
  model: string;
  called: string;
  row: string;
  where: string;
  prompt: string;
  parameters: Record<string, string | number>;
  rate: {
    estimate: number | null;
    low: number;
    high: number;
    passed: number;
    asked: number;
    missing: number;
  };
  cost: { estimate: string | null; low: string | null; high: string | null };
  first_token: number | null;
  speed: number | null;
  output: { mean: number; low: number | null; high: number | null; answers: number } | null;
}

/** What a tab holds for Choose: the results, the least pass rate in per cent as typed, whether they count. */
export interface Carried {
  observed: Observed;
  floor: string;
  used: boolean;
}

/** A form in which results leave for other programs. */
export type Form = "csv" | "promptfoo" | "promptfoo-results" | "inspect" | "figures";

/** Files of a form, by what their names end with, and what of the results is not the same in them. */
export interface Exported {
  files: { ending: string; text: string }[];
  left_out: LeftOut[];
}

/** Questions about evaluations that need no network, by kind. */
export interface Questions {
  cases: { room: "evaluate"; kind: "cases"; name: string; text: string };
  summary: { room: "evaluate"; kind: "summary"; models: SummedUp[] };
  forecast: { room: "evaluate"; kind: "forecast"; seen: SeenBefore[] } & Asked;
  observed: {
    room: "evaluate";
    kind: "observed";
    evaluation: Evaluation;
    day: string;
    catalog: string;
    with_texts: boolean;
    models: (Measured &
      Pick<SummedUp, "scores" | "costs"> &
      Pick<Observation, "name" | "model" | "called" | "row" | "where" | "prompt"> & {
        parameters: Record<string, unknown>;
      })[];
  };
  export: { room: "evaluate"; kind: "export"; to: Form; results: ResultsFile };
}

export interface Answers {
  cases: Evaluation;
  summary: Summary;
  forecast: Forecast;
  observed: Observed;
  export: Exported;
}
