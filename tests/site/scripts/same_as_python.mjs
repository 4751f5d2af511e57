// What scripts work out of the JSON on standard input, as JSON, for Python to compare.
//   node same_as_python.mjs rows|nearest|names
import { readFileSync } from "node:fs";

import { nearest } from "../../../generator/web/explorer/nearest.mjs";
import { Offerings } from "../../../generator/web/explorer/offerings.mjs";
import { modelOf } from "../../../generator/web/site/keys.mjs";
import { Resolver } from "../../../generator/web/site/resolver.mjs";

const WAYS = {
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
  /** What each name means. */
  names: ({ data, typed }) => {
    const resolver = new Resolver(data);
    return typed.map((name) => resolver.resolve(name));
  },
};

console.log(JSON.stringify(WAYS[process.argv[2]](JSON.parse(readFileSync(0, "utf8")))));
