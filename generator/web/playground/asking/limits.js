// Parameters that no model takes, a number out of its range or a text that is no JSON: told at their fields,
// and sent to nobody.

import { reason } from "../reason.js";
import { sentence } from "./outcome.js";
import { focusOn } from "./sight.js";

/** @import { Options, Parameter } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { Pane } from "../pane.js" */

/** What a number may be: "from 0 to 2", "1 or more". @param {Parameter & { control: "number" }} field */
function range({ min, max }) {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min === undefined ? "" : `, ${min} or more`;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether this is a function as vendors document it. @param {unknown} tool */
function isTool(tool) {
  const row = isObject(tool) && "function" in tool ? tool.function : tool;
  if (!isObject(row)) return false;
  const { name, parameters = row.input_schema ?? {} } = row;
  return typeof name === "string" && name !== "" && isObject(parameters);
}

/** What is written as JSON: whether it is what its parameter wants, and what that is. */
const JSONS = {
  tools: {
    /** @param {unknown} value */
    isSound: (value) => (Array.isArray(value) ? value : [value]).every(isTool),
    wants: "must be a list of functions, each an object with a name",
  },
  schema: { isSound: isObject, wants: 'must be an object, as {"type": "object", …}' },
};

/** Why a text is not taken. @param {Parameter} field @param {string} text */
function faultOfText({ name, label }, text) {
  const json = name === "tools" || name === "schema" ? JSONS[name] : null;
  if (!json || !text) return "";
  try {
    return json.isSound(JSON.parse(text)) ? "" : `${label} ${json.wants}.`;
  } catch (error) {
    return sentence(`${label} is no JSON: ${reason(error)}`);
  }
}

/**
 * Why a parameter's value is not taken, as a sentence; empty where it is, or none is written.
 * @param {Parameter} field @param {string | number | undefined} value
 */
export function faultOf(field, value) {
  if (field.control === "text") return faultOfText(field, String(value ?? ""));
  if (field.control !== "number" || value === undefined || value === "") return "";
  const number = Number(value);
  const { label, min = -Infinity, max = Infinity, step } = field;
  const isWhole = step !== 1 || Number.isInteger(number);
  if (isWhole && number >= min && number <= max) return "";
  return `${label} must be a ${step === 1 ? "whole " : ""}number${range(field)}.`;
}

/**
 * Texts that the reader has left, or pressed Run with, by what holds them.
 * @type {WeakMap<Options, Set<string>>}
 */
const done = new WeakMap();

/**
 * The reader has left a text for now: what is wrong with it may be told.
 * @param {Options} options @param {string} name
 */
export function leave(options, name) {
  done.set(options, new Set([...(done.get(options) ?? []), name]));
}

/**
 * What is told at a field. A text is left alone while it is written; what is told of it stays until it is
 * mended.
 * @param {Parameter} field @param {Options} options that hold its value
 */
export function toldOf(field, options) {
  const names = done.get(options);
  if (field.control === "text" && !names?.has(field.name)) return "";
  const fault = faultOf(field, options[field.name]);
  if (!fault) names?.delete(field.name);
  return fault;
}

/**
 * The first fault of the parameters for all models and of these panes' own, where their models have them;
 * empty without any.
 * @param {Pick<ConnectedPage, "data" | "options">} page @param {Pick<Pane, "options" | "refused">[]} panes
 */
export function firstFault({ data, options }, panes) {
  const all = [{ options, refused: {} }, ...panes];
  const faults = all.flatMap(({ options: some, refused }) =>
    data.parameters.map((field) => (field.name in refused ? "" : faultOf(field, some[field.name]))),
  );
  return faults.find(Boolean) ?? "";
}

/**
 * Say that nothing was sent for a fault, as long as it is there, and show the field. Whether there is one.
 * @param {ConnectedPage} page @param {Pane[]} panes
 */
export function tellsFault(page, panes) {
  const there = () =>
    firstFault(
      page,
      panes.filter((pane) => page.panes.includes(pane)),
    );
  if (!there()) return false;
  page.tell(() => there() && `Nothing was sent. ${there()}`);
  for (const { options } of [page, ...panes])
    for (const { name, control } of page.data.parameters) if (control === "text") leave(options, name);
  page.changed();
  requestAnimationFrame(() => requestAnimationFrame(() => show(page.root.querySelector(".fields .fault"))));
  return true;
}

/** Open what a field stands in, and move the focus there. @param {Element | null} field */
function show(field) {
  for (let at = field?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
  if (field instanceof HTMLElement) focusOn(field);
}
