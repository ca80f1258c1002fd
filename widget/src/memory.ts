// What the browser remembers: the session's token, and messages that could not be sent.
// Until the person agrees to be remembered it is gone with the tab; no cookies at any time.

import type { Outgoing, TokenPlace } from "./api";

type News = "changed" | "forgotten" | "left";
type Note = { kind: News | "who" | "me"; token?: string };

/** The browser's storage may be full or forbidden; the chat must work all the same. */
function attempt<T>(what: () => T): T | null {
  try {
    return what();
  } catch {
    return null;
  }
}

export class Memory implements TokenPlace {
  private token: string | null = null;
  private readonly channel: BroadcastChannel | null;
  private readonly name: string;
  private waiting: ((token: string | null) => void) | null = null;

  constructor(base: URL, private readonly onNews: (news: News) => void) {
    this.name = `afterword:${base.href}`;
    this.token =
      attempt(() => sessionStorage.getItem(this.name)) ?? attempt(() => localStorage.getItem(this.name));
    this.channel = attempt(() => new BroadcastChannel(this.name));
    if (this.channel) this.channel.onmessage = ({ data }) => this.hear(data as Note);
  }

  get(): string | null {
    return this.token;
  }

  set(token: string): void {
    this.token = token;
    attempt(() => sessionStorage.setItem(this.name, token));
    if (this.isLasting()) attempt(() => localStorage.setItem(this.name, token));
  }

  drop(): void {
    this.token = null;
    attempt(() => sessionStorage.removeItem(this.name));
    attempt(() => localStorage.removeItem(this.name));
    this.unsent = [];
  }

  /** Remembers beyond this tab, or not any more: as the person agreed with the assistant. */
  last(kept: boolean): void {
    if (kept && this.token) attempt(() => localStorage.setItem(this.name, this.token!));
    if (!kept) attempt(() => localStorage.removeItem(this.name));
  }

  get unsent(): Outgoing[] {
    return JSON.parse(attempt(() => sessionStorage.getItem(`${this.name}:unsent`)) ?? "[]");
  }

  set unsent(list: Outgoing[]) {
    const key = `${this.name}:unsent`;
    if (list.length) attempt(() => sessionStorage.setItem(key, JSON.stringify(list)));
    else attempt(() => sessionStorage.removeItem(key));
  }

  tell(news: News): void {
    this.channel?.postMessage({ kind: news });
  }

  /** Asks other tabs of this page for their session, for a moment. */
  askOthers(): Promise<void> {
    if (this.token || !this.channel) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (token: string | null) => {
        this.waiting = null;
        if (token) this.set(token);
        resolve();
      };
      this.waiting = end;
      this.channel!.postMessage({ kind: "who" });
      setTimeout(() => this.waiting && end(null), 150);
    });
  }

  private isLasting(): boolean {
    return attempt(() => localStorage.getItem(this.name)) !== null;
  }

  private hear(note: Note): void {
    if (note.kind === "who") {
      if (this.token) this.channel!.postMessage({ kind: "me", token: this.token });
    } else if (note.kind === "me") {
      if (note.token && this.waiting) this.waiting(note.token);
    } else {
      if (note.kind !== "changed") this.drop();
      this.onNews(note.kind);
    }
  }
}
