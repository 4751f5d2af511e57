// Facts of several models in the order and the groups in which they are compared.

/** @import { Fact } from "../types/api.js" */

const GROUPS = ["Prices", "Quality", "Limits", "Capabilities", "Life", "Other"];
const METERS = ["input", "cache_read", "cache_write", "output", "reasoning"];

/**
 * Whether two values that are known are not the same; unknown is no difference.
 * @param {(Fact | undefined)[]} facts
 */
export function differs(facts) {
  return new Set(facts.flatMap((f) => (f && f.value !== null ? (f.by_hour?.text ?? f.text) : []))).size > 1;
}

/** The groups that have facts, each with its fields and what a reader calls them. @param {Fact[]} facts */
export function grouped(facts) {
  /** @type {Map<string, string>} */
  const labels = new Map();
  for (const { field, label } of facts) if (!labels.has(field)) labels.set(field, label);
  return GROUPS.flatMap((group) => {
    const own = [...labels].filter(([field]) => groupOf(field) === group);
    if (group === "Prices") own.sort(([a], [b]) => rank(a).localeCompare(rank(b)));
    return own.length ? [{ group, labels: new Map(own) }] : [];
  });
}

/**
 * Where a field comes in its group: the plain prices first, then those of other modes, each by meter.
 * @param {string} field
 */
function rank(field) {
  const [, mode = "", meter] = /^price\.(?:(\w+)\.(?!per_))?(\w+)/.exec(field) ?? [];
  if (!meter) return "";
  const known = METERS.findIndex((m) => meter.startsWith(m));
  return `${mode}/${known < 0 ? METERS.length : known}`;
}

/** @param {string} field */
function groupOf(field) {
  if (/^(price|uplift|window)\b/.test(field)) return "Prices";
  if (field.startsWith("quality.")) return "Quality";
  if (/tokens|per_minute|budget|dimensions/.test(field)) return "Limits";
  if (/^(can|effort|accepts)\./.test(field)) return "Capabilities";
  if (/^(status|retires|released|listed|replaced_by|(some_)?regions)$/.test(field)) return "Life";
  return "Other";
}
