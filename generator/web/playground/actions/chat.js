// What is sent: the form's prompt, system prompt, variables, images and parameters as a chat.

import { reason } from "../reason.js";

/** @import { Chat, ChatMessage, Part } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/**
 * The names in {{…}} of prompt and system prompt.
 * @param {PlaygroundPage} page
 */
export function variableNames(page) {
  const matches = `${page.system}\n${page.prompt}`.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g);
  return [...new Set([...matches].map((match) => match[1]))];
}

/** @param {PlaygroundPage} page @param {string} text */
function filled(page, text) {
  return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name) => page.variables[name] || whole);
}

/**
 * Parse what was written as JSON. Throws an Error naming the field.
 * @param {PlaygroundPage} page
 * @param {string} name
 * @param {string | number} text
 * @returns {unknown}
 */
function parsed(page, name, text) {
  try {
    return JSON.parse(String(text));
  } catch (error) {
    const label = page.data.parameters.find((p) => p.name === name)?.label ?? name;
    throw new Error(`${label} is no JSON: ${reason(error)}`, { cause: error });
  }
}

/**
 * The chat for a pane, with these messages. Throws an Error to show.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {ChatMessage[]} messages
 */
export function chatOf(page, pane, messages) {
  const { sent } = pane.parameters(page.options);
  /** @type {Chat} */
  const chat = { messages };
  if (page.system.trim()) chat.system = filled(page, page.system);
  for (const [name, value] of Object.entries(sent)) {
    if (name === "tools") {
      const tools = parsed(page, name, value);
      chat.tools = Array.isArray(tools) ? tools : [tools];
    } else if (name === "schema") chat.schema = { name: "answer", schema: parsed(page, name, value) };
    else if (name === "stop") chat.stop = String(value).split("\n").filter(Boolean);
    else chat[name] = value;
  }
  return chat;
}

/**
 * A question to a pane's model, with the images where it takes them.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {string} prompt
 * @returns {ChatMessage}
 */
export function question(page, pane, prompt) {
  const images = pane.refused.images ? [] : page.images;
  /** @type {Part[]} */
  const parts = images.map(({ media_type, data }) => ({ type: "image", media_type, data }));
  return { role: "user", parts: [...parts, { type: "text", text: filled(page, prompt) }] };
}

/**
 * The questions and replies of a pane so far, as the next request repeats them.
 * @param {Pane} pane
 */
export function messagesOf(pane) {
  return pane.turns.flatMap((turn) => (turn.message?.parts.length ? [turn.question, turn.message] : []));
}
