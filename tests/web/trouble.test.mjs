// Trouble: no network, hostile texts, other people's pages, and leaving in a hurry.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { choose, fixed, freePort, heard, launch, log, menu, open, shot, visitor, watch, write } from "./browser.mjs";

const HOST_POLICY = (widget) =>
  `default-src 'none'; script-src ${widget}; connect-src ${widget}; style-src 'none'; img-src data:`;

let browser, server, friend;
before(async () => {
  friend = await freePort();
  [browser, server] = await Promise.all([
    launch(),
    fixed({ AFTERWORD_ORIGINS: `http://localhost:${friend}` }),
  ]);
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

test("offline: says so, marks what was not sent, and sends it once when back", async () => {
  const page = await come();
  await open(page);
  await write(page, "before");
  await heard(page, "I heard: before");
  await page.context().setOffline(true);
  await page.getByRole("status").getByText("You're offline", { exact: false }).waitFor();
  await write(page, "in the tunnel");
  await log(page).getByRole("button", { name: "Try again" }).waitFor();
  await shot(page, "offline");
  await page.context().setOffline(false);
  await heard(page, "I heard: in the tunnel");
  assert.equal(await log(page).getByRole("button", { name: "Try again" }).count(), 0);
  assert.equal(await log(page).getByText("I heard: in the tunnel").count(), 1);
  await leave(page);
});

test("a reload keeps what was not sent, marked as such, and a retry sends it", async () => {
  const page = await come();
  await open(page);
  await write(page, "first");
  await heard(page, "I heard: first");
  await page.route("**/api/web/message", (route) => route.abort());
  await write(page, "lost one");
  await log(page).getByRole("button", { name: "Try again" }).waitFor();
  await page.unroute("**/api/web/message");
  await page.reload();
  await open(page);
  await choose(page, "Try again");
  await heard(page, "I heard: lost one");
  await page.waitForFunction(() => !Object.keys(sessionStorage).some((key) => /unsent/.test(key)));
  await leave(page);
});

test("an answer that was cut off is asked for again and answered once", async () => {
  const page = await come();
  await open(page);
  let cut = true;
  await page.route("**/api/web/message", async (route) => {
    if (!cut) return route.continue();
    cut = false;
    await route.fetch(); // it reaches the server, and the answer is lost
    return route.abort();
  });
  await write(page, "only once");
  await choose(page, "Try again");
  await heard(page, "I heard: only once");
  await page.reload();
  await open(page);
  await heard(page, "I heard: only once");
  assert.equal(await log(page).getByText("I heard: only once").count(), 1);
  await leave(page);
});

const ATTEMPTS = [
  '<img src=x onerror="window.hit=1">',
  "<script>window.hit=1</script>",
  "[here](javascript:window.hit=1) ![x](x\" onerror=\"window.hit=1)",
  '"><svg onload=window.hit=1>',
  "{{constructor.constructor('window.hit=1')()}}",
];

test("what the person writes is text and nothing else, now and after a reload", async () => {
  const page = await come();
  await open(page);
  for (const attempt of ATTEMPTS) {
    await write(page, attempt);
    await heard(page, `I heard: ${attempt}`);
  }
  await page.reload();
  await open(page);
  await heard(page, `I heard: ${ATTEMPTS.at(-1)}`);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await log(page).locator("img, script, a, svg").count(), 0);
  await leave(page);
});

test("what the assistant says is text and nothing else, on its buttons too", async () => {
  const page = await come();
  await open(page);
  await write(page, "hostile");
  await log(page).getByText("onerror").first().waitFor();
  await log(page).getByRole("button").last().click();
  await heard(page, "Here are lines you can ring.");
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await log(page).locator("img, script, a").count(), 0);
  await leave(page);
});

for (const way of ["the button", "Escape twice"]) {
  test(`quick exit by ${way}: the page is left, and going back shows nothing`, async () => {
    const page = await come();
    await open(page);
    await write(page, "nobody should see this");
    await heard(page, "I heard: nobody should see this");
    if (way === "the button") await choose(page, "Leave now");
    else {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
    }
    await page.waitForURL("about:blank");
    await page.goto(server.address);
    assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length), 0);
    await open(page);
    assert.equal(await log(page).getByText("nobody should see this").count(), 0);
    await page.context().close();
  });
}

test("a session that has ended elsewhere makes room for a new one", async () => {
  const page = await come();
  await open(page);
  await write(page, "hello");
  await heard(page, "I heard: hello");
  await menu(page, "End this talk");
  await page.getByRole("status").getByText("This talk has ended", { exact: false }).waitFor();
  assert.equal(await log(page).getByText("I heard: hello").count(), 0);
  await write(page, "anew");
  await heard(page, "I heard: anew");
  await leave(page);
});

/** Another site with the widget's script line and a strict policy of its own. */
async function otherSite(port, host) {
  const site = createServer((_, answer) => {
    answer.setHeader("Content-Type", "text/html");
    answer.setHeader("Content-Security-Policy", HOST_POLICY(server.address));
    answer.end(`<!doctype html><html lang="en"><title>Another site</title><link rel="icon" href="data:,">
      <main><h1>Another site</h1></main><script src="${server.address}/widget.js" defer></script>`);
  }).listen(port, "127.0.0.1");
  await once(site, "listening");
  return { address: `http://${host}:${site.address().port}`, close: () => site.close() };
}

test("a page that is not on the list gets no session", async () => {
  const site = await otherSite(0, "127.0.0.1");
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.address);
  await open(page);
  const [answer] = await Promise.all([
    page.waitForEvent("requestfailed", (request) => request.url().includes("/api/")),
    write(page, "let me in"),
  ]);
  assert.match(answer.url(), /session/);
  await log(page).getByRole("button", { name: "Try again" }).waitFor();
  await context.close();
  site.close();
});

test("a page on the list works under its own strict policy, and hears only opened and closed", async () => {
  const site = await otherSite(friend, "localhost");
  const context = await browser.newContext();
  const page = await context.newPage();
  watch(page, "http://");
  await page.goto(site.address);
  await page.evaluate(() => {
    window.events = [];
    for (const name of ["afterword:opened", "afterword:closed"])
      document.addEventListener(name, (event) => window.events.push([name, event.detail]));
  });
  await open(page);
  await write(page, "from elsewhere");
  await heard(page, "I heard: from elsewhere");
  await page.getByRole("button", { name: "Close the chat" }).click();
  assert.deepEqual(await page.evaluate(() => window.events), [
    ["afterword:opened", null],
    ["afterword:closed", null],
  ]);
  assert.deepEqual(page.wrongs, []);
  await context.close();
  site.close();
});
