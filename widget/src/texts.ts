// Every word the widget itself shows. A page changes one with data-text-<name>, for instance
// data-text-menu-help="Get help" for menuHelp.

export const TEXTS = {
  title: "Afterword",
  open: "Open the chat",
  close: "Close the chat",
  exit: "Leave now",
  exitHint: "Leave this page at once and clear the chat (or press Escape twice)",
  menu: "Menu",
  menuHelp: "Help now",
  menuPlan: "My plan",
  menuData: "My data",
  menuPrivacy: "What is kept",
  menuForget: "Forget me",
  menuEnd: "End this talk",
  greeting: "I'm a program, not a person. Tell me in your own words what happened.",
  placeholder: "Write here",
  send: "Send",
  log: "Conversation",
  typing: "Writing",
  you: "You:",
  removed: "(not kept)",
  loading: "One moment",
  offline: "You're offline. What you write is sent when you're back.",
  back: "You're back online.",
  unsent: "Not sent.",
  retry: "Try again",
  failed: "That didn't get through. Please try again in a moment.",
  slow: "That's a lot at once. Please wait a moment, then try again.",
  stale: "That button belongs to an earlier question.",
  broken: "The chat couldn't be loaded. Please check your connection and try again.",
  forgotten: "Everything is deleted. You can close this now, or start anew.",
  ended: "This talk has ended here. What you write now starts a new one.",
  save: "Save {name}",
  long: "At most 2,000 characters fit into one message.",
};

export type Texts = typeof TEXTS;

export function textsOf(data: DOMStringMap): Texts {
  const texts = { ...TEXTS };
  for (const name of Object.keys(TEXTS) as (keyof Texts)[]) {
    const given = data["text" + name[0].toUpperCase() + name.slice(1)];
    if (given) texts[name] = given;
  }
  if (data.title) texts.title = data.title;
  if (data.greeting) texts.greeting = data.greeting;
  return texts;
}
