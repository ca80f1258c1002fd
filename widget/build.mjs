// Builds the widget into dist/: the small wrapper, the chat that is loaded on first opening,
// and the demo page. `node build.mjs --sizes` tells how large they are.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const WRAPPER_LIMIT = 12 * 1024; // bytes, gzipped

const shared = {
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "none",
  outdir: "dist",
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
await build({ ...shared, entryPoints: { widget: "src/widget.ts", demo: "src/demo.ts" } });
await build({ ...shared, entryPoints: { "widget-chat": "src/chat-element.ts" }, legalComments: "eof" });
await cp("pages", "dist", { recursive: true });

const zipped = async (name) => gzipSync(await readFile(`dist/${name}`), { level: 9 }).length;
const wrapper = await zipped("widget.js");
if (wrapper > WRAPPER_LIMIT) {
  console.error(`widget: the wrapper has ${wrapper} bytes gzipped, the limit is ${WRAPPER_LIMIT}`);
  process.exit(1);
}
if (process.argv.includes("--sizes")) {
  console.log(JSON.stringify({ wrapper, chat: await zipped("widget-chat.js") }));
}
