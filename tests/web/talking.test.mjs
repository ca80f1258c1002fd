// Talking: messages, buttons, files, and what is there again after a reload or in another tab.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { choose, fixed, heard, launch, log, menu, open, shot, visitor, watch, write } from "./browser.mjs";

let browser, server;
before(async () => {
  [browser, server] = await Promise.all([launch(), fixed()]);
});
after(async () => {
  await browser.close();
  await server.stop();
});
const come = (options) => visitor(browser, server.address, options);
const leave = async (page) => {
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
};

test("nothing heavy is loaded before the chat is opened", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(server.address);
  assert.ok(!asked.some((path) => path.includes("widget-chat") || path.startsWith("/api")), asked.join());
  await open(page);
  assert.ok(asked.includes("/widget-chat.js"));
  assert.ok(!asked.some((path) => path.startsWith("/api")), "no session before the first message");
  await context.close();
});

test("a first message is answered, and a button sends its payload and shows its title", async () => {
  const page = await come();
  await open(page);
  await write(page, "she left");
  await heard(page, "I heard: she left");
  await choose(page, "Yes");
  await heard(page, 'You chose /answer{"v":"yes"}');
  assert.equal(await log(page).locator(".user-message").last().textContent(), "You: Yes");
  assert.ok(await log(page).getByRole("button", { name: "No" }).isDisabled());
  await shot(page, "talking");
  await leave(page);
});

test("replies appear as they are made, with a sign that another comes", async () => {
  const page = await come();
  await open(page);
  await write(page, "slow please");
  await heard(page, "First.");
  assert.equal(await log(page).getByText("Second.").count(), 0);
  assert.equal(await log(page).locator(".aw-typing").count(), 1);
  await heard(page, "Second.");
  await log(page).locator(".aw-typing").waitFor({ state: "detached" });
  await leave(page);
});

test("the plan is a file to download", async () => {
  const page = await come();
  await open(page);
  await menu(page, "My plan");
  await heard(page, "Your plan.");
  const [download] = await Promise.all([page.waitForEvent("download"), choose(page, "Save plan.md")]);
  assert.equal(download.suggestedFilename(), "plan.md");
  assert.match(await readFile(await download.path(), "utf8"), /# My plan/);
  await leave(page);
});

test("after a reload the talk is there again, its buttons too, stale ones disabled", async () => {
  const page = await come();
  await open(page);
  await write(page, "one");
  await heard(page, "I heard: one");
  await choose(page, "No");
  await heard(page, 'You chose /answer{"v":"no"}');
  await write(page, "two");
  await heard(page, "I heard: two");
  await page.reload();
  await open(page);
  await heard(page, "I heard: one");
  await heard(page, "I heard: two");
  const yes = log(page).getByRole("button", { name: "Yes" });
  assert.equal(await yes.count(), 2);
  assert.ok(await yes.first().isDisabled());
  assert.ok(await yes.last().isEnabled());
  await leave(page);
});

test("a second tab of the page shows the same talk and hears what the first one says", async () => {
  const page = await come();
  await open(page);
  await write(page, "from the first");
  await heard(page, "I heard: from the first");
  const other = await page.context().newPage();
  watch(other, server.address);
  await other.goto(server.address);
  await open(other);
  await heard(other, "I heard: from the first");
  await write(other, "from the second");
  await heard(page, "I heard: from the second");
  assert.deepEqual(other.wrongs, []);
  await leave(page);
});

test("a talk is gone with its tab until the person agrees that it is kept", async () => {
  const page = await come();
  await open(page);
  await write(page, "not kept");
  await heard(page, "I heard: not kept");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.evaluate(() => document.cookie), "");
  await leave(page);
});

test("forget me empties every tab and the browser", async () => {
  const page = await come();
  await open(page);
  await write(page, "remember this");
  await heard(page, "I heard: remember this");
  const other = await page.context().newPage();
  await other.goto(server.address);
  await open(other);
  await heard(other, "I heard: remember this");
  await menu(page, "Forget me");
  await choose(page, "Delete everything");
  await heard(page, "All gone.");
  await log(other).getByText("I heard: remember this").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
  await page.reload();
  await open(page);
  assert.equal(await log(page).getByText("remember this").count(), 0);
  await leave(page);
});

test("a reply that fails or is empty says so", async () => {
  const page = await come();
  await open(page);
  await write(page, "crash");
  await page.getByRole("status").getByText("That didn't get through", { exact: false }).waitFor();
  await write(page, "and on");
  await heard(page, "I heard: and on");
  await leave(page);
});

test("a long answer is read from its beginning", async () => {
  const page = await come({ viewport: { width: 390, height: 420 } });
  await open(page);
  await write(page, "one");
  await heard(page, "Is that so?");
  await write(page, `two ${"and more of it ".repeat(40)}`);
  await log(page).getByText("Is that so?").nth(1).waitFor();
  await page.waitForTimeout(200);
  const asked = await log(page).locator(".user-message").last().boundingBox();
  const list = await log(page).boundingBox();
  assert.ok(Math.abs(asked.y - list.y) < 40, `${asked.y} and ${list.y}`);
  await leave(page);
});
