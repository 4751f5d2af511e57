// What catalog/v1/models/{id}.json holds; made in generator/exports/documents.py.

/** The letter of a fact's standing: agreed, single, disputed, overridden, observed, held back. */
export type Mark = "A" | "S" | "D" | "O" | "M" | "H" | "Q";

/** A fact's value; null is unknown. */
export type FactValue = string | number | string[] | null;

/** What one source says of a fact. */
export interface Claim {
  source: string;
  value: FactValue;
  link?: string;
  since?: string;
  note?: string;
}

/** A fact with the claims behind it. */
export interface Fact {
  field: string;
  label: string;
  value: FactValue;
  text: string;
  /** Empty of what was computed here. */
  mark: Mark | "";
  standing: string;
  /** The claims as a page writes them, where that is more than the sources' names. */
  claimed_by?: string;
  claims: Claim[];
  reason?: string;
  link?: string;
  /** Of the model that the value names. */
  page?: string;
  /** What it costs at the cheapest and at the dearest hours. */
  by_hour?: { least: number; most: number; text: string };
}

/** A model at one place. */
export interface Offering {
  key: string;
  anchor: string;
  provider: string;
  provider_id: string;
  channel: string;
  channel_id: string;
  served: string;
  ids: string[];
  facts: Fact[];
  /** The sources' records of it. */
  read_at: { source: string; id: string; link?: string }[];
  history?: unknown[];
}

/** What a benchmark says of a model. */
export interface Score {
  /** Scores of one test are of the same benchmark, version, tasks and metric. */
  test: string;
  /** Scores of one series were also run alike, by the same people. */
  series: string;
  benchmark: string;
  version?: string;
  subset?: string;
  metric: string;
  score: number;
  unit: "percent" | "rating" | "points";
  stderr?: number;
  /** The interval of 95 %. */
  low?: number;
  high?: number;
  /** How many tasks, or votes, it rests on. */
  n?: number;
  evidence: "claimed" | "measured" | "voted";
  effort?: string;
  harness?: string;
  setting?: string;
  /** The model's dated version. */
  snapshot?: string;
  by: string;
  note?: string;
  as_of?: string;
  link: string;
  source?: string;
  /** Under which terms it was published, and whom to name. */
  licence: string;
}

/** What kind of evidence there is of a model, the strongest first. */
export type Proof = "measured" | "claimed only" | "by the model before it" | "votes only" | "untested";

/** A model on one leaderboard, between low and high with 80 %; without a tier it is served no more. */
export interface Standing {
  title: string;
  unit: "ability" | "rating";
  evidence: Proof;
  tier?: number;
  tiers?: number;
  low: number;
  middle: number;
  high: number;
  scores?: number;
  measured?: number;
  votes?: number;
  newest: string;
}

/** A model with all its offerings. */
export interface Model {
  api: number;
  id: string;
  name: string;
  lab: string;
  lab_name: string;
  page: string;
  /** Sources' names by their ids. */
  sources: Record<string, string>;
  facts: Fact[];
  /** The models that are names for this one. */
  aliases?: { id: string; page: string; standing: string; reason?: string; link?: string; claims: Claim[] }[];
  /** Where it stands on the leaderboards; absent where nothing public speaks for it. */
  quality?: { evidence: Proof; summary: string; topics: Record<string, Standing>; licence: string };
  scores?: Score[];
  offerings: Offering[];
}

/** What stands at the address of an id that changed. */
export interface Moved {
  api: number;
  moved: { id: string; document: string };
}
