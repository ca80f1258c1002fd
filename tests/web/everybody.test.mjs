// For everybody: keyboard, screen reader, contrast, small screens, right to left, less motion.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, choose, fixed, heard, launch, log, open, shot, visitor, write } from "./browser.mjs";

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
const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  });

async function violations(page) {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(() =>
    axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing: ${colorScheme}, ${width} px, closed, talking, menu open`, async () => {
      const page = await come({
        colorScheme, viewport: { width, height: 720 }, bypassCSP: true, // for axe's own script
      });
      assert.deepEqual(await violations(page), [], "closed");
      await open(page);
      await write(page, "she left");
      await heard(page, "Is that so?");
      await choose(page, "Yes");
      await heard(page, 'You chose /answer{"v":"yes"}');
      await write(page, "and on");
      await heard(page, "I heard: and on");
      assert.deepEqual(await violations(page), [], "talking");
      await shot(page, `talking-${colorScheme}-${width}`);
      await choose(page, "Menu");
      assert.deepEqual(await violations(page), [], "menu");
      await shot(page, `menu-${colorScheme}-${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!wide, "nothing is wider than the screen");
      await page.context().close();
    });
  }
}

test("with the keyboard alone: open, write, choose, menu, close, and the focus comes back", async () => {
  const page = await come();
  await page.keyboard.press("Tab");
  while (!/^Open the chat/.test(await focused(page))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Write here" }).waitFor();
  await page.waitForTimeout(300);
  assert.equal(await focused(page), "Write here");
  await page.keyboard.type("by hand");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Send");
  await page.keyboard.press("Enter");
  await heard(page, "Is that so?");
  await log(page).getByRole("button", { name: "Yes" }).focus();
  await page.keyboard.press("Space");
  await heard(page, 'You chose /answer{"v":"yes"}');
  assert.equal(await focused(page), "Write here", "a button that went stale does not keep the focus");
  await page.getByRole("button", { name: "Menu" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Help now");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "My plan");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "Menu");
  await page.waitForTimeout(800);
  await page.keyboard.press("Escape");
  assert.match(await focused(page), /^Open the chat/);
  await leave(page);
});

test("the conversation is a log that is read out politely", async () => {
  const page = await come();
  await open(page);
  assert.equal(await log(page).getAttribute("aria-live"), "polite");
  assert.ok(await log(page).getAttribute("aria-label"));
  await leave(page);
});

test("at 320 px it fills the screen, and at twice the size of the text all is in reach", async () => {
  const page = await come({ viewport: { width: 320, height: 480 } });
  await open(page);
  const box = await page.getByRole("dialog").boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, width: 320, height: 480 });
  for (const name of ["Leave now", "Menu", "Close the chat", "Send"]) {
    const button = await page.getByRole("button", { name, exact: true }).boundingBox();
    assert.ok(button.x >= 0 && button.x + button.width <= 320, name);
    assert.ok(button.y >= 0 && button.y + button.height <= 480, name);
  }
  await leave(page);
});

test("right to left: mirrored, and each message in its own direction", async () => {
  const page = await come();
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await open(page);
  const box = await page.getByRole("dialog").boundingBox();
  assert.ok(box.x < 100, "at the start of the line");
  await write(page, "שלום, she left");
  await heard(page, "I heard: שלום, she left");
  await shot(page, "right-to-left");
  await leave(page);
});

test("less motion where that is wished", async () => {
  const page = await come({ reducedMotion: "reduce" });
  await open(page);
  const moving = await page.getByRole("dialog").evaluate((panel) => getComputedStyle(panel).animationName);
  assert.equal(moving, "none");
  await leave(page);
});

test("texts, colours and place can be changed by the page", async () => {
  const page = await come();
  await page.evaluate(async () => {
    document.querySelector("afterword-chat").remove();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("afterword-chat { --afterword-accent: #5b2b60; }");
    document.adoptedStyleSheets = [sheet];
    const script = document.createElement("script");
    Object.assign(script.dataset, { title: "Ask us", textMenuHelp: "Get help", position: "start" });
    script.src = "widget.js";
    await new Promise((done) => (script.onload = done) && document.head.append(script));
  });
  const launcher = page.getByRole("button", { name: "Open the chat: Ask us" });
  const colour = await launcher.evaluate((button) => getComputedStyle(button).backgroundColor);
  assert.equal(colour, "rgb(91, 43, 96)");
  assert.ok((await launcher.boundingBox()).x < 100);
  await launcher.click();
  await choose(page, "Menu");
  await page.getByRole("menuitem", { name: "Get help" }).waitFor();
  await leave(page);
});
