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

/** An evaluation as the worker is asked to run it; a model's chat has its parameters only. */
export interface EvaluationRequest {
  kind: "evaluation";
  evaluation: Evaluation;
  models: ModelRequest[];
  /** Whether checks may run code. */
  allow_code: boolean;
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
  text: string;
  verdicts: Verdict[];
  /** What the verdicts come to; null where too little was checked to tell. */
  passed: boolean | null;
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

/** Questions about evaluations that need no network, by kind. */
export interface Questions {
  cases: { room: "evaluate"; kind: "cases"; name: string; text: string };
}

export interface Answers {
  cases: Evaluation;
}
