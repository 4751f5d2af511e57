// Which numbers are sent, and what is said at the field of another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { faultOf, firstFault, leave, toldOf } from "../../../../../generator/web/playground/asking/limits.js";

const LENGTH = { name: "max_tokens", label: "Max tokens", control: "number", min: 1, step: 1 };
const HEAT = { name: "temperature", label: "Temperature", control: "number", min: 0, max: 2, step: 0.1 };
const TOOLS = { name: "tools", label: "Tools", control: "text", lines: 5, help: "" };
const SCHEMA = { name: "schema", label: "JSON schema", control: "text", lines: 5, help: "" };
const STOP = { name: "stop", label: "Stop sequences", control: "text", lines: 1, help: "" };

test("a number that no model takes is told by its field's name and range", () => {
  const whole = "Max tokens must be a whole number, 1 or more.";
  assert.deepEqual(
    [0.3, 0, "many", 1, 4096, "", undefined].map((value) => faultOf(LENGTH, value)),
    [whole, whole, whole, "", "", "", ""],
  );
  const inRange = "Temperature must be a number from 0 to 2.";
  assert.deepEqual(
    [-1, 2.5, 0.25, 2].map((value) => faultOf(HEAT, value)),
    [inRange, inRange, "", ""],
  );
  assert.equal(faultOf(STOP, "0.3"), "");
});

test("a text that is no JSON, or not what its parameter wants, is told", () => {
  assert.match(faultOf(TOOLS, '[{"name": "weather"'), /^Tools is no JSON: .+[.]$/);
  assert.match(faultOf(SCHEMA, "{not json"), /^JSON schema is no JSON: .+[.]$/);
  const wanted = "Tools must be a list of functions, each an object with a name.";
  const unsound = ["1", '"a"', "[1]", "[null]", '[{"name": ""}]', '[{"name": "a", "parameters": []}]'];
  assert.deepEqual([...new Set(unsound.map((text) => faultOf(TOOLS, text)))], [wanted]);
  const openai = '[{"type": "function", "function": {"name": "a", "parameters": {}}}]';
  const sound = ["", "[]", '{"name": "a"}', openai, '[{"name": "a", "input_schema": {"type": "object"}}]'];
  assert.deepEqual([...new Set(sound.map((text) => faultOf(TOOLS, text)))], [""]);
  assert.equal(faultOf(SCHEMA, "[]"), 'JSON schema must be an object, as {"type": "object", …}.');
  assert.deepEqual([faultOf(SCHEMA, "{}"), faultOf(STOP, "{not json")], ["", ""]);
});

test("a text is left alone while it is written, and told of once it is left until it is mended", () => {
  const options = { tools: "[{" };
  assert.equal(toldOf(TOOLS, options), "");
  leave(options, "tools");
  assert.match(toldOf(TOOLS, options), /^Tools is no JSON/);
  options.tools = "[{}";
  assert.match(toldOf(TOOLS, options), /^Tools is no JSON/);
  options.tools = "[]";
  assert.equal(toldOf(TOOLS, options), "");
  options.tools = "[{";
  assert.equal(toldOf(TOOLS, options), "", "it is written anew");
});

test("a model's own parameters count as those for all models do", () => {
  const pane = (options, refused = {}) => ({ options, refused });
  const page = { data: { parameters: [LENGTH, HEAT, STOP] }, options: { temperature: 1 } };
  assert.equal(firstFault(page, [pane({}), pane({ max_tokens: 2 })]), "");
  assert.equal(firstFault(page, [pane({}), pane({ max_tokens: 0.3 })]), faultOf(LENGTH, 0.3));
  const untaken = pane({ max_tokens: 0.3 }, { max_tokens: "this model takes none" });
  assert.equal(firstFault(page, [untaken]), "", "its field is not there, and nothing of it is sent");
  assert.equal(firstFault({ ...page, options: { temperature: 9 } }, []), faultOf(HEAT, 9));
});
