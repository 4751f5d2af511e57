// Get code: which request it is of, what is said of that, and the request as code.

import { chatOf, messagesOf, question, questionsOf, sendable, textOf, unfilled } from "../actions/chat.js";
import { askPython } from "../actions/python.js";
import { sentTurns } from "../actions/record.js";
import { SMALL } from "../keyless/local.js";
import { refusal } from "../keys/guard.js";
import { reason } from "../reason.js";

/** @import { Chat } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** Characters of a question by which its writer knows it. */
const SHOWN = 60;

/** @typedef {"form" | "run"} Asked what code asks: what stands in the form, or what was asked last. */

/** Whether a program can ask a pane's model: none can where only this page runs it. @param {Pane} pane */
export const hasCode = ({ row }) => row.endpoint.url !== SMALL;

/**
 * Show a pane's request as code in several languages: that of the form, and of the last run only where that
 * asked the same, or where the reader wants it.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {Asked} [wanted]
 */
export async function showCode(page, pane, wanted) {
  /** @type {ReturnType<typeof codeOf>} */
  let made;
  try {
    made = codeOf(page, pane, wanted);
  } catch (error) {
    page.notice = `No code was made. ${reason(error)}`;
    page.changed();
    return;
  }
  const { chat, note, other } = made;
  await askPython(page, { ...codeRequest(page, pane, chat), kind: "code" }, (texts) => {
    const refused = refusal(page, "The code", Object.values(texts).join("\n"));
    if (refused) page.notice = refused;
    page.sheet = refused ? null : { title: `Code for ${pane.name}`, texts, note };
    if (page.sheet && other)
      page.sheet.other = {
        label: other === "run" ? "Code of the last run" : "Code of the form",
        show: () => showCode(page, pane, other),
      };
  });
}

/**
 * What the code asks, what is to be said of it, and what else it could ask. Throws an Error to show.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 * @param {Asked} [wanted]
 * @returns {{ chat: Chat, note: string, other?: Asked }}
 */
export function codeOf(page, pane, wanted) {
  const isEmpty = !page.prompt.trim();
  const run = lastChat(pane);
  const form = (/** @type {string} */ prompt) => chatOf(page, pane, [question(page, pane, prompt)]);
  if (run && wanted !== "form" && (isEmpty || wanted || firstOf(run) === firstOf(form(page.prompt)))) {
    if (wanted) return { chat: run, note: `${ofRun(run)} The form has changed since.`, other: "form" };
    const isLong = run.messages.length > 1;
    return { chat: run, note: isEmpty || isLong ? ofRun(run) : "" };
  }
  if (isEmpty) return { chat: form("Hello"), note: "The prompt is empty, so this code asks “Hello”." };
  const names = unfilled(page).map((name) => `{{${name}}}`);
  const open = names.length ? ` Without a value, and sent as plain text: ${names.join(", ")}.` : "";
  const now = "This code asks what stands in the form now";
  const chat = form(page.prompt);
  if (run) return { chat, note: `${now}, not what the last run asked.${open}`, other: "run" };
  const { last } = pane;
  const before = last ? `${now}; the last run asked ${[last.provider, last.model].join(", ")}.` : "";
  return { chat, note: `${before}${open}`.trim() };
}

/**
 * What the pane asked last, with what came before it; null where it asked nothing, or another model.
 * @param {Pane} pane
 * @returns {Chat | null}
 */
function lastChat({ turns, row, model }) {
  const sent = sentTurns(turns);
  const last = sent.at(-1);
  if (!last || last.row !== row.id || last.model !== model) return null;
  const messages = [...messagesOf(sent.slice(0, -1)), sendable(last.question)];
  const chat = { ...last.parameters, messages };
  return last.system ? { ...chat, system: last.system } : chat;
}

/** A chat's first question with all that goes along, to compare. @param {Chat} chat */
function firstOf({ messages: [{ parts }], system = "", ...parameters }) {
  const set = Object.entries(parameters).toSorted(([one], [other]) => one.localeCompare(other));
  return JSON.stringify([questionsOf([{ system, question: { parts } }]), set]);
}

/** @param {Chat} run */
function ofRun({ messages }) {
  const asked = textOf(messages.at(-1) ?? { parts: [] }).trim();
  const text = asked.length > SHOWN ? `${asked.slice(0, SHOWN)} …` : asked;
  const more = messages.length > 1 ? ", with the conversation before it" : "";
  return `This code asks what the last run asked: “${text}”${more}.`;
}

/**
 * What code is made of: the request, and whether there is a key and how it signs in. The key stays here.
 * @param {PlaygroundPage} page @param {Pane} pane @param {Chat} chat
 */
function codeRequest(page, pane, chat) {
  const { origin, auth } = pane;
  const key = origin && page.keys.get(origin)?.secret ? { origin, auth, secret: "" } : null;
  return { ...pane.request(chat), key };
}
