// Brings launcher, chat, server and memory together.

import { Api, Choice, Outgoing, Refusal, Said } from "./api";
import { Chat } from "./chat";
import { make, newId } from "./dom";
import { Memory } from "./memory";
import { MENU, MenuItem, Panel } from "./panel";
import { Texts, textsOf } from "./texts";

const TWICE = 700; // milliseconds between two presses of Escape that mean: leave
const PER_CHARACTER = 9; // milliseconds; a message waits while the one before it is read
const LONGEST_PAUSE = 1400;

export class Controller {
  private readonly texts: Texts;
  private readonly panel: Panel;
  private readonly memory: Memory;
  private readonly api: Api;
  private chat: Chat | null = null;
  private loading: Promise<void> | null = null;
  private line: Promise<unknown> = Promise.resolve();
  private escapedAt = -Infinity;

  constructor(private readonly data: DOMStringMap, private readonly base: URL) {
    this.texts = textsOf(data);
    this.memory = new Memory(base, (news) => void this.hear(news));
    this.api = new Api(base, this.memory);
    this.panel = new Panel(
      this.texts,
      {
        open: () => void this.open(),
        close: () => this.close(),
        exit: () => this.leave(),
        menu: (item) => void this.pick(item),
      },
      data.position === "start",
    );
    document.body.append(this.panel.host);
    document.addEventListener("keydown", (event) => this.key(event), true);
    window.addEventListener("offline", () => this.panel.tell(this.texts.offline));
    window.addEventListener("online", () => this.return());
    window.addEventListener("pageshow", (event) => event.persisted && void this.restore());
  }

  async open(): Promise<void> {
    this.panel.show(true);
    document.dispatchEvent(new CustomEvent("afterword:opened"));
    try {
      await (this.loading ??= this.load());
      this.chat!.focus();
    } catch {
      this.loading = null;
      const retry = make("button", { type: "button", click: () => void this.open() }, this.texts.retry);
      this.panel.body.replaceChildren(make("p", { role: "alert" }, `${this.texts.broken} `, retry));
    }
  }

  close(): void {
    if (!this.panel.isOpen) return;
    this.panel.show(false);
    document.dispatchEvent(new CustomEvent("afterword:closed"));
  }

  /** Off this page at once: nothing of the talk stays in view or in this browser. */
  private leave(): void {
    this.api.leave();
    this.chat?.clear();
    this.panel.host.remove();
    this.memory.drop();
    this.memory.tell("left");
    location.replace(this.data.exit || "about:blank");
  }

  private async load(): Promise<void> {
    this.panel.body.replaceChildren(make("p", { role: "status" }, this.texts.loading));
    await Promise.all([loadScript(new URL("widget-chat.js", this.base)), this.memory.askOthers()]);
    await customElements.whenDefined("deep-chat");
    const chat = new Chat(this.texts, {
      typed: (row, out) => this.sendFrom(row, out),
      chosen: (choice) => void this.choose(choice),
    });
    this.panel.body.replaceChildren(chat.element);
    await chat.ready;
    this.chat = chat;
    await this.restore();
    if (!navigator.onLine) this.panel.tell(this.texts.offline);
  }

  /** The talk as the server knows it, and below it what could not be sent. */
  private async restore(): Promise<void> {
    const chat = this.chat;
    if (!chat) return;
    const past = this.api.hasSession() ? await this.api.past().catch(() => null) : null;
    chat.say({ id: "greeting", who: "bot", text: this.texts.greeting });
    if (past) {
      const offered = new Set(past.offered);
      for (const said of past.items) chat.say(said, offered);
      chat.retire(offered);
      this.memory.last(past.kept);
    }
    const known = new Set(past?.items.map((said) => said.id));
    const unsent = this.memory.unsent.filter((out) => !known.has(out.id));
    this.memory.unsent = unsent;
    for (const out of unsent)
      if (!chat.shows(out.id)) this.mark(chat.own(out.text ?? "", out.id), out);
  }

  private async pick(item: MenuItem): Promise<void> {
    await this.loading;
    if (item !== "menuEnd") return this.choose({ title: this.texts[item], payload: MENU[item] });
    if (this.api.hasSession()) await this.api.end().catch(() => undefined);
    this.memory.drop();
    this.memory.tell("forgotten");
    this.startAnew(this.texts.ended);
  }

  private async choose(choice: Choice): Promise<void> {
    const chat = this.chat;
    if (!chat) return;
    chat.retire();
    const id = newId();
    const row = chat.own(choice.title, id);
    chat.focus();
    this.sendFrom(row, { id, payload: choice.payload });
  }

  /** One message after the other, in the order they were written. */
  private sendFrom(row: HTMLElement, out: Outgoing): void {
    if (out.text !== undefined) this.memory.unsent = [...this.memory.unsent, out];
    this.line = this.line.then(() => this.send(row, out));
  }

  private async send(row: HTMLElement, out: Outgoing): Promise<void> {
    const chat = this.chat!;
    chat.clearMark(row);
    chat.retire();
    chat.setTyping(true);
    const show = this.paced((said) => chat.say(said));
    try {
      const end = await this.api.send(out, show.take);
      this.settle(out);
      await show.done();
      this.memory.last(end.kept);
      if (end.failed) this.panel.tell(this.texts.failed, 10);
      if (end.forgotten) {
        this.memory.drop();
        this.memory.tell("forgotten");
        this.panel.tell(this.texts.forgotten);
      } else this.memory.tell("changed");
    } catch (error) {
      await show.done();
      this.explain(error, row, out);
    } finally {
      chat.setTyping(false);
    }
  }

  /** Says what went wrong; whatever can be tried again gets a button for it. */
  private explain(error: unknown, row: HTMLElement, out: Outgoing): void {
    const refusal = error instanceof Refusal ? error : null;
    if (refusal?.code === "not_offered") {
      this.panel.tell(this.texts.stale, 10);
      void this.restore();
      return;
    }
    this.mark(row, out);
    if (refusal?.status === 413) this.panel.tell(this.texts.long, 10);
    else if (refusal?.status === 429) this.panel.tell(this.texts.slow, refusal.wait || 10);
    else this.panel.tell(navigator.onLine ? this.texts.failed : this.texts.offline);
  }

  private mark(row: HTMLElement, out: Outgoing): void {
    this.chat!.markUnsent(row, () => {
      this.panel.tell("");
      this.line = this.line.then(() => this.send(row, out));
    });
  }

  private settle(out: Outgoing): void {
    this.memory.unsent = this.memory.unsent.filter((other) => other.id !== out.id);
  }

  /** Back online: what waits is sent by itself. */
  private return(): void {
    this.panel.tell(this.texts.back, 4);
    for (const button of this.chat?.element.shadowRoot?.querySelectorAll<HTMLElement>(".aw-retry button") ?? [])
      button.click();
  }

  /** Messages one by one, as somebody reads them; the first at once. */
  private paced(say: (said: Said) => void): { take(said: Said): void; done(): Promise<void> } {
    const perCharacter = Number(this.data.pace ?? PER_CHARACTER);
    let queue: Promise<void> = Promise.resolve();
    let pause = 0;
    return {
      take: (said) => {
        const before = pause;
        pause = Math.min(LONGEST_PAUSE, said.text.length * perCharacter);
        queue = queue.then(() => wait(before)).then(() => say(said));
      },
      done: () => queue,
    };
  }

  /** What happened in another tab of this page. */
  private async hear(news: "changed" | "forgotten" | "left"): Promise<void> {
    if (news === "changed") await this.line.then(() => this.restore());
    else this.startAnew(news === "left" ? "" : this.texts.forgotten);
  }

  private startAnew(notice: string): void {
    this.chat?.clear();
    this.chat?.say({ id: "greeting", who: "bot", text: this.texts.greeting });
    this.panel.tell(notice, 12);
  }

  /** Escape closes the menu, then the chat; twice quickly, it leaves the page. */
  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.repeat) return;
    const twice = event.timeStamp - this.escapedAt < TWICE;
    if (twice) return this.leave();
    if (!this.panel.isOpen) return;
    this.escapedAt = event.timeStamp;
    if (this.panel.isMenuOpen) this.panel.toggleMenu(false);
    else this.close();
  }
}

function loadScript(url: URL): Promise<void> {
  if (customElements.get("deep-chat")) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = make("script", { src: url.href, load: () => resolve(), error: reject });
    document.head.append(script);
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
