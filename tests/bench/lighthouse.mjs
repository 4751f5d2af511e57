// Lighthouse, desktop: `node lighthouse.mjs ADDRESS…` prints the scores and failed audits as JSON.
import * as launcher from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [flags, ...addresses] = process.argv.slice(2);
const chrome = await launcher.launch({ chromeFlags: ["--headless=new", ...flags.split(" ")] });
const found = [];
for (const address of addresses) {
  const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error" }, desktopConfig);
  const scores = Object.fromEntries(
    Object.values(lhr.categories).map((c) => [c.id, Math.round(100 * c.score)]),
  );
  found.push({ address, scores, version: lhr.lighthouseVersion });
}
await chrome.kill();
process.stdout.write(JSON.stringify(found));
