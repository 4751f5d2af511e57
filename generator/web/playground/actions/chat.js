// What is sent: the form's prompt, system prompt, variables, images and parameters as a chat.

import { firstFault } from "../asking/limits.js";

/** @import { Chat, ChatMessage, Part, Question, RecordedPart } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */
/** @import { Turn } from "../turn.js" */

/**
 * The names in {{…}} of prompt and system prompt.
 * @param {PlaygroundPage} page
 */
export function variableNames(page) {
  const matches = `${page.system}\n${page.prompt}`.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g);
  return [...new Set([...matches].map((match) => match[1]))];
}

/** The variables that have no value yet. @param {PlaygroundPage} page */
export const unfilled = (page) => variableNames(page).filter((name) => !page.variables[name]);

/** @param {string[]} parts */
const listed = (parts) => new Intl.ListFormat("en").format(parts);

/** Asks for a value for each of these variables. @param {string[]} names */
export const askingFor = (names) =>
  `${names.length > 1 ? "These variables have" : "This variable has"} no value yet: ${listed(names)}. ` +
  `Fill ${names.length > 1 ? "them" : "it"} in, or press Run again to send ` +
  `${listed(names.map((name) => `{{${name}}}`))} as plain text.`;

/**
 * A template with the values of its variables, those without one as they stand.
 * @param {PlaygroundPage} page
 * @param {string} text
 */
export function filled(page, text) {
  return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name) => page.variables[name] || whole);
}

/**
 * The chat for a pane, with these messages. Throws an Error to show.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {ChatMessage[]} messages
 */
export function chatOf(page, pane, messages) {
  const chat = withParameters(page, pane, messages);
  return page.system.trim() ? { ...chat, system: filled(page, page.system) } : chat;
}

/**
 * These messages with the parameters that are set and that the pane's model takes. Throws an Error to show.
 * @param {ConnectedPage} page
 * @param {Pane} pane
 * @param {ChatMessage[]} messages
 */
export function withParameters(page, pane, messages) {
  const { sent } = pane.parameters(page.options);
  const fault = firstFault({ data: page.data, options: sent }, []);
  if (fault) throw new Error(fault);
  /** @type {Chat} */
  const chat = { messages };
  for (const [name, value] of Object.entries(sent)) {
    if (name === "tools") {
      const tools = JSON.parse(String(value));
      chat.tools = Array.isArray(tools) ? tools : [tools];
    } else if (name === "schema") chat.schema = { name: "answer", schema: JSON.parse(String(value)) };
    else if (name === "stop") chat.stop = String(value).split("\n").filter(Boolean);
    else chat[name] = value;
  }
  return chat;
}

/** The hashes of the images in messages. @param {ChatMessage[]} messages */
const imagesIn = (messages) =>
  new Set(
    messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === "image" ? [part.sha256] : []))),
  );

/**
 * A question to a pane's model, with the images where it takes them. What was sent before goes along with
 * every question, so an image that is in it is not attached anew.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {string} prompt
 * @param {ChatMessage[]} [before] the conversation that it goes on with
 * @returns {ChatMessage}
 */
export function question(page, pane, prompt, before = []) {
  const there = imagesIn(before);
  const images = pane.refused.images ? [] : page.images.filter(({ sha256 }) => !there.has(sha256));
  /** @type {Part[]} */
  const parts = images.map(({ media_type, data, sha256 }) => ({ type: "image", media_type, data, sha256 }));
  return { role: "user", parts: [...parts, { type: "text", text: filled(page, prompt) }] };
}

/**
 * The questions and replies of a pane so far, as the next request repeats them.
 * @param {Turn[]} turns
 */
export function messagesOf(turns) {
  return turns.flatMap((turn) => (turn.message?.parts.length ? [sendable(turn.question), turn.message] : []));
}

/** Whether there is a reply that a next question can go on from. @param {Pane} pane */
export const goesOn = ({ last, turns }) => Boolean(last?.message) && messagesOf(turns).length > 0;

/**
 * The hashes of the images that a follow-up question attaches to no conversation any more; null where there
 * is none to go on with.
 * @param {PlaygroundPage} page
 */
export function attached({ panes }) {
  const going = panes.filter((pane) => goesOn(pane) && !pane.refused.images);
  if (!going.length) return null;
  const [first, ...others] = going.map(({ turns }) => imagesIn(messagesOf(turns)));
  return new Set([...first].filter((hash) => others.every((there) => there.has(hash))));
}

/**
 * Whether a part is more than the name of an image.
 * @param {Part | RecordedPart} part
 * @returns {part is Part}
 */
const isThere = (part) => part.type !== "image" || part.data !== undefined;

/**
 * A question to send again: of an image that a record names and does not hold there is nothing to send.
 * @param {Question} question
 * @returns {ChatMessage}
 */
export function sendable({ role, parts }) {
  return { role, parts: parts.flatMap((part) => (isThere(part) ? [part] : [])) };
}

/** @param {Part | RecordedPart} part */
const content = (part) => {
  if (part.type === "text") return part.text;
  if (part.type === "image") return `image ${part.sha256}`;
  return part.type === "tool_result" ? `${part.name}: ${part.text}` : "";
};

/**
 * System prompt and questions: the same for all models that were asked the same.
 * @param {{ system: string, question: Pick<Question, "parts"> }[]} turns
 */
export const questionsOf = (turns) => turns.map((turn) => [turn.system, ...turn.question.parts.map(content)]);

/** The plain text of a question. @param {{ parts: (Part | RecordedPart)[] }} question */
export const textOf = ({ parts }) => parts.map((part) => (part.type === "text" ? part.text : "")).join("");
