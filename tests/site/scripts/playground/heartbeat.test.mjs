// Silence of a worker, told from slow timers: by a clock of the test's own.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Heartbeat } from "../../../../generator/web/playground/python/heartbeat.js";

/** A heart, what it did, and a clock. */
function watched() {
  /** @type {string[]} */
  const done = [];
  let now = 0;
  mock.timers.enable({ apis: ["setInterval"] });
  mock.method(performance, "now", () => now);
  const heart = new Heartbeat(
    () => done.push(`asked at ${now / 1000}`),
    () => done.push(`lost at ${now / 1000}`),
  );
  /** Seconds pass; timers fire `late` seconds after they should. */
  const pass = (/** @type {number} */ seconds, late = 0) => {
    for (let i = 0; i < seconds; i += 1 + late) {
      now += 1000 * (1 + late);
      mock.timers.tick(1000);
    }
  };
  return { heart, done, pass };
}

test.afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test("a worker is asked after ten seconds of silence and lost after twenty", () => {
  const { heart, done, pass } = watched();
  heart.when(true);
  pass(20);
  assert.deepEqual(done, ["asked at 10", "lost at 20"]);
});

test("a worker that answers when asked may be silent as long as it likes", () => {
  const { heart, done, pass } = watched();
  heart.when(true);
  for (let i = 0; i < 30; i++) {
    pass(11);
    heart.heard();
  }
  assert.equal(done.length, 30);
  assert.ok(done.every((word) => word.startsWith("asked")));
});

test("slow timers of a hidden tab and a sleeping machine are no silence", () => {
  const { heart, done, pass } = watched();
  heart.when(true);
  pass(3600, 59);
  assert.deepEqual(done, []);
  pass(15);
  assert.equal(done.length, 1);
});

test("nothing is watched while nothing is awaited", () => {
  const { heart, done, pass } = watched();
  heart.when(true);
  pass(9);
  heart.when(false);
  pass(100);
  heart.when(true);
  pass(9);
  assert.deepEqual(done, []);
});
