// Takes the pictures of docs/images anew: node tests/web/pictures.mjs

import { join } from "node:path";
import { ROOT, choose, launch, log, menu, open, real, visitor, write } from "./browser.mjs";

const [browser, server] = await Promise.all([launch(), real()]);

async function picture(name, options, talk) {
  const page = await visitor(browser, server.address, options);
  await open(page);
  const quiet = async () => {
    await page.waitForTimeout(1200);
    await log(page).locator(".aw-typing").waitFor({ state: "detached" });
  };
  await talk(page, quiet);
  await quiet();
  await page.screenshot({ path: join(ROOT, "docs", "images", `${name}.png`) });
  await page.context().close();
}

await picture("widget-desktop", { viewport: { width: 1100, height: 760 } }, async (page) => {
  await write(page, "she left me because she needed more space");
});
await picture(
  "widget-phone-dark",
  { viewport: { width: 390, height: 760 }, colorScheme: "dark" },
  async (page, quiet) => {
    await write(page, "I want to take a pause");
    await quiet();
    await choose(page, "A week");
    await quiet();
    await write(page, "I miss her, and I think I mostly miss not being alone");
  },
);
await picture("widget-help", { viewport: { width: 390, height: 760 } }, async (page, quiet) => {
  await menu(page, "Help now");
  await quiet();
});

await browser.close();
await server.stop();
