// What is to be known of all cases, found once for an edit: the page is drawn far more often than edited.

/** @import { Case, Check } from "../types/evaluate.js" */

/**
 * A function that works its value out anew only where the cases were edited since the last time, or an
 * argument is another one.
 * @template {unknown[]} Arguments @template Value
 * @param {(...of: Arguments) => Value} make
 * @returns {(edits: number, ...of: Arguments) => Value}
 */
export function once(make) {
  /** @type {{ edits: number, of: Arguments, value: Value } | null} */
  let last = null;
  return (edits, ...of) => {
    const before = last;
    if (before?.edits === edits && of.every((one, place) => one === before.of[place])) return before.value;
    last = { edits, of, value: make(...of) };
    return last.value;
  };
}

/**
 * The columns of these cases, how many have checks of their own and of which kinds those are, and whether
 * some begin with messages.
 * @param {Case[]} cases
 */
export function factsOf(cases) {
  const checks = cases.flatMap((one) => one.checks ?? []);
  return {
    columns: [...new Set(cases.flatMap(({ variables }) => Object.keys(variables)))],
    checked: cases.filter((one) => one.checks?.length).length,
    kinds: new Set(checks.flatMap(kindsOf)),
    talks: cases.some((one) => one.messages?.length),
  };
}

/** Of which kind a check is, and those of its group. @param {Check} check @returns {string[]} */
export const kindsOf = ({ name, checks = [] }) => [name, ...checks.flatMap(kindsOf)];
