// The whole thing: `afterword serve` with its own assistant, from a first visit to the plan.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { choose, launch, log, menu, open, real, shot, visitor, write } from "./browser.mjs";

let browser, server;
before(async () => {
  [browser, server] = await Promise.all([launch(), real()]);
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** Waits until nothing more comes. */
async function answered(page, said) {
  await log(page).locator(".user-message").getByText(said).last().waitFor();
  await page.waitForTimeout(300);
  await log(page).locator(".aw-typing").waitFor({ state: "detached", timeout: 20_000 });
}
const tell = async (page, text) => {
  await write(page, text);
  await answered(page, text);
};
const press = async (page, name) => {
  await choose(page, name);
  await answered(page, name);
};
const pick = async (page, name) => {
  await menu(page, name);
  await answered(page, name);
};
const come = async (options) => {
  const page = await visitor(browser, server.address, options);
  await open(page);
  return page;
};
const leave = async (page) => {
  assert.deepEqual(page.wrongs, []);
  await page.context().close();
};

test("it says where it listens and which line to paste", () => {
  assert.match(server.said(), /http:\/\/127\.0\.0\.1:\d+\//);
  assert.match(server.said(), /<script src="https:\/\/your\.host\/widget\.js" data-title=".*" defer><\/script>/);
});

test("from a first visit to the plan as a file, and everything as data", async () => {
  const page = await come();
  await tell(page, "she left me because she needed more space");
  await shot(page, "first-visit");
  await press(page, "I'm 18 or over, and that's fine");
  await tell(page, "I want to take a pause");
  await press(page, "A week");
  await press(page, "Skip this");
  await page.reload();
  await open(page);
  await log(page).getByText("she needed more space").first().waitFor();
  await pick(page, "My plan");
  const [plan] = await Promise.all([
    page.waitForEvent("download"),
    log(page).getByRole("button", { name: /^Save .*\.md$/ }).last().click(),
  ]);
  assert.ok((await readFile(await plan.path(), "utf8")).length > 20);
  await press(page, "As a PDF");
  const [printed] = await Promise.all([
    page.waitForEvent("download"),
    log(page).getByRole("button", { name: "Save plan.pdf" }).last().click(),
  ]);
  assert.match((await readFile(await printed.path())).toString("latin1"), /^%PDF-1\.[\s\S]*%%EOF\s*$/);
  await pick(page, "My data");
  const [data] = await Promise.all([
    page.waitForEvent("download"),
    log(page).getByRole("button", { name: "Save my-data.json" }).last().click(),
  ]);
  assert.ok(JSON.parse(await readFile(await data.path(), "utf8")));
  await leave(page);
});

test("who agreed to be remembered finds the talk again after closing the tab", async () => {
  const page = await come();
  await tell(page, "we fought about money all the time");
  await press(page, "I'm 18 or over, and that's fine");
  const context = page.context();
  await page.close();
  const later = await context.newPage();
  await later.goto(server.address);
  await open(later);
  await log(later).getByText("we fought about money all the time").first().waitFor();
  await context.close();
});

test("help is there at once, before anything else was said", async () => {
  const page = await come();
  await pick(page, "Help now");
  assert.ok((await log(page).locator(".aw-said").count()) > 1);
  await shot(page, "help");
  await leave(page);
});

test("a hold arises: what was written is answered with help, and is not kept to be read again", async () => {
  const page = await come();
  const said = "he hits me and i am scared of him";
  await tell(page, said);
  assert.ok((await log(page).locator(".aw-said").count()) > 1);
  await page.reload();
  await open(page);
  await log(page).getByText("(not kept)").waitFor();
  assert.equal(await log(page).getByText(said).count(), 0);
  await shot(page, "hold");
  await leave(page);
});

test("forget me asks first, then everything is gone, on the server too", async () => {
  const page = await come();
  await tell(page, "we drifted apart");
  await press(page, "I'm 18 or over, and that's fine");
  await pick(page, "Forget me");
  const token = await page.evaluate(() => sessionStorage.getItem(Object.keys(sessionStorage)[0]));
  await press(page, "Delete everything");
  await page.getByRole("status").getByText("Everything is deleted", { exact: false }).waitFor();
  const again = await fetch(`${server.address}/api/web/history`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  assert.equal(again.status, 401);
  await leave(page);
});
