// Elements without innerHTML: text is always text.
import type { File } from "./api";

type Props = Record<string, string | boolean | ((event: Event) => void)>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

/** Lets the browser save a file. */
export function save({ name, type, text, base64 }: File): void {
  const content = base64 ? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)) : text ?? "";
  const url = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: url, download: name.replace(/[^\w.-]+/g, "-") }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** An id for a message, which no other message has. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
