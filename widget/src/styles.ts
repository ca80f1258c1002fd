// The wrapper's look, and what is changed of deep-chat's. Set by adopted sheets: no inline styles.

const COLOURS = `
:host {
  --_accent: var(--afterword-accent, #2b5b60);
  --_on-accent: var(--afterword-on-accent, #ffffff);
  --_surface: var(--afterword-surface, #ffffff);
  --_raised: var(--afterword-raised, #eef2f2);
  --_text: var(--afterword-text, #1c2526);
  --_quiet: var(--afterword-quiet, #4c5a5c);
  --_line: var(--afterword-line, #7d8b8d);
  --_bad: var(--afterword-bad, #a4262c);
  --_font: var(--afterword-font, system-ui, sans-serif);
  --_radius: var(--afterword-radius, 14px);
}
@media (prefers-color-scheme: dark) {
  :host {
    --_accent: var(--afterword-accent-dark, #9fd0d2);
    --_on-accent: var(--afterword-on-accent-dark, #0f2426);
    --_surface: var(--afterword-surface-dark, #191f20);
    --_raised: var(--afterword-raised-dark, #263032);
    --_text: var(--afterword-text-dark, #edf1f1);
    --_quiet: var(--afterword-quiet-dark, #b5c1c2);
    --_line: var(--afterword-line-dark, #7f8d8f);
    --_bad: var(--afterword-bad-dark, #ffb4ab);
  }
}`;

export const WRAPPER = `${COLOURS}
:host { all: initial; color-scheme: light dark; }
* { box-sizing: border-box; font-family: var(--_font); }
[hidden] { display: none !important; }
button { font-size: 1rem; line-height: 1.3; cursor: pointer; border-radius: 8px; min-height: 44px;
  border: 1px solid transparent; background: none; color: inherit; padding: 6px 10px; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.launcher { position: fixed; inset-block-end: 16px; inset-inline-end: 16px;
  z-index: var(--afterword-z, 2147483000); padding: 12px 20px; border-radius: 999px;
  background: var(--_accent); color: var(--_on-accent); font-weight: 600;
  box-shadow: 0 2px 10px rgb(0 0 0 / .3); }
.start .launcher { inset-inline: 16px auto; }
.panel { position: fixed; inset-block-end: 16px; inset-inline-end: 16px;
  z-index: var(--afterword-z, 2147483000); inline-size: min(400px, calc(100vw - 32px));
  block-size: min(640px, calc(100vh - 32px)); display: flex; flex-direction: column;
  background: var(--_surface); color: var(--_text); border: 1px solid var(--_line);
  border-radius: var(--_radius); overflow: hidden; box-shadow: 0 6px 30px rgb(0 0 0 / .35); }
.start .panel { inset-inline: 16px auto; }
header { display: flex; align-items: center; gap: 4px; padding: 6px 6px 6px 14px; flex-wrap: wrap;
  border-block-end: 1px solid var(--_line); position: relative; }
h2 { font-size: 1.05rem; margin: 0; flex: 1 1 auto; overflow-wrap: anywhere; }
header button { min-inline-size: 44px; }
.exit { background: var(--_accent); color: var(--_on-accent); font-weight: 600; }
.menu { position: absolute; inset-block-start: 100%; inset-inline-end: 6px; z-index: 2;
  display: flex; flex-direction: column; min-inline-size: 190px; padding: 6px;
  background: var(--_surface); border: 1px solid var(--_line); border-radius: 10px;
  box-shadow: 0 6px 20px rgb(0 0 0 / .3); }
.menu button { text-align: start; }
.menu button:hover { background: var(--_raised); }
.notice { margin: 0; padding: 8px 14px; font-size: .95rem; background: var(--_raised);
  color: var(--_text); }
.body { flex: 1 1 auto; min-block-size: 0; display: flex; flex-direction: column; }
.body > p { margin: auto; color: var(--_quiet); padding: 16px; }
deep-chat { flex: 1 1 auto; min-block-size: 0; }
@media (max-width: 480px) {
  header { gap: 0; padding-inline-start: 10px; }
  header button { padding-inline: 8px; }
  .panel, .start .panel { inset: 0; inline-size: 100%; block-size: 100%; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: rise .16s ease-out; }
  @keyframes rise { from { transform: translateY(8px); opacity: .5; } }
}
@media (forced-colors: active) { button, .panel { border: 1px solid ButtonText; } }`;

export const CHAT = `
* { font-family: var(--_font); }
#container, #chat-view, #messages, #input { background: transparent !important; color: var(--_text); }
#messages { padding-block: 6px; overscroll-behavior: contain; }
#messages:focus-visible { outline: 3px solid var(--_accent); outline-offset: -3px; }
.message-bubble { font-size: 1rem !important; line-height: 1.45; max-inline-size: 86% !important;
  margin-block-start: 8px !important; padding: 8px 12px !important; border-radius: 12px !important;
  white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; user-select: text;
  unicode-bidi: plaintext; }
.user-message-text, .user-message-text * { background: var(--_accent) !important; color: var(--_on-accent) !important; }
.ai-message-text, .html-message { background: var(--_raised) !important; color: var(--_text) !important; }
.aw-said p { margin: 0; white-space: pre-wrap; }
.aw-choices { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 8px; }
.aw-choices button, .aw-retry button { font-size: 1rem; line-height: 1.3; min-height: 44px;
  padding: 6px 12px; border-radius: 10px; cursor: pointer; text-align: start;
  border: 1px solid var(--_accent); background: var(--_surface); color: var(--_accent); }
.aw-choices button:hover:enabled { background: var(--_accent); color: var(--_on-accent); }
.aw-choices button:disabled { border: 1px dashed var(--_line); color: var(--_quiet);
  background: transparent; cursor: default; }
button:focus-visible, .aw-choices button:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.aw-retry { display: flex; gap: 8px; align-items: center; justify-content: flex-end;
  color: var(--_bad); padding: 4px 10px; font-size: .95rem; }
.aw-typing { padding: 8px 14px; color: var(--_quiet); font-size: .95rem; text-align: start; }
.aw-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
#text-input-container { background: var(--_surface) !important; border: 1px solid var(--_line) !important;
  border-radius: 10px !important; box-shadow: none !important; margin-block: 8px !important; }
#text-input-container:focus-within { outline: 3px solid var(--_accent); outline-offset: 1px; }
#text-input { font-size: 1rem !important; line-height: 1.45 !important; color: var(--_text) !important;
  outline: none; text-align: start; unicode-bidi: plaintext; }
#text-input::before, #text-input:empty::before { color: var(--_quiet) !important; opacity: 1 !important; }
.input-button { min-inline-size: 34px; min-block-size: 34px; border-radius: 8px; background: transparent !important;
  display: grid !important; place-items: center; margin-block-end: 2px; }
.input-button:hover { background: var(--_raised) !important; }
.input-button svg { filter: none !important; stroke: var(--_accent) !important; }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }`;

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** Puts a sheet behind all others, so that it has the last word. */
export function adopt(root: ShadowRoot, sheet: CSSStyleSheet): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((other) => other !== sheet), sheet];
}
