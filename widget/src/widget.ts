// The widget: a script line on a page becomes a launcher, and a chat once somebody opens it.

import { Controller } from "./controller";

const script = document.currentScript as HTMLScriptElement | null;

if (script && !document.querySelector("afterword-chat")) {
  const start = () => new Controller(script.dataset, new URL(".", script.src));
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
