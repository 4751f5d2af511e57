// What the playground uses of libraries and browser parts that bring no types of their own.
import type { DOMPurify as Purify, WindowLike } from "dompurify";

/** A token of markdown-it. */
export interface Token {
  tag: string;
  children: Token[] | null;
  attrGet(name: string): string | null;
}

/** Draws one token as HTML. */
export type Rule = (tokens: Token[], i: number, options: unknown, env: unknown, self: Renderer) => string;

/** markdown-it's renderer. */
export interface Renderer {
  rules: Record<string, Rule | undefined>;
  renderInlineAsText(tokens: Token[], options: unknown, env: unknown): string;
  renderToken(tokens: Token[], i: number, options: unknown): string;
}

/** markdown-it. */
export interface Markdown {
  renderer: Renderer;
  utils: { escapeHtml(text: string): string };
  render(text: string): string;
}

export interface MarkdownModule {
  default: new (options: { html: boolean; linkify: boolean; breaks: boolean }) => Markdown;
}

/** Markdown and its sanitiser. */
export interface Tools {
  markdown: Markdown;
  purify: Purify;
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

declare global {
  /** Material's pages, as they are swapped in. */
  var document$: { subscribe(listener: () => void): void } | undefined;
  var LanguageModel: BuiltInModel;
  var DOMPurify: (root?: WindowLike) => Purify;
  var Diff: Record<"diffWordsWithSpace" | "diffLines", (one: string, other: string) => Changed[]>;
}
