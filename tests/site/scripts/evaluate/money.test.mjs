// Dollars are written in one way, however small.

import assert from "node:assert/strict";
import { test } from "node:test";

import { usd } from "../../../../generator/web/evaluate/text.js";

test("small amounts have no noughts at their end and no exponent", () => {
  const amounts = [0.002134, 0.0008, 8e-4, 4e-8, 0.05, 0.0999, 0, 0.5, 1234.5];
  const wanted = "$0.0021 $0.0008 $0.0008 $0.00000004 $0.05 $0.10 $0 $0.50 $1,234.50";
  assert.equal(amounts.map(usd).join(" "), wanted);
});
