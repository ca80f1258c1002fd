// The launcher and the window around the chat.

import { make } from "./dom";
import { adopt, sheetOf, WRAPPER } from "./styles";
import type { Texts } from "./texts";

export interface PanelEvents {
  open(): void;
  close(): void;
  exit(): void;
  menu(item: MenuItem): void;
}

export const MENU = {
  menuHelp: "/ask_help",
  menuPlan: "/plan_show",
  menuData: "/my_data",
  menuPrivacy: "/ask_privacy",
  menuForget: "/forget_me",
  menuEnd: "",
} as const;
export type MenuItem = keyof typeof MENU;

export class Panel {
  readonly host = document.createElement("afterword-chat");
  readonly body = make("div", { class: "body" });
  private readonly launcher: HTMLButtonElement;
  private readonly panel: HTMLElement;
  private readonly menu: HTMLElement;
  private readonly menuButton: HTMLButtonElement;
  private readonly notice = make("p", { class: "notice", part: "notice", role: "status", hidden: true });
  private noticeTimer = 0;

  constructor(texts: Texts, private readonly events: PanelEvents, atStart: boolean) {
    this.launcher = make(
      "button",
      { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false",
        "aria-label": `${texts.open}: ${texts.title}`, click: events.open },
      texts.title,
    );
    const items = (Object.keys(MENU) as MenuItem[]).map((item) =>
      make("button", { type: "button", role: "menuitem", tabindex: "-1", "data-item": item,
        click: () => this.pick(item) }, texts[item]),
    );
    this.menu = make("div", { class: "menu", part: "menu", role: "menu", "aria-label": texts.menu,
      hidden: true, keydown: (event) => this.moveInMenu(event as KeyboardEvent) }, ...items);
    this.menuButton = make("button", { type: "button", "aria-haspopup": "menu",
      "aria-expanded": "false", click: () => this.toggleMenu() }, texts.menu);
    const header = make(
      "header",
      { part: "header" },
      make("h2", { id: "title" }, texts.title),
      make("button", { type: "button", class: "exit", part: "exit", title: texts.exitHint,
        click: events.exit }, texts.exit),
      this.menuButton,
      make("button", { type: "button", "aria-label": texts.close, class: "close",
        click: events.close }, "✕"),
      this.menu,
    );
    this.panel = make("section", { class: "panel", part: "panel", role: "dialog",
      "aria-labelledby": "title", hidden: true }, header, this.notice, this.body);
    const root = this.host.attachShadow({ mode: "open" });
    adopt(root, sheetOf(WRAPPER));
    root.append(make("div", { class: atStart ? "start" : "end" }, this.launcher, this.panel));
  }

  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  get isMenuOpen(): boolean {
    return !this.menu.hidden;
  }

  show(open: boolean): void {
    this.panel.hidden = !open;
    this.launcher.hidden = open;
    this.launcher.setAttribute("aria-expanded", String(open));
    this.toggleMenu(false);
    if (!open) this.launcher.focus();
  }

  /** A line above the chat; for some seconds, or until the next one. */
  tell(text: string, seconds = 0): void {
    clearTimeout(this.noticeTimer);
    this.notice.textContent = text;
    this.notice.hidden = !text;
    if (seconds) this.noticeTimer = window.setTimeout(() => this.tell(""), seconds * 1000);
  }

  toggleMenu(open = this.menu.hidden === true): void {
    const had = !this.menu.hidden;
    this.menu.hidden = !open;
    this.menuButton.setAttribute("aria-expanded", String(open));
    if (open) this.items()[0].focus();
    else if (had) this.menuButton.focus();
  }

  private pick(item: MenuItem): void {
    this.toggleMenu(false);
    this.events.menu(item);
  }

  private items(): HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>("button")];
  }

  private moveInMenu(event: KeyboardEvent): void {
    const items = this.items();
    const now = items.indexOf((this.host.shadowRoot!.activeElement ?? items[0]) as HTMLElement);
    const places: Record<string, number> = {
      ArrowDown: (now + 1) % items.length,
      ArrowUp: (now + items.length - 1) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    if (event.key === "Tab") this.toggleMenu(false);
    if (!(event.key in places)) return;
    event.preventDefault();
    items[places[event.key]].focus();
  }
}
