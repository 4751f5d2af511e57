// What scripts work out of the JSON on standard input, as JSON, for Python to compare.
//   node same_as_python.mjs addresses|taken|rows|nearest|names|results|keys
import { readFileSync } from "node:fs";

import {
  checkedCases,
  contestantsOf,
  figures,
  spent,
  summedUp,
} from "../../../generator/web/evaluate/contestants.js";
import { Earlier } from "../../../generator/web/evaluate/earlier.js";
import { Results } from "../../../generator/web/evaluate/results.js";
import { nearest } from "../../../generator/web/explorer/nearest.mjs";
import { Offerings } from "../../../generator/web/explorer/offerings.mjs";
import { withFamily } from "../../../generator/web/playground/connected/family.js";
import { readAddress } from "../../../generator/web/playground/connected/address.js";
import { originsIn, textIn } from "../../../generator/web/playground/keys/scan.js";
import { modelOf } from "../../../generator/web/site/keys.mjs";
import { Resolver } from "../../../generator/web/site/names/resolver.mjs";

/** Saved results as the page has them. */
const resultsOf = ({ evaluation, models, results }) => {
  const all = new Results(evaluation, models);
  for (const one of results) all.add(one);
  return all;
};

const WAYS = {
  /** How addresses of one's own servers are read. */
  addresses: (written) => written.map(([text, wire]) => readAddress(text, wire)),
  /** What the models of a row take: what is refused, with which efforts, which efforts there are. */
  taken: (rows) =>
    rows.map(({ row, models }) =>
      models.map((model) => {
        const { refused = null, refused_with = null, efforts = null } = withFamily(row, model);
        return [refused, refused_with, efforts];
      }),
    ),
  /** What saved results come to, and how each row and model changed since others. */
  results: ({ now, before }) => {
    const results = resultsOf(now);
    const cases = checkedCases(results);
    const every = now.evaluation.cases.map((_, place) => place);
    const matched = new Earlier(resultsOf(before)).matched(results);
    return {
      models: cases.length ? contestantsOf(results).map((one) => summedUp(results, one, cases)) : [],
      figures: contestantsOf(results).map((one) => figures(spent(results, one, every))),
      changes: results.rows.map((each, row) => each.map((_, model) => matched.change({ row, model }))),
    };
  },
  /** Of each offering of the explorer: key, model, anchor and the price of input. */
  rows: (data) => {
    const offerings = new Offerings(data, "2026-01-01");
    return Array.from({ length: offerings.count }, (_, row) => {
      const key = offerings.key(row);
      return [key, modelOf(key), offerings.anchor(row), offerings.text(row, "input")];
    });
  },
  /** The names nearest to each. */
  nearest: ({ names, known }) => names.map((name) => nearest(name, known)),
  /** Of each text or value whether it gives its key, or one of its keys, away. */
  keys: (pairs) =>
    pairs.map(([keys, value]) => {
      const secrets = [keys].flat().map((secret) => ({ origin: "x", secret }));
      return originsIn(textIn(value), secrets).length > 0;
    }),
  /** What each name means. */
  names: ({ data, typed }) => {
    const resolver = new Resolver(data);
    return typed.map((name) => resolver.resolve(name));
  },
};

console.log(JSON.stringify(WAYS[process.argv[2]](JSON.parse(readFileSync(0, "utf8")))));
