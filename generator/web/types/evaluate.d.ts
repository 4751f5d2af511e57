// An evaluation's JSON: our own file, the request to the worker and what comes back of it.

import type { ImagePart, ModelRequest } from "./playground.js";

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
}

export interface Case {
  name: string;
  variables: Record<string, unknown>;
  /** In the place of the prompt's. */
  system?: string;
  messages?: TurnTemplate[];
  checks?: Check[];
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
  /** A chat's parameters. */
  parameters: Record<string, unknown>;
  models: NamedModel[];
  repeats: number;
  left_out: LeftOut[];
}

/** A kind of check with the fields of its arguments. */
export interface CheckKind {
  name: string;
  label: string;
  fields: { name: string; label: string; kind: "text" | "yes"; required: boolean }[];
}

/** An evaluation as the worker is asked to run it; a model's chat has its parameters only. */
export interface EvaluationRequest {
  kind: "evaluation";
  evaluation: Evaluation;
  models: ModelRequest[];
}

export interface Verdict {
  passed: boolean;
  reason: string;
}

/** What came of a cell: places from 0, seconds and dollars or null where they are not known. */
export interface CellResult {
  case: number;
  prompt: number;
  model: number;
  repeat: number;
  hash: string;
  text: string;
  verdicts: Verdict[];
  /** Why there is no answer; empty where there is one. */
  failure: string;
  seconds: number | null;
  cost: number | null;
  calls?: { name: string; arguments: string }[];
}

/** What an evaluation's run sends to its listener, beside `refused` and `lost`. */
export type EvaluationMessage =
  | { kind: "planned"; cells: number }
  | { kind: "cell"; cell: CellResult }
  | { kind: "evaluated"; stopped: boolean };

/** What became of a contestant's answers, by case, then by time: 1 passed, 0 failed, null without an answer. */
export interface SummedUp {
  name: string;
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
    paid: string;
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

/** Results as a file that can be opened again beside a later run; no key or address is in it. */
export interface ResultsFile {
  almanac_results: 1;
  saved: string;
  evaluation: Evaluation;
  models: string[];
  results: CellResult[];
}

/** Questions about evaluations that need no network, by kind. */
export interface Questions {
  cases: { room: "evaluate"; kind: "cases"; name: string; text: string };
  summary: { room: "evaluate"; kind: "summary"; models: SummedUp[] };
}

export interface Answers {
  cases: Evaluation;
  summary: Summary;
}
