// The playground's JSON: playground.json, the lists of models, and what page, worker and Python exchange.

import type { CheckKind, CodeJob, EvaluationMessage, ExtractionKind, Form } from "./evaluate.js";

/** A part of an address that the reader fills in. */
export interface Place {
  name: string;
  label: string;
  default?: string;
  choices?: string[];
}

/** An address that can be called, as endpoint_to_json writes it (without what is the default). */
export interface Endpoint {
  wire: string;
  url: string;
  families?: unknown[];
  [part: string]: unknown;
}

/** Part of a chat → why it is not taken. */
export type Refusals = Record<string, string>;

/** A provider's address as the page offers it. */
export interface Row {
  id: string;
  name: string;
  endpoint: Endpoint;
  places: Place[];
  access: string;
  browser: string;
  fix: string;
  auth: string[];
  keyed: boolean;
  refused: Refusals;
  families: Family[];
  models_url?: string;
  /** Its provider's documentation. */
  docs?: string;
  /** That a deployment of the reader's own decides where requests stay. */
  by_deployment?: string;
  /** By choices in the address, `*` for any: where requests stay, what else is to be known of it. */
  stays?: Record<string, [string, string]>[];
  own?: true;
}

/** A parameter of a chat with the field that asks for it: `lines` are as many as a text's field has. */
export type Parameter = { name: string; label: string } & (
  | { control: "number"; min?: number; max?: number; step?: number }
  | { control: "text"; lines: number; help: string }
  | { control: "effort" | "none" }
);

/** playground.json. */
export interface PageData {
  rows: Row[];
  /** The catalog's sha256: its prices are what costs are computed by. */
  catalog: string;
  /** Those that the page's policy lets it reach. */
  origins: string[];
  /** What an empty page begins with: ids of rows, and the models there. */
  start: { row: string; model: string }[];
  /** Prompts to begin with; the first is filled in. */
  examples: { label: string; prompt: string }[];
  keyless: string;
  /** The parts of the small model's file, one after another, below assets/; none where it is left out. */
  weights: { parts: string[]; bytes: number };
  parameters: Parameter[];
  /** Effort → what is to be known of it, for a model of which nothing is. */
  efforts: Efforts;
  images: string[];
  /** The kinds of checks that an evaluation may ask for. */
  checks: CheckKind[];
  /** What of an answer a check may look at. */
  extractions: ExtractionKind[];
  /** The forms in which results of an evaluation leave. */
  forms: { name: Form; label: string }[];
  /** The largest file that Python reads. */
  most_bytes: number;
  /** Bytes of memory that code of a check may take. */
  code_memory: number;
  /** What the Python cell finds, and what its editor says of each. */
  cell_names: { name: string; info: string }[];
  /** A regular expression for what has the shape of a key. */
  key_shapes: string;
  /** Why an answer ended → that in words. */
  reasons: Record<string, string>;
  /** What is shown of an answer, in order. */
  figures: { name: MetricName; label: string }[];
}

/** Effort → what is to be known of it, empty where nothing is. */
export type Efforts = Record<string, string>;

/** What models whose ids are of one pattern take, by their vendor's page, of which a copy was read that day. */
export interface Family extends Pick<Model, "refused" | "efforts" | "refused_with" | "family"> {
  name: string;
  page: string;
  read: string;
  /** A regular expression. */
  pattern: string;
}

/** Price field → dollars per million tokens, in decimal digits. */
export type Prices = Record<string, string>;

/** A model in a row's list; what servers on this machine list has only id and name. */
export interface Model {
  id: string;
  name: string;
  prices?: Prices;
  model?: string;
  channel?: string;
  variant?: string;
  /** Which of its row's `stays` is told of it. */
  stays?: number;
  refused?: Refusals;
  efforts?: Efforts;
  /** Parameter → the efforts with which it is refused, and why; "" is none asked for. */
  refused_with?: Record<string, { efforts: string[]; why: string }>;
  /** Which of its row's families it is of. */
  family?: number;
  /** What it can of what models are chosen by. */
  can?: string[];
  /** A day, YYYY-MM-DD. */
  released?: string;
  /** Tokens. */
  context_tokens?: number;
  /** Tokens. */
  max_input_tokens?: number;
  /** Tokens. */
  max_output_tokens?: number;
}

/** A key as the reader typed it; `id` and `session` only for AWS signatures. */
export interface Key {
  secret: string;
  id?: string;
  session?: string;
  /** When it was typed, in milliseconds since 1970. */
  at?: number;
}

/** Where keys are kept. */
export type Keep = "memory" | "tab" | "device";

/** Parameter → what its field holds. */
export type Options = Record<string, string | number>;

export type TextPart = { type: "text"; text: string };
/** `sha256` is of the image's bytes, in hexadecimal: a record names it so. */
export type ImagePart = {
  type: "image";
  media_type: string;
  data: string;
  sha256: string;
  text?: undefined;
};
export type ToolCall = { type: "tool_call"; id: string; name: string; arguments: string; text?: undefined };
export type ToolResult = { type: "tool_result"; call_id: string; name: string; text: string };
export type Echo = {
  type: "echo";
  wire: string;
  giver: string;
  value: Record<string, unknown>;
  text?: undefined;
};
export type Part = TextPart | ImagePart | ToolCall | ToolResult | Echo;

/** What one side of a conversation says. */
export interface ChatMessage {
  role: string;
  parts: Part[];
}

/** A chat without what is not set; further parts are numbers by their parameter's name. */
export interface Chat {
  messages: ChatMessage[];
  system?: string;
  tools?: unknown[];
  schema?: { name: string; schema: unknown };
  stop?: string[];
  [parameter: string]: unknown;
}

/** An image that goes with the prompt: base64, its hash and the file's name. */
export interface Picture {
  media_type: string;
  data: string;
  sha256: string;
  name: string;
}

/** A request as the worker reads it. */
export interface ModelRequest {
  kind?: "probe" | "models";
  endpoint: Endpoint;
  model: string;
  chat: Chat;
  prices: Prices;
  base_url?: string;
  places?: Record<string, string>;
  browser: string;
  fix: string;
  page: string;
  online: boolean;
  key?: (Key & { origin: string; auth: string }) | null;
}

/** A cell's code with the names of the panes' models. */
export interface CellRequest {
  kind: "cell";
  code: string;
  models: string[];
  /** Those beside the prompt. */
  images: Pick<ImagePart, "type" | "media_type" | "data">[];
}

/** What a cell wants to ask a model of that name. */
export interface Wanted {
  kind: "wanted";
  number: number;
  model: string;
  chat: Chat;
}

/** A figure with how it is known. */
export interface Figure {
  value: number | null;
  known: string;
  note: string;
  /** Its value as a reader sees it. */
  text?: string;
}

/** Seconds, tokens, tokens a second and dollars of one answer. */
export type Metrics = Partial<Record<MetricName, Figure>>;
export type MetricName =
  | "waited"
  | "first_reasoning"
  | "first_answer"
  | "seconds"
  | "input"
  | "cache_read"
  | "cache_write"
  | "output"
  | "reasoning"
  | "answer_rate"
  | "cost";

/** An event of a stream by its type's name; deltas of text are all the page draws. */
export type StreamEvent =
  | { type: "TextDelta" | "ReasoningDelta"; text: string }
  | { type: "ToolCallDelta" | "Echoed" | "Limits" | "Finished" | "Failed" };

/** How a turn ended: by the stream, refused before it, or as a record of version 1 says. */
export interface End {
  type: "Finished" | "Failed" | "Refused" | "Restored" | "Running";
  reason?: string;
  /** The provider's own word for the reason. */
  said?: string;
  message?: string;
  cause?: string;
  status?: number | null;
}

export interface Advice {
  cause: string;
  fix: string;
}

/** A step of a test of the connection; `ok` is null where it is not known. */
export interface Step {
  name: string;
  ok: boolean | null;
  seen: string;
}

/** A field of a pane that the reader fills in. */
export type Field = "key" | "address" | "model";

/** What is wrong at a field; of a model, at that one. */
export interface Fault extends Advice {
  field: Field;
  model: string;
}

/** What came of a run; `part` is what the provider refused of the chat, or empty. */
export interface Outcome {
  end: End;
  metrics: Metrics;
  message: ChatMessage;
  advice: Advice[];
  part: string;
  /** The field that a failure is about. */
  field: Field | "";
  /** ISO time of the end. */
  at: string;
  response: ResponseName;
}

/** What the provider calls an answer, in its stream and in a header, and the model that it says answers. */
export interface ResponseName {
  id: string;
  request: string;
  model: string;
}

/** A request without its key, each image in its body as `sha256:` and its hash. */
export interface SentRequest {
  url: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** One sending of a request: when (ISO time), and why it was sent again, if it was. */
export interface Attempt {
  sent: string;
  failed: string;
}

/** What a run sends to its listener. */
export type RunMessage =
  | { id?: number; kind: "sent"; at: string; request: SentRequest }
  | { id?: number; kind: "events"; events: StreamEvent[] }
  | { id?: number; kind: "waiting"; attempt: number; seconds: number; message: string }
  | ({ id?: number; kind: "done" } & Outcome)
  | { id?: number; kind: "refused"; message: string; field?: string }
  | { id?: number; kind: "lost"; message: string }
  | { id?: number; kind: "step"; step: Step }
  | { id?: number; kind: "tested" }
  | { id?: number; kind: "listed"; ids: string[]; base: string }
  | { id?: number; kind: "output"; text: string }
  | { id?: number; kind: "ran" }
  | { id?: number; kind: "coded"; outcome: string }
  | ({ id?: number } & EvaluationMessage);

/** How a start or a download goes on; loaded and total are bytes. */
export type BootMessage =
  { kind: "progress"; what?: string; loaded: number; total: number } | { kind: "step"; text: string };

/** What the page shows of it. */
export type Boot = { text: string } | { text?: undefined; what: string; loaded: number; total: number };

/** A part of a message to a model that runs in the page; an image's value is a data URL. */
export type LocalPart = { type: string; value: string };
export type LocalChatMessage = { role: "system" | "user" | "assistant"; content: LocalPart[] };

/** What playground/adapters/language_model.py asks. */
export interface LocalBody {
  initialPrompts: LocalChatMessage[];
  prompt: LocalChatMessage[];
  responseConstraint?: unknown;
  /** Tokens. */
  maxTokens?: number;
  temperature?: number;
  topK?: number;
}

/** A run of a model in the page, by a number of its own. */
export type LocalMessage =
  { id: number; kind: "local"; url: string; body: LocalBody } | { id: number; kind: "local stop" };

/** Takes each line of an answer, then null. */
export type LocalAnswer = (piece: string | null) => void;

/** Whatever the worker says. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "pong" }
  | { kind: "broken"; message: string }
  | ({ kind: "answer"; number: number } & ({ error: string; field: string } | { answer: unknown }))
  | LocalMessage
  | BootMessage
  | Wanted
  | { kind: "code"; number: number; job: CodeJob }
  | (RunMessage & { id: number });

/** What the page says to the worker; `text` is JSON for Python. */
export type PageMessage =
  | { kind: "boot"; base: string; files: string[]; advisor?: AdvisorStart; memory?: number }
  | { kind: "file"; name: string; content: Uint8Array<ArrayBuffer> }
  | { kind: "answered"; number: number; text: string }
  | { kind: "run"; id: number; text: string }
  | { kind: "steer"; id: number; text: string }
  | { kind: "ping" }
  | { kind: "stop"; id: number }
  | { kind: "local"; id: number; piece: string | null }
  | { kind: "ask"; number: number; text: string };

/** What playground.advisor begins with: the catalog's address and the day (YYYY-MM-DD). */
export interface AdvisorStart {
  catalog: string;
  today: string;
}

/** A turn in a record: what was asked of whom, what went out, what came. */
export interface RecordedTurn {
  row: string;
  provider: string;
  model: string;
  system: string;
  /** The rest of the chat that is no message. */
  parameters: Partial<Chat>;
  question: RecordedMessage;
  /** Null in one of version 1, which did not record it. */
  request: SentRequest | null;
  attempts: Attempt[];
  response: ResponseName;
  reasoning: string;
  reply: ChatMessage;
  end: End;
  /** ISO time; empty where it is not known. */
  ended: string;
  metrics: Metrics;
  /** Asked again since: no part of the conversation any more. */
  replaced?: boolean;
}

/** An image by its hash alone. */
export type NamedImage = {
  type: "image";
  media_type: string;
  sha256: string;
  data?: undefined;
  text?: undefined;
};
export type RecordedPart = Exclude<Part, ImagePart> | NamedImage;

/** A question of a turn: one that came from a record may name an image that it does not hold. */
export interface Question {
  role: string;
  parts: (Part | NamedImage)[];
}

export interface RecordedMessage {
  role: string;
  parts: RecordedPart[];
}

/** A run with all that was sent in it; `made` is an ISO time, `images` are by their sha256. */
export interface RunRecord {
  almanac_run: 2;
  made: string;
  catalog: string;
  panes: { turns: RecordedTurn[]; removed?: boolean }[];
  images: Record<string, { media_type: string; data: string }>;
}

/** A run as version 1 kept it in the history. */
export interface OldRecord {
  almanac_run?: undefined;
  made: string;
  chat: Chat;
  panes: { model: string }[];
}

export type ExportForm = "json" | "markdown" | "csv";

/** The panes as Python compares them: what each was asked, and its runs of exactly that. */
export interface MeasuredPane {
  asked: string;
  runs: { end: End; metrics: Metrics }[];
}

/** By figure, what stands in each pane's cell; the panes with a whole answer, the soonest first. */
export interface Standings {
  figures: Record<MetricName, { text: string; best: boolean }[]>;
  order: number[];
  /** By pane, why it has no place; empty where it has one. */
  why: string[];
  note: string;
}

/** What asking may cost, in a sentence for each pane and one for all. */
export interface Estimates {
  panes: string[];
  all: string;
}

/** Questions that need no network, by kind. */
export interface Questions {
  code: { kind: "code" } & Omit<ModelRequest, "kind">;
  export: { kind: "export"; form: ExportForm | "history"; record: RunRecord | { runs: unknown[] } };
  import: { kind: "import"; text: string };
  standings: { kind: "standings"; panes: MeasuredPane[] };
}

/** Their answers: texts by form, a file's text, the runs of a file with the newest first, a comparison. */
export interface Answers {
  code: Record<string, string>;
  export: string;
  import: RunRecord[];
  standings: Standings;
}

/** Texts to copy, by label. */
export interface Sheet {
  title: string;
  texts: Record<string, string>;
  /** What stands before them. */
  note?: string;
  /** What may stand there in its place. */
  other?: { label: string; show: () => void };
}

/** A model of a link; `hadKey` where it is at a server of somebody's own, for which there was a key. */
export interface LinkedModel {
  row: string;
  /** Of the hosts or regions that its row knows, the one that is meant. */
  choice?: string;
  model: string;
  options: Record<string, unknown>;
  hadKey: boolean;
}

/** What a link's fragment says. */
export interface Link {
  prompt: string;
  system: string;
  /** Each with its own options beside those of all. */
  models: LinkedModel[];
  options: Record<string, unknown>;
  /** By their names, the values of the variables in prompt and system prompt. */
  variables: Record<string, string>;
  /** What was asked after the prompt, in order. */
  then: string[];
  /** How many images went with the prompt; a link carries none. */
  images: number;
  /** Parts that were too long for it. */
  left: string[];
}

/** How an answer is shown. */
export type View = "markdown" | "text" | "json";
