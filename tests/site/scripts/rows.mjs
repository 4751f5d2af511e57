// What the scripts read of each offering of the JSON on standard input, a line each: key, model, anchor, price.
import { readFileSync } from "node:fs";

import { Offerings } from "../../../generator/web/explorer/offerings.mjs";
import { modelOf } from "../../../generator/web/site/keys.mjs";

const offerings = new Offerings(JSON.parse(readFileSync(0, "utf8")), "2026-01-01");
const rows = Array.from({ length: offerings.count }, (_, row) => {
  const key = offerings.key(row);
  return [key, modelOf(key), offerings.anchor(row), offerings.text(row, "input")];
});
console.log(JSON.stringify(rows));
