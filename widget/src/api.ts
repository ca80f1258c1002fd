// Talks to the server: docs/openapi-web.yml.

export interface Choice {
  title: string;
  payload: string;
}

export interface File {
  name: string;
  type: string;
  text?: string;
  base64?: string;
}

export interface Said {
  id: string;
  who: "you" | "bot";
  text: string;
  buttons?: Choice[];
  attachment?: File;
}

export interface Past {
  items: Said[];
  offered: string[];
  kept: boolean;
}

export interface End {
  failed: boolean;
  forgotten: boolean;
  kept: boolean;
}

export interface Outgoing {
  id: string;
  text?: string;
  payload?: string;
}

export interface TokenPlace {
  get(): string | null;
  set(token: string): void;
  drop(): void;
}

const PATIENCE = 45_000; // milliseconds until an answer is taken to be lost

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly wait: number,
  ) {
    super(code);
  }
}

export class Api {
  private renewing: Promise<string> | null = null;

  constructor(
    private readonly base: URL,
    private readonly tokens: TokenPlace,
  ) {}

  hasSession(): boolean {
    return this.tokens.get() !== null;
  }

  async past(): Promise<Past> {
    return (await this.ask("history", "GET")).json();
  }

  async end(): Promise<void> {
    await this.ask("end", "POST", {});
  }

  /** Ends the session while the page is being left; nobody waits for the answer. */
  leave(): void {
    const token = this.tokens.get();
    if (token) {
      void this.call("end", "POST", token, {}, { keepalive: true }).catch(() => undefined);
    }
  }

  /** Sends a message and hands on every reply as it comes. */
  async send(out: Outgoing, onReply: (said: Said) => void): Promise<End> {
    const response = await this.ask("message", "POST", { ...out, timezone: zone() });
    let end: End | null = null;
    for await (const line of lines(response)) {
      const part = JSON.parse(line);
      if (part.type === "reply") onReply({ who: "bot", ...part });
      if (part.type === "end") end = part;
    }
    if (!end) throw new Refusal(0, "cut", 0);
    return end;
  }

  private async ask(name: string, method: string, body?: object): Promise<Response> {
    let token = this.tokens.get() ?? (await this.session());
    try {
      return await this.call(name, method, token, body);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      token = await this.session(token);
      return this.call(name, method, token, body);
    }
  }

  /** A token: the old one renewed where that is possible, else one for somebody new. */
  private session(old?: string): Promise<string> {
    this.renewing ??= this.newSession(old).finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async newSession(old?: string): Promise<string> {
    let response: Response;
    try {
      response = await this.call("session", "POST", null, old ? { token: old } : {});
    } catch (error) {
      if (!old || !(error instanceof Refusal) || error.status !== 401) throw error;
      this.tokens.drop();
      response = await this.call("session", "POST", null, {});
    }
    const { token } = await response.json();
    this.tokens.set(token);
    return token;
  }

  private async call(
    name: string,
    method: string,
    token: string | null,
    body?: object,
    more: RequestInit = {},
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const response = await fetch(new URL(`api/web/${name}`, this.base), {
      method,
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
      ...more,
    }).finally(() => clearTimeout(timer));
    if (response.ok) return response;
    const { error } = await response.json().catch(() => ({ error: "unreadable" }));
    throw new Refusal(response.status, error, Number(response.headers.get("Retry-After")) || 0);
  }
}

/** Where the person's days begin and end, as far as the browser says. */
function zone(): string | undefined {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function* lines(response: Response): AsyncGenerator<string> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const parts = rest.split("\n");
    rest = parts.pop()!;
    yield* parts.filter((part) => part.trim());
    if (done) return;
  }
}
