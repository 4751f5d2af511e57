// Parameters as they were sent, back in the form's fields.

/** @import { Chat, Options } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

/**
 * The options that several models were sent alike, and what each was sent beside them.
 * @param {PlaygroundPage} page
 * @param {{ parameters: Partial<Chat> }[]} turns
 */
export function sharedOptions(page, turns) {
  const all = turns.map((turn) => optionsOf(page, turn.parameters));
  const [first = {}] = all;
  /** @param {string} name */
  const isCommon = (name) => all.every((options) => options[name] === first[name]);
  /** @param {Options} options @param {boolean} shared */
  const those = (options, shared) =>
    Object.fromEntries(Object.entries(options).filter(([name]) => isCommon(name) === shared));
  return { common: those(first, true), own: all.map((options) => those(options, false)) };
}

/** @param {PlaygroundPage} page @param {Partial<Chat>} chat */
function optionsOf(page, chat) {
  /** @type {Options} */
  const options = {};
  for (const { name } of page.data.parameters) {
    const value = name === "schema" ? chat.schema?.schema : chat[name];
    if (value === undefined) continue;
    if (Array.isArray(value) && name === "stop") options[name] = value.join("\n");
    else if (typeof value === "string" || typeof value === "number") options[name] = value;
    else options[name] = JSON.stringify(value, null, 2);
  }
  return options;
}
