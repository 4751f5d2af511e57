// What is said of several models: who is asked, who is not and why, and that a run is not over before it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asking,
  ended,
  outcomeOf,
  sentence,
} from "../../../../../generator/web/playground/asking/outcome.js";
import { allLacking, lacking } from "../../../../../generator/web/playground/connected/lacking.js";

test("who is asked, and who is not and why", () => {
  assert.equal(asking(1, ""), "Asking one model.");
  assert.equal(
    asking(2, "a key for Anthropic"),
    "Asking 2 models. Not asked until you fill in: a key for Anthropic.",
  );
});

test("a provider's words end with a stop before ours go on", () => {
  const said = ["Rate limit reached", "Try later.", "Why?", "Wait… "];
  assert.deepEqual(said.map(sentence), ["Rate limit reached.", "Try later.", "Why?", "Wait…"]);
});

test("while one still answers nothing is said to be over", () => {
  assert.equal(ended(["Finished", "Finished"], 0, ""), "All models have finished.");
  assert.equal(ended(["Finished"], 0, ""), "The model has finished.");
  assert.equal(ended(["Finished", "Failed"], 0, ""), "1 of 2 models did not finish.");
  assert.equal(ended(["Stopped", "Finished"], 0, ""), "You stopped 1 of 2 models.");
  const both = "1 of 2 models did not finish. You stopped 1 of 2 models.";
  assert.equal(ended(["Stopped", "Failed"], 0, ""), both);
  assert.equal(ended(["Stopped"], 0, ""), "You stopped the model.");
  const cancelled = "The download was cancelled. Run begins it again.";
  assert.equal(ended(["Cancelled"], 0, ""), cancelled);
  assert.equal(ended(["Cancelled", "Failed"], 0, ""), `1 of 2 models did not finish. ${cancelled}`);
  assert.equal(ended(["Finished"], 2, ""), "Finished: one model. Still answering: 2 models.");
  assert.equal(ended(["Failed"], 1, ""), "The model did not finish. Still answering: one model.");
  const told = "The model has finished. Not asked until you fill in: a key for Anthropic.";
  assert.equal(ended(["Finished"], 0, "a key for Anthropic"), told);
});

test("nobody who was not asked has not finished, and who is gone counts no more", () => {
  assert.equal(ended(["Refused", "Refused"], 0, ""), "2 of 2 models were not asked.");
  assert.equal(ended(["Refused"], 0, ""), "The model was not asked.");
  const both = "1 of 2 models was not asked. 1 of 2 models did not finish.";
  assert.equal(ended(["Refused", "Lost"], 0, ""), both);
  assert.equal(ended([], 1, ""), "Still answering: one model.");
  assert.equal(ended([], 0, ""), "");
});

test("how a question ended is read off its turn", () => {
  const turn = (end, more) => outcomeOf({ end, attempts: [{}], isCancelled: false, ...more });
  assert.equal(turn(null), "", "it goes on");
  assert.equal(turn({ type: "Finished" }), "Finished");
  assert.equal(turn({ type: "Failed", cause: "wrong key" }), "Failed");
  assert.equal(turn({ type: "Failed", cause: "stopped" }), "Stopped");
  assert.equal(turn({ type: "Failed", cause: "stopped" }, { isCancelled: true }), "Cancelled");
  assert.equal(turn({ type: "Refused" }, { attempts: [] }), "Refused");
  assert.equal(turn({ type: "Refused" }), "Lost", "it was sent before its worker ended");
});

/** A pane with these keys by origin. */
const pane = ({ keys = {}, auth = "bearer", places = {}, origin = "https://a.example", ...row }) => ({
  row: { name: "Anthropic", keyed: true, places: [], ...row },
  page: { keys: { get: (of) => keys[of] ?? null } },
  ...{ auth, places, origin },
});

test("a provider that wants a key lacks one; a server that wants none lacks none", () => {
  assert.equal(lacking(pane({})), "key");
  assert.equal(lacking(pane({ keys: { "https://a.example": { secret: "s" } } })), "");
  assert.equal(lacking(pane({ keys: { "https://b.example": { secret: "s" } } })), "key");
  assert.equal(lacking(pane({ keyed: false })), "");
  assert.equal(lacking(pane({ keyed: false, origin: null })), "", "a model in the page");
  assert.equal(lacking(pane({ keyed: false, own: true, origin: null })), "address", "it is none");
  const signed = { auth: "sigv4", keys: { "https://a.example": { secret: "s" } } };
  assert.equal(lacking(pane(signed)), "key", "an access key has an id, too");
});

test("a sender's key for a server of their own is told, and keeps nothing from being asked", () => {
  const own = (keys) => ({
    ...pane({ keyed: false, own: true, name: "Your own server", keys }),
    hadKey: true,
  });
  const told = "a key (if your server needs one) for Your own server";
  assert.deepEqual([lacking(own({})), allLacking([own({}), own({})])], ["", told]);
  assert.equal(allLacking([own({ "https://a.example": { secret: "s" } })]), "");
  assert.equal(allLacking([pane({ keyed: false })]), "");
});

test("an address that is not complete comes before the key", () => {
  const resource = { name: "resource", label: "Resource" };
  assert.equal(lacking(pane({ row: {}, places: {}, origin: null, ...{ keyed: true } })), "");
  const azure = (places) => ({
    ...pane({ origin: null, places }),
    row: { name: "Azure", keyed: true, places: [resource] },
  });
  assert.equal(lacking(azure({})), "address");
  assert.equal(lacking(azure({ resource: " " })), "address");
  assert.equal(lacking(azure({ resource: "mine" })), "", "Python says what is no address");
  assert.equal(
    allLacking([azure({}), azure({}), pane({})]),
    "an address and a key for Azure, a key for Anthropic",
  );
  assert.equal(
    allLacking([pane({ keyed: false, own: true, origin: null, name: "Mine" })]),
    "an address for Mine",
  );
});
