/** The messages of the phone's language; one file a language. English is there first, another one before anything is shown. */
import { en, type Messages } from "./en.js";
import type { Later } from "./later-en.js";
import type { Rooms } from "./rooms-en.js";

/** All messages in one language. */
export interface Language {
  messages: Messages;
  rooms: Rooms;
  /** Those of the screens that load when they are opened: `later-others.ts` puts them here. */
  later?: Later;
}

const OTHERS: Record<string, () => Promise<{ language: Language }>> = { ar: () => import("./ar.js"), es: () => import("./es.js") };
/** The names of the languages, each in its own words. */
export const LANGUAGES: Record<string, string> = { ar: "العربية", en: "English", es: "Español" };
const CHOSEN = "journal-language";

const asked = [localStorage.getItem(CHOSEN) ?? "", ...navigator.languages].map((tag) => tag.split("-")[0] ?? "");
/** What the person chose on this phone, else what the browser asks for. */
const wanted = asked.find((tag) => tag in LANGUAGES) ?? "en";

/** Messages of the first screens. It is set once, before the first screen: read it when something is drawn. */
export let t: Messages = en;
/** The other language whose messages are there; null: English. */
export let other: Language | null = null;

/** The digits of buttons and of what the API sends: one kind on a page. */
function formatsOf(tag: string) {
  const locale = `${tag}-u-nu-latn`;
  return {
    day: new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }),
    dayAndTime: new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }),
    amount: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    timeOnly: new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }),
  };
}

/** Those of the language that was loaded, which need not be the one that was asked for. */
let formats = formatsOf("en");

async function speak(): Promise<void> {
  const load = OTHERS[wanted];
  if (load !== undefined) {
    await load().then(({ language: found }) => {
      other = found;
      t = found.messages;
    }, () => undefined);
  }
  const language = other === null ? "en" : wanted;
  formats = formatsOf(language);
  document.documentElement.lang = language;
  document.documentElement.dir = t.direction;
  document.title = t.appName;
}

/** Resolves when the messages are there. If those of another language cannot be had, they are English. */
export const spoken: Promise<void> = speak();

/** Show this phone in another language from now on: everything is loaded anew, and what is being written is kept. */
export function choose(language: string): void {
  localStorage.setItem(CHOSEN, language);
  location.reload();
}

/** Whether this phone follows the browser: nobody has chosen a language on it. */
export const isUnchosen = (): boolean => localStorage.getItem(CHOSEN) === null;

/** Speak the language that the clinic knows of the person, if it is there. */
export function follow(tag: string): void {
  const language = tag.split("-")[0] ?? "";
  if (language in LANGUAGES && language !== document.documentElement.lang) choose(language);
}

/** Forget what was chosen: the browser says the language again. */
export function unchoose(): void {
  localStorage.removeItem(CHOSEN);
}

/** "Thursday, 28 November", in the words of the language. */
export const dayOf = (at: string | Date): string => formats.day.format(new Date(at));
/** With the time. */
export const momentOf = (at: string | Date): string => formats.dayAndTime.format(new Date(at));
/** The time alone if it is of today. */
export const sinceOf = (at: Date): string => (at.toDateString() === new Date().toDateString() ? formats.timeOnly : formats.dayAndTime).format(at);
/** A number as it is read: at most one digit after the point. */
export const amountOf = (value: number): string => formats.amount.format(value);
export const timeOf = (at: string | Date): string => formats.timeOnly.format(new Date(at));
