// What the playground uses of libraries and browser parts that bring no types of their own.
import type { DOMPurify as Purify, WindowLike } from "dompurify";

/** A token of markdown-it; `map` are its first line and the one after its last. */
export interface Token {
  type: string;
  tag: string;
  info: string;
  content: string;
  level: number;
  nesting: -1 | 0 | 1;
  hidden: boolean;
  map: [number, number] | null;
  children: Token[] | null;
  attrGet(name: string): string | null;
}

/** Draws one token as HTML. */
export type Rule = (tokens: Token[], i: number, options: unknown, env: unknown, self: Renderer) => string;

/** markdown-it's renderer. */
export interface Renderer {
  rules: Record<string, Rule | undefined>;
  render(tokens: Token[], options: unknown, env: unknown): string;
  renderInlineAsText(tokens: Token[], options: unknown, env: unknown): string;
  renderToken(tokens: Token[], i: number, options: unknown): string;
}

/** Where reading a line goes on. */
export interface InlineState {
  src: string;
  pos: number;
  posMax: number;
  push(type: string, tag: string, nesting: number): Token;
}

/** Where reading lines goes on; by line where it begins and ends, and how far it is set in. */
export interface BlockState {
  src: string;
  env: Env;
  bMarks: number[];
  eMarks: number[];
  tShift: number[];
  sCount: number[];
  blkIndent: number;
  line: number;
  lineMax: number;
  isEmpty(line: number): boolean;
  getLines(from: number, to: number, indent: number, keepLast: boolean): string;
  push(type: string, tag: string, nesting: number): Token;
}

/** Reads a block that begins at a line; `silent`, it only says whether one does. */
export type BlockRule = (state: BlockState, from: number, end: number, silent: boolean) => boolean;

export interface CoreState {
  tokens: Token[];
}

/** What a text defines: the targets of links. */
export interface Env {
  references: Record<string, { href: string; title: string }>;
  /** Whether the text is only the beginning of one. */
  goesOn?: boolean;
}

/** markdown-it. */
export interface Markdown {
  options: unknown;
  renderer: Renderer;
  utils: { escapeHtml(text: string): string; unescapeAll(text: string): string };
  block: {
    parse(text: string, markdown: Markdown, env: Env, tokens: Token[]): void;
    ruler: { before(place: string, name: string, rule: BlockRule, options: { alt: string[] }): void };
  };
  inline: {
    ruler: {
      before(place: string, name: string, rule: (state: InlineState, silent: boolean) => boolean): void;
    };
  };
  core: {
    State: new (text: string, markdown: Markdown, env: Env) => CoreState;
    ruler: {
      getRules(chain: string): ((state: CoreState) => void)[];
      push(name: string, rule: (state: CoreState) => void): void;
    };
  };
  render(text: string): string;
}

export interface MarkdownModule {
  default: new (options: { html: boolean; linkify: boolean; breaks: boolean }) => Markdown;
}

/** What units stand in: a list, a table; `name` is that of its block. */
export interface Container {
  open: string;
  close: string;
  name: number;
}

/** A piece of an answer that is drawn at once: a block, an item of a list, a row of a table. */
export interface Unit {
  /** The number of its block. */
  name: number;
  /** The same for the same source at the same place. */
  key: string;
  within: Container[];
  /** Whether it may hold a link whose target stands elsewhere. */
  refers: boolean;
  /** The language of a block of code. */
  code?: string;
  /** What each block of code within its HTML says of its language, in order. */
  codes: string[];
  /** Whether it is shown as it was written. */
  plain?: true;
  /** Code, or what is shown as it was written; it may grow. */
  text: string;
  /** Its HTML. */
  make(): string;
}

export type Taken =
  { units: Unit[]; same: number; references?: undefined } | { references: Env["references"] };

/** Where a kind of code stands in a text. */
export interface Mark {
  from: number;
  to: number;
  kind: string;
}

/** Markdown and its sanitiser; what reads code for its colours, and formulas, comes when there are some. */
export interface Tools {
  markdown: Markdown;
  purify: Purify;
  highlighter(): Promise<{ marks(code: string, language: string): Iterable<Mark | null> }>;
  maths(): Promise<{ mathml(tex: string, display: boolean): string }>;
}

/** A part of a message to the browser's own model. */
export type BuiltInPart = { type: string; value: string | ImageBitmap };
export type BuiltInMessage = { role: string; content: BuiltInPart[] };

/** https://developer.chrome.com/docs/ai/prompt-api */
interface BuiltInModel {
  availability(): Promise<string>;
  create(options: { initialPrompts: BuiltInMessage[]; signal: AbortSignal }): Promise<BuiltInSession>;
}

export interface PromptOptions {
  signal: AbortSignal;
  responseConstraint?: unknown;
}

interface BuiltInSession {
  promptStreaming(prompt: BuiltInMessage[], options: PromptOptions): ReadableStream<string>;
  destroy(): void;
}

interface Changed {
  added?: boolean;
  removed?: boolean;
  value: string;
}

/** What diff.mjs has of jsdiff. */
export type Differences = Record<
  "diffWordsWithSpace" | "diffLines",
  (one: string, other: string) => Changed[]
>;

declare global {
  /** Material's pages, as they are swapped in. */
  var document$: { subscribe(listener: () => void): void } | undefined;
  var LanguageModel: BuiltInModel;
  var DOMPurify: (root?: WindowLike) => Purify;
}
