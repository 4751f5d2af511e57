import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Keys } from "../../../../generator/web/playground/keys/keys.js";
import { FORGOTTEN } from "../../../../generator/web/playground/keys/names.js";
import { providersAt } from "../../../../generator/web/playground/keys/providers.js";
import { ROUNDS, seal, sealer } from "../../../../generator/web/playground/keys/vault.js";
import { Storage } from "./storing.mjs";

const ORIGIN = "https://api.example";
const OTHER = "https://other.example";
const PASSPHRASE = "correct horse";
const VAULT = "almanac-vault";

const device = new Storage();
const tabs = [new Storage(), new Storage()];
/** Which tab's storage the code sees. */
let tab = 0;
Object.defineProperty(globalThis, "localStorage", { value: device, configurable: true });
Object.defineProperty(globalThis, "sessionStorage", { get: () => tabs[tab], configurable: true });

beforeEach(() => {
  for (const storage of [device, ...tabs]) storage.clear();
  tab = 0;
  asked.length = 0;
});

const { deriveKey } = SubtleCrypto.prototype;
/** The rounds that were asked for. @type {number[]} */
const asked = [];
/** A key is made in a hundredth of the rounds: the tests make many. */
SubtleCrypto.prototype.deriveKey = function quickly(algorithm, ...rest) {
  const { iterations, ...others } = /** @type {Pbkdf2Params} */ (algorithm);
  asked.push(iterations);
  return deriveKey.call(this, { iterations: Math.ceil(iterations / 100), ...others }, ...rest);
};

const opened = () => new Keys(() => {});
/** @param {Keys} keys @param {string} name */
const heard = (keys, name) =>
  keys.follow(/** @type {StorageEvent} */ ({ key: name, newValue: device.getItem(name) }));
/** @param {string} secret @param {string} [origin] */
async function onDevice(secret, origin = ORIGIN) {
  const keys = opened();
  await keys.set(origin, { secret });
  await keys.keepIn("device", PASSPHRASE);
  return keys;
}
const later = () =>
  new Promise((done) => {
    setTimeout(done, 5);
  });

test("keys stay in memory unless the reader says so", async () => {
  const keys = opened();
  await keys.set(ORIGIN, { secret: "one" });
  assert.equal(keys.get(ORIGIN)?.secret, "one");
  assert.equal(opened().get(ORIGIN), null);
  assert.equal(device.getItem(VAULT), null);
});

test("each key is listed by its address, and can be removed wherever it is kept", async () => {
  const keys = await onDevice("one", OTHER);
  await keys.set(ORIGIN, { secret: "two" });
  await keys.set("https://half.example", { secret: "", id: "AKIA" });
  assert.deepEqual([keys.origins, keys.count], [[ORIGIN, OTHER], 2]);
  await keys.remove(OTHER);
  assert.deepEqual([keys.origins, keys.count], [[ORIGIN], 1]);
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.deepEqual(again.origins, [ORIGIN]);
});

test("a key's provider is known by its address", () => {
  /** @param {string} name @param {string} url */
  const row = (name, url, keyed = true) =>
    /** @type {import("../../../../generator/web/types/playground.js").Row} */ ({
      name,
      keyed,
      endpoint: { wire: "openai-chat", url },
    });
  const rows = [
    row("OpenAI: Responses", "https://api.openai.com/v1"),
    row("OpenAI: Chat Completions", "https://api.openai.com/v1"),
    row("Azure", "https://{resource}.openai.azure.com/openai/v1"),
    row("vLLM", "http://localhost:8000/v1", false),
    row("Own", "{url}", false),
  ];
  assert.deepEqual(providersAt(rows, "https://api.openai.com"), ["OpenAI"]);
  assert.deepEqual(providersAt(rows, "https://mine.openai.azure.com"), ["Azure"]);
  assert.deepEqual(providersAt(rows, "https://mine.evil.openai.azure.com"), []);
  assert.deepEqual(providersAt(rows, "https://api-openai.com"), []);
  assert.deepEqual(providersAt(rows, "http://localhost:8000"), []);
});

test("a tab keeps its keys until it is closed", async () => {
  const keys = opened();
  await keys.set(ORIGIN, { secret: "one" });
  assert.equal(await keys.keepIn("tab"), "Keys are kept until this tab is closed.");
  assert.equal(opened().get(ORIGIN)?.secret, "one");
  tab = 1;
  assert.equal(opened().get(ORIGIN), null);
});

test("a part of a signature's key stays before its secret is typed", async () => {
  const keys = opened();
  await keys.set(ORIGIN, { secret: "", id: "AKIA" });
  assert.equal(keys.get(ORIGIN)?.id, "AKIA");
  assert.equal(keys.count, 0);
});

test("in memory removes the sealed copy and says so", async () => {
  const keys = await onDevice("one");
  assert.ok(device.getItem(VAULT));
  assert.match(await keys.keepIn("memory"), /sealed copy on this device is removed/);
  assert.equal(device.getItem(VAULT), null);
  assert.equal(keys.get(ORIGIN)?.secret, "one");
});

test("in memory leaves a locked copy and says so", async () => {
  await onDevice("one");
  const keys = opened();
  await keys.set(OTHER, { secret: "two" });
  const before = device.getItem(VAULT);
  for (const place of /** @type {const} */ (["memory", "tab"]))
    assert.match(await keys.keepIn(place), /sealed keys on this device stay/);
  assert.equal(device.getItem(VAULT), before);
});

test("unlock never overwrites a newer key", async () => {
  await onDevice("old");
  await later();
  const keys = opened();
  await keys.set(ORIGIN, { secret: "new" });
  assert.match(await keys.unlock(PASSPHRASE), /newer key entered for https:\/\/api.example stays/);
  assert.equal(keys.get(ORIGIN)?.secret, "new");
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.equal(again.get(ORIGIN)?.secret, "new");
});

test("unlock takes a key that was sealed later than the tab's", async () => {
  const keys = opened();
  await keys.set(ORIGIN, { secret: "old" });
  await later();
  tab = 1;
  await onDevice("new");
  tab = 0;
  await keys.unlock(PASSPHRASE);
  assert.equal(keys.get(ORIGIN)?.secret, "new");
});

test("another passphrase does not destroy a locked vault", async () => {
  await onDevice("one");
  const before = device.getItem(VAULT);
  const keys = opened();
  await keys.set(OTHER, { secret: "two" });
  await assert.rejects(keys.keepIn("device", "another horse"), /sealed with another passphrase/);
  assert.equal(device.getItem(VAULT), before);
  assert.equal(keys.keep, "memory");
  // The right one opens it and takes the new key in.
  await keys.keepIn("device", PASSPHRASE);
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.deepEqual([again.get(ORIGIN)?.secret, again.get(OTHER)?.secret], ["one", "two"]);
});

test("a passphrase can be changed where the vault is open", async () => {
  const keys = await onDevice("one");
  await keys.keepIn("device", "another horse");
  await assert.rejects(opened().unlock(PASSPHRASE), /does not open/);
  const again = opened();
  await again.unlock("another horse");
  assert.equal(again.get(ORIGIN)?.secret, "one");
});

test("forget wins over a save in flight", async () => {
  const keys = await onDevice("one");
  const saving = keys.set(ORIGIN, { secret: "two" });
  keys.forget();
  await saving;
  assert.equal(device.getItem(VAULT), null);
  assert.equal(keys.get(ORIGIN), null);
});

test("forget wins over keeping and unlocking in flight", async () => {
  await onDevice("one");
  const keys = opened();
  const unlocking = keys.unlock(PASSPHRASE);
  keys.forget();
  await assert.rejects(unlocking, /forgotten meanwhile/);
  assert.equal(keys.get(ORIGIN), null);
  await keys.set(ORIGIN, { secret: "two" });
  const keeping = keys.keepIn("device", PASSPHRASE);
  keys.forget();
  await assert.rejects(keeping, /forgotten meanwhile/);
  assert.equal(device.getItem(VAULT), null);
  assert.equal(keys.keep, "memory");
});

test("forget reaches other tabs, and a save in flight there", async () => {
  const there = await onDevice("one");
  tab = 1;
  const here = opened();
  await later();
  const saving = there.set(ORIGIN, { secret: "two" });
  await later();
  here.forget();
  await saving;
  assert.equal(device.getItem(VAULT), null);
  assert.ok(heard(there, FORGOTTEN));
  assert.equal(there.get(ORIGIN), null);
  assert.equal(there.keep, "memory");
});

test("a tab that slept through it forgets, too, and keeps what is newer", async () => {
  const there = opened();
  await there.set(ORIGIN, { secret: "one" });
  await there.keepIn("tab");
  await later();
  tab = 1;
  opened().forget();
  tab = 0;
  assert.equal(opened().get(ORIGIN), null); // as restored later
  await later();
  await there.set(OTHER, { secret: "two" });
  heard(there, FORGOTTEN);
  assert.deepEqual([there.get(ORIGIN), there.get(OTHER)?.secret], [null, "two"]);
});

test("what another tab sealed since is taken in, not written over", async () => {
  const one = await onDevice("one");
  tab = 1;
  const two = opened();
  await two.unlock(PASSPHRASE);
  await two.set(OTHER, { secret: "two" });
  tab = 0;
  await one.set(ORIGIN, { secret: "three" });
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.deepEqual([again.get(ORIGIN)?.secret, again.get(OTHER)?.secret], ["three", "two"]);
});

test("what another tab sealed with another passphrase or removed stays so", async () => {
  const one = await onDevice("one");
  tab = 1;
  const two = opened();
  await two.unlock(PASSPHRASE);
  await two.keepIn("device", "another horse");
  const sealed = device.getItem(VAULT);
  tab = 0;
  await assert.rejects(one.set(ORIGIN, { secret: "three" }), /sealed the keys on this device anew/);
  assert.equal(device.getItem(VAULT), sealed);
  assert.ok(one.locked);
  tab = 1;
  await two.keepIn("memory");
  heard(one, VAULT);
  await one.set(ORIGIN, { secret: "four" });
  assert.equal(device.getItem(VAULT), null);
});

test("the newest of quick saves is what stays", async () => {
  const keys = await onDevice("one");
  await Promise.all(["t", "tw", "two"].map((secret) => keys.set(ORIGIN, { secret })));
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.equal(again.get(ORIGIN)?.secret, "two");
});

test("a vault's own rounds open it, and it is sealed as it should be then", async () => {
  const weak = await sealer(PASSPHRASE, undefined, 1000);
  device.setItem(VAULT, await seal(JSON.stringify({ [ORIGIN]: { secret: "one" } }), weak));
  const keys = opened();
  await keys.unlock(PASSPHRASE);
  assert.equal(keys.get(ORIGIN)?.secret, "one");
  assert.equal(JSON.parse(device.getItem(VAULT) ?? "").rounds, ROUNDS);
  assert.deepEqual(asked.splice(0), [1000, 1000, ROUNDS]);
  const strong = await sealer(PASSPHRASE, undefined, ROUNDS + 1);
  device.setItem(VAULT, await seal(JSON.stringify({ [ORIGIN]: { secret: "two" } }), strong));
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.equal(JSON.parse(device.getItem(VAULT) ?? "").rounds, ROUNDS + 1);
  assert.deepEqual(asked, [ROUNDS + 1, ROUNDS + 1]);
});

test("a damaged vault is told as one", async () => {
  for (const vault of ["{", "null", '{"v":9}', '{"v":1,"rounds":1e12,"salt":"","iv":"","data":""}']) {
    device.setItem(VAULT, vault);
    await assert.rejects(opened().unlock(PASSPHRASE), /damaged or of a newer version/);
    assert.equal(device.getItem(VAULT), vault);
  }
});

test("storage that is closed or full is told and breaks nothing", async () => {
  const keys = await onDevice("one");
  const setItem = device.setItem.bind(device);
  device.setItem = () => {
    throw new Error("no room");
  };
  await assert.rejects(keys.set(ORIGIN, { secret: "two" }), /no room/);
  device.setItem = setItem;
  await keys.set(ORIGIN, { secret: "three" });
  const again = opened();
  await again.unlock(PASSPHRASE);
  assert.equal(again.get(ORIGIN)?.secret, "three");
});

test("a text that holds a key is found out, one that doesn't is not", async () => {
  const keys = opened();
  await keys.set(ORIGIN, { secret: "q7Zp2Kx9Lm4Rt8Vw3Bn6Yc1D", session: "Hj5Nc8Xs2Qw7Er4Tz9Uk" });
  assert.match(keys.found("q7Zp2Kx9Lm4Rt8Vw3Bn6Yc1D"), /the key for https:\/\/api.example/);
  assert.match(keys.found("Hj5Nc8Xs2Qw7Er4Tz9Uk"), /the key for/);
  assert.match(keys.found("sk-abcdefghijklmnop1", "sk-[a-z0-9]{16,}"), /looks like a key \(sk-abc…\)/);
  assert.equal(keys.found("sk-abcdefghijklmnop1"), "");
  assert.equal(keys.found("Hello", "sk-[a-z0-9]{16,}"), "");
  assert.match(keys.found({ text: [..."q7Zp2Kx9Lm4Rt8Vw3Bn6Yc1D"].join("\n") }), /the key for/);
  const isHeld = keys.finder();
  assert.deepEqual([{ a: ["Hj5Nc8Xs2Qw7Er4Tz9Uk"] }, "Hello", null].map(isHeld), [true, false, false]);
});
