// What the browser tests share: a server with fixed answers, Chromium, and hands to use the widget.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const ARTEFACTS = join(ROOT, "test-artefacts");
const load = createRequire(join(ROOT, "widget", "package.json"));
export const { chromium } = load("playwright-core");
export const AXE = load.resolve("axe-core/axe.min.js");

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch() {
  mkdirSync(ARTEFACTS, { recursive: true });
  const executablePath = process.env.AFTERWORD_CHROMIUM || CHROMIUM.find(existsSync);
  // Chromium refuses its sandbox to root; in containers tests are often run as root.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Starts a server of the project and waits until it answers; `stop` ends it. */
export async function serve(args, env = {}) {
  const port = await freePort();
  const data = join(mkdtempSync(join(tmpdir(), "afterword-web-")), "var");
  const child = spawn(join(ROOT, ".venv", "bin", "python"), ["-W", "ignore", ...args(port, data)], {
    cwd: ROOT,
    env: { ...process.env, AFTERWORD_DATA: data, SQLALCHEMY_SILENCE_UBER_WARNING: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (said += part));
  const address = `http://127.0.0.1:${port}`;
  const until = Date.now() + 120_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`no server: ${said}`);
    if (await fetch(address).then((answer) => answer.ok, () => false)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  };
  return { address, port, stop, said: () => said };
}

export const fixed = (env) => serve((port, data) => ["-m", "tests.web.assistant", port, data], env);
export const real = (env) => serve((port) => ["-m", "addons.cli", "serve", "--port", port], env);

/** A fresh visitor; whatever should never happen on a page is collected in `wrongs`. */
export async function visitor(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.wrongs = [];
  watch(page, address);
  await page.goto(address);
  return page;
}

export function watch(page, address) {
  page.wrongs ??= [];
  page.on("console", (line) => {
    if (/Content Security Policy/i.test(line.text())) page.wrongs.push(line.text());
  });
  page.on("pageerror", (error) => page.wrongs.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob|about):/.test(url)) page.wrongs.push(`outside: ${url}`);
  });
}

export async function open(page) {
  await page.getByRole("button", { name: /^Open the chat/ }).click();
  await page.getByRole("textbox", { name: "Write here" }).waitFor();
}

export async function write(page, text) {
  await page.getByRole("textbox", { name: "Write here" }).click();
  await page.keyboard.insertText(text);
  await page.keyboard.press("Enter");
}

export const log = (page) => page.getByRole("log");
export const heard = (page, text) => log(page).getByText(text, { exact: true }).last().waitFor();
export const choose = (page, name) => page.getByRole("button", { name, exact: true }).last().click();

export async function menu(page, name) {
  await choose(page, "Menu");
  await page.getByRole("menuitem", { name }).click();
}

export const shot = (page, name) => page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
