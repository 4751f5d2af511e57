// The playground's JSON: playground.json, the lists of models, and what page, worker and Python exchange.

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
  models_url?: string;
  own?: true;
}

/** A parameter of a chat with the limits of its field. */
export interface Parameter {
  name: string;
  label: string;
  min?: number;
  max?: number;
  step?: number;
}

/** playground.json. */
export interface PageData {
  rows: Row[];
  start: string[];
  keyless: string;
  /** The parts of the small model's file, one after another, below assets/; none where it is left out. */
  weights: { parts: string[]; bytes: number };
  parameters: Parameter[];
  efforts: string[];
  images: string[];
  /** What is shown of an answer, in order; `least` is what the least of several is, if anything. */
  figures: { name: MetricName; label: string; least: string }[];
}

/** Price field → dollars per million tokens, in decimal digits. */
export type Prices = Record<string, string>;

/** A model in a row's list; what servers on this machine list has only id and name. */
export interface Model {
  id: string;
  name: string;
  prices?: Prices;
  path?: string;
  model?: string;
  channel?: string;
  variant?: string;
  refused?: Refusals;
  efforts?: string[];
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
}

/** Where keys are kept. */
export type Keep = "memory" | "tab" | "device";

/** Parameter → what its field holds. */
export type Options = Record<string, string | number>;

export type TextPart = { type: "text"; text: string };
export type ImagePart = { type: "image"; media_type: string; data: string; text?: undefined };
export type ToolCall = { type: "tool_call"; id: string; name: string; arguments: string; text?: undefined };
export type ToolResult = { type: "tool_result"; call_id: string; name: string; text: string };
export type Echo = { type: "echo"; wire: string; value: Record<string, unknown>; text?: undefined };
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

/** An image that goes with the prompt: base64 and the file's name. */
export interface Picture {
  media_type: string;
  data: string;
  name: string;
}

/** A request as the worker reads it. */
export interface ModelRequest {
  kind?: "probe";
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

/** A cell's code with the panes' requests by name. */
export interface CellRequest {
  kind: "cell";
  code: string;
  models: Record<string, ModelRequest>;
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
  | { type: "ToolCallDelta" | "Echoed" | "Finished" | "Failed" };

/** How a turn ended: by the stream, refused before it, or as a record says. */
export interface End {
  type: "Finished" | "Failed" | "Refused" | "Restored";
  reason?: string;
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

/** What came of a run; `part` is what the provider refused of the chat, or empty. */
export interface Outcome {
  end: End;
  metrics: Metrics;
  message: ChatMessage;
  advice: Advice[];
  part: string;
}

/** What a run sends to its listener. */
export type RunMessage =
  | { id?: number; kind: "events"; events: StreamEvent[] }
  | { id?: number; kind: "waiting"; attempt: number; seconds: number; message: string }
  | ({ id?: number; kind: "done" } & Outcome)
  | { id?: number; kind: "refused"; message: string }
  | { id?: number; kind: "lost"; message: string }
  | { id?: number; kind: "step"; step: Step }
  | { id?: number; kind: "tested" }
  | { id?: number; kind: "output"; text: string }
  | { id?: number; kind: "ran" };

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
  | ({ kind: "answer"; number: number } & ({ error: string } | { answer: unknown }))
  | LocalMessage
  | BootMessage
  | (RunMessage & { id: number });

/** What the page says to the worker; `text` is JSON for Python. */
export type PageMessage =
  | { kind: "boot"; base: string; advisor?: AdvisorStart }
  | { kind: "run"; id: number; text: string }
  | { kind: "ping" }
  | { kind: "stop"; id: number }
  | { kind: "local"; id: number; piece: string | null }
  | { kind: "ask"; number: number; text: string };

/** What playground.advisor begins with: the catalog's address and the day (YYYY-MM-DD). */
export interface AdvisorStart {
  catalog: string;
  today: string;
}

/** A pane in a record. */
export interface RecordedPane {
  row: string;
  provider: string;
  model: string;
  reasoning: string;
  answer: string;
  end: string;
  metrics: Metrics;
}

/** The last run, for the history and to export; `made` is an ISO time. */
export interface RunRecord {
  made: string;
  chat: Chat;
  panes: RecordedPane[];
}

export type ExportForm = "json" | "markdown" | "csv";

/** Questions that need no network, by kind. */
export interface Questions {
  code: { kind: "code" } & Omit<ModelRequest, "kind">;
  export: { kind: "export"; form: ExportForm; record: RunRecord };
  import: { kind: "import"; text: string };
}

/** Their answers: texts by form, a file's text, a record. */
export interface Answers {
  code: Record<string, string>;
  export: string;
  import: RunRecord;
}

/** Texts to copy, by label. */
export interface Sheet {
  title: string;
  texts: Record<string, string>;
}

/** What a link's fragment says. */
export interface Link {
  prompt: string;
  system: string;
  models: { row: string; model: string }[];
  options: Record<string, unknown>;
}

/** How an answer is shown. */
export type View = "markdown" | "text" | "json";
