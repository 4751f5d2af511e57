// Whether all that stands in the page has its answer, so that a run would send nothing.

import { once } from "../facts.js";

/** @import { Case, Evaluation, NamedModel } from "../../types/evaluate.js" */
/** @import { Results } from "../results.js" */
/** A model, and the address where it is asked. @typedef {NamedModel & { address: string }} AskedModel */

/**
 * What of a case is sent: of its variables those that a text may name.
 * @param {Case} one @param {string} prompts as one text
 */
function sentOf({ variables, system, messages }, prompts) {
  const texts = prompts + JSON.stringify([system, messages]);
  const named = Object.entries(variables).filter(([name]) => texts.includes(name));
  return { variables: Object.fromEntries(named), system, messages };
}

/**
 * Whether two values hold the same; what is undefined is not there.
 * @param {unknown} one @param {unknown} other @returns {boolean}
 */
function isSame(one, other) {
  if (Object.is(one, other)) return true;
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  /** @type {[Record<string, unknown>, Record<string, unknown>]} */
  const [left, right] = [Object(one), Object(other)];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return (
    Array.isArray(one) === Array.isArray(other) && names.every((name) => isSame(left[name], right[name]))
  );
}

export class Answered {
  /** Cases are many, and compared once for an edit. */
  #areInOrder = once(areInOrder);

  /**
   * Never true where something would be sent. Taking something out leaves nothing to be asked, either.
   * @param {Results | null} results of the last run
   * @param {Evaluation} now what stands in the page
   * @param {AskedModel[]} models that stand there
   * @param {number} edits how often the cases were edited
   */
  isAll(results, now, models, edits) {
    if (!results?.over || !results.done || results.done < results.cells) return false;
    if (!results.askedOf || results.models.some(({ missing }) => missing)) return false;
    const { evaluation: then, askedOf } = results;
    /** @param {unknown[]} some @param {unknown[]} all */
    const areAmong = (some, all) => some.every((one) => all.some((other) => isSame(one, other)));
    return (
      now.repeats <= then.repeats &&
      areAmong(models, askedOf) &&
      areAmong(now.prompts, then.prompts) &&
      this.#areInOrder(edits, now.cases, then.cases, JSON.stringify(now.prompts))
    );
  }
}

/**
 * Whether these cases are among those of before, in their order.
 * @param {Case[]} some @param {Case[]} all @param {string} prompts
 */
function areInOrder(some, all, prompts) {
  let at = 0;
  return some.every((one) => {
    const sent = sentOf(one, prompts);
    while (at < all.length && !isSame(sent, sentOf(all[at], prompts))) at += 1;
    return at++ < all.length;
  });
}
