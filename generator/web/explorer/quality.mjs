// Columns of quality: what public evidence says of a model. They are loaded once they are shown, sorted or
// filtered by, so that the first view waits for nothing.

/** @import { Fact, Model, Standing } from "../types/api.js" */
/** @import { ExplorerData, Shown } from "../types/explorer.js" */

/** The one column of them that is words. */
const WORDED = "evidence";

/**
 * How they are shown, each as wide as its name.
 * @param {ExplorerData["quality"]} quality @returns {Shown[]}
 */
export const qualityColumns = (quality) =>
  Object.entries(quality).map(([id, label]) => ({
    id,
    label,
    width: Math.max(150, 65 + 5 * label.length),
    number: id !== WORDED,
  }));

/**
 * Whether an address asks for one of them.
 * @param {string} search @param {ExplorerData["quality"]} quality
 */
export function asksForQuality(search, quality) {
  const params = new URLSearchParams(search);
  const sort = (params.get("sort") ?? "").replace(/^-/, "");
  const columns = (params.get("cols") ?? "").split(",");
  const limited = [...params.keys()].map((name) => name.replace(/_(?:min|max)$/, ""));
  return [sort, ...columns, ...limited].some((id) => Object.hasOwn(quality, id));
}

/** A model's quality as facts to be compared; of an untested one only that. @param {Model} model */
export function qualityFacts({ quality }) {
  const evidence = fact("evidence", "Evidence of quality", quality?.evidence ?? "untested");
  const topics = Object.entries(quality?.topics ?? {});
  return [evidence, ...topics.map(([id, standing]) => fact(id, standing.title, written(standing)))];
}

/** @param {string} id @param {string} label @param {string} text @returns {Fact} */
const fact = (id, label, text) => ({
  field: `quality.${id}`,
  label,
  value: text,
  text,
  mark: "",
  standing: "",
  claims: [],
});

/** `1.6 (1.4 to 2.0), tier 1 of 20, measured`. @param {Standing} standing */
function written({ low, middle, high, unit, tier, tiers, evidence }) {
  const digits = unit === "rating" ? 0 : 1;
  const [least, figure, most] = [low, middle, high].map((n) =>
    n.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const place = tier === undefined ? "" : `, tier ${tier} of ${tiers}`;
  return `${figure} (${least} to ${most})${place}, ${evidence}`;
}
