// What the widget costs a page: node bench/widget.mjs (after scripts/build-widget)
// Prints bytes gzipped, milliseconds of the main thread for the launcher, and milliseconds from
// pressing it until one can write.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT, fixed, launch, open } from "../tests/web/browser.mjs";

const RUNS = 10;
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const zipped = (name) => gzipSync(readFileSync(join(ROOT, "widget", "dist", name)), { level: 9 }).length;

const [browser, server] = await Promise.all([launch(), fixed()]);
const launcher = [];
const opening = [];
for (let run = 0; run < RUNS; run++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send("Profiler.enable");
  await client.send("Profiler.start");
  await page.goto(server.address);
  await page.getByRole("button", { name: /^Open the chat/ }).waitFor();
  const { profile } = await client.send("Profiler.stop");
  const ours = profile.nodes.filter((node) => node.callFrame.url.endsWith("/widget.js"));
  const ids = new Set(ours.map((node) => node.id));
  launcher.push(
    profile.samples.reduce((sum, id, at) => sum + (ids.has(id) ? profile.timeDeltas[at] / 1000 : 0), 0),
  );
  const began = performance.now();
  await open(page);
  opening.push(performance.now() - began);
  await context.close();
}
await browser.close();
await server.stop();
console.log(
  JSON.stringify({
    wrapper_bytes: zipped("widget.js"),
    chat_bytes: zipped("widget-chat.js"),
    launcher_ms: Number(median(launcher).toFixed(1)),
    opening_ms: Math.round(median(opening)),
  }),
);
