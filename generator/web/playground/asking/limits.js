// Numbers that no model takes: told at their fields, and sent to nobody.

import { focusOn } from "./sight.js";

/** @import { Parameter } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { Pane } from "../pane.js" */

/** What a number may be: "from 0 to 2", "1 or more". @param {Parameter & { control: "number" }} field */
function range({ min, max }) {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min === undefined ? "" : `, ${min} or more`;
}

/**
 * Why a parameter's value is not taken, as a sentence; empty where it is, or none is written.
 * @param {Parameter} field @param {string | number | undefined} value
 */
export function faultOf(field, value) {
  if (field.control !== "number" || value === undefined || value === "") return "";
  const number = Number(value);
  const { label, min = -Infinity, max = Infinity, step } = field;
  const isWhole = step !== 1 || Number.isInteger(number);
  if (isWhole && number >= min && number <= max) return "";
  return `${label} must be a ${step === 1 ? "whole " : ""}number${range(field)}.`;
}

/**
 * The first fault of the parameters for all models and of these panes' own; empty without any.
 * @param {Pick<ConnectedPage, "data" | "options">} page @param {Pick<Pane, "options">[]} panes
 */
export function firstFault({ data, options }, panes) {
  const all = [options, ...panes.map((pane) => pane.options)];
  const faults = all.flatMap((some) => data.parameters.map((field) => faultOf(field, some[field.name])));
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
  const field = page.root.querySelector("input.fault");
  for (let at = field?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
  if (field instanceof HTMLInputElement) focusOn(field);
  return true;
}
