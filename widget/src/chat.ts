// deep-chat as we use it: its list and its input; messages, buttons and labels are ours.

import type { DeepChat } from "deep-chat";
import type { Choice, Outgoing, Said } from "./api";
import { make, newId, save } from "./dom";
import { adopt, CHAT, sheetOf } from "./styles";
import type { Texts } from "./texts";

const LONGEST = 2000; // characters of a message
const READ_FROM = 12; // pixels left above the message that is answered

export interface ChatEvents {
  typed(row: HTMLElement, out: Outgoing): void;
  chosen(choice: Choice): void;
}

export class Chat {
  readonly element: DeepChat;
  readonly ready: Promise<void>;
  private readonly typing: HTMLElement;
  private shown = new Set<string>();
  private readonly sheet = sheetOf(CHAT);

  constructor(private readonly texts: Texts, private readonly events: ChatEvents) {
    this.element = document.createElement("deep-chat");
    this.typing = make("div", { class: "aw-typing", "aria-hidden": "true" }, `${texts.typing} …`);
    const chat = this.element;
    // deep-chat asks Google for a font unless this is set before it is attached.
    Object.assign(chat.style, {
      fontFamily: "inherit", width: "100%", height: "100%", border: "0", borderRadius: "0",
      backgroundColor: "transparent",
    });
    chat.textInput = { placeholder: { text: texts.placeholder }, characterLimit: LONGEST };
    chat.displayLoadingBubble = false;
    chat.connect = {
      websocket: true,
      handler: (_: unknown, signals: any) => {
        signals.onOpen();
        signals.newUserMessage.listener = (body: any) => this.take(body.messages[0].text);
      },
    };
    this.ready = new Promise((resolve) => {
      chat.onComponentRender = () => {
        this.dress();
        resolve();
      };
    });
  }

  focus(): void {
    this.input()?.focus();
  }

  clear(): void {
    this.element.clearMessages(true);
    this.shown.clear();
    this.typing.remove();
  }

  setTyping(on: boolean): void {
    if (!on) this.typing.remove();
    else {
      this.list().append(this.typing);
      this.toEnd();
    }
  }

  shows(id: string): boolean {
    return this.shown.has(id);
  }

  /** Shows a message once, however often it comes. */
  say(said: Said, offered?: ReadonlySet<string>): void {
    if (this.shown.has(said.id)) return;
    this.shown.add(said.id);
    const typing = this.typing.isConnected;
    this.typing.remove();
    if (said.who === "you") this.own(said.text || this.texts.removed, said.id);
    else this.theirs(said, offered);
    if (typing) this.list().append(this.typing);
    this.toEnd();
  }

  /** Buttons of what was said before: answers go stale, what starts something may stay. */
  retire(offered?: ReadonlySet<string>): void {
    for (const button of this.list().querySelectorAll<HTMLButtonElement>(".aw-choices button[value]")) {
      const stale = offered ? !offered.has(button.value) : button.value.startsWith("/answer");
      if (stale) button.disabled = true;
    }
  }

  /** A message of the person's own as it stands there: what marks it as unsent goes beside it. */
  markUnsent(row: HTMLElement, retry: () => void): void {
    row.querySelector(".aw-retry")?.remove();
    const button = make("button", { type: "button", click: retry }, this.texts.retry);
    row.append(make("div", { class: "aw-retry" }, this.texts.unsent, button));
    this.toEnd();
  }

  clearMark(row: HTMLElement): void {
    row.querySelector(".aw-retry")?.remove();
  }

  /** Puts up a message of the person's own and gives its row. */
  own(text: string, id: string): HTMLElement {
    this.shown.add(id);
    this.retire();
    this.element.addMessage({ role: "user", text: "." });
    return this.fill(text);
  }

  private take(text: string): void {
    const id = newId();
    this.shown.add(id);
    this.events.typed(this.fill(text), { id, text });
  }

  /** Their words as plain text: no markup of theirs is ever read as such. */
  private fill(text: string): HTMLElement {
    const rows = this.list().querySelectorAll<HTMLElement>(".outer-message-container");
    const row = rows[rows.length - 1];
    row.querySelector(".message-bubble")!.replaceChildren(
      make("span", { class: "aw-hidden" }, `${this.texts.you} `),
      text,
    );
    return row;
  }

  private theirs(said: Said, offered?: ReadonlySet<string>): void {
    this.element.addMessage({ role: "ai", html: '<div class="aw-said"></div>' });
    const places = this.list().querySelectorAll<HTMLElement>(".aw-said");
    const place = places[places.length - 1];
    place.append(make("p", {}, said.text));
    const choices = (said.buttons ?? []).map((choice) => this.button(choice, offered));
    if (said.attachment) {
      const file = said.attachment;
      const label = this.texts.save.replace("{name}", file.name);
      choices.push(make("button", { type: "button", click: () => save(file) }, label));
    }
    if (choices.length) place.append(make("div", { class: "aw-choices" }, ...choices));
  }

  private button(choice: Choice, offered?: ReadonlySet<string>): HTMLButtonElement {
    const button = make(
      "button",
      { type: "button", value: choice.payload, click: () => this.events.chosen(choice) },
      choice.title,
    );
    button.disabled = offered !== undefined && !offered.has(choice.payload);
    return button;
  }

  private input(): HTMLElement | null {
    return this.element.shadowRoot!.querySelector("#text-input");
  }

  private list(): HTMLElement {
    return this.element.shadowRoot!.querySelector("#messages")!;
  }

  /** To the newest message, but never past what it answers: people read from there. */
  private toEnd(): void {
    setTimeout(() => {
      // Later than deep-chat, which scrolls to the bottom after each message.
      const list = this.list();
      const own = list.querySelectorAll(".user-message");
      const asked = own[own.length - 1]?.getBoundingClientRect().top ?? Infinity;
      const above = asked - list.getBoundingClientRect().top - READ_FROM;
      const toBottom = list.scrollHeight - list.clientHeight - list.scrollTop;
      list.scrollTop += Math.min(above, toBottom);
    });
  }

  /** What deep-chat leaves out for those who cannot see or do not use a mouse. */
  private dress(): void {
    const root = this.element.shadowRoot!;
    adopt(root, this.sheet);
    const set = (query: string, attributes: Record<string, string>) => {
      const found = root.querySelector(query);
      for (const [name, value] of Object.entries(attributes)) found?.setAttribute(name, value);
    };
    set("#messages", {
      role: "log", "aria-live": "polite", "aria-label": this.texts.log, tabindex: "0",
    });
    set("#text-input", {
      role: "textbox", "aria-multiline": "true", "aria-label": this.texts.placeholder,
    });
    set(".input-button", { role: "button", "aria-label": this.texts.send, tabindex: "0" });
  }
}
