/** The messages of the phone's language; one file a language. English is there first. */
import { en, type Messages } from "./en.js";

const LANGUAGES: Record<string, Messages> = { en };

const wanted = navigator.languages.map((tag) => tag.split("-")[0] ?? "").find((tag) => tag in LANGUAGES) ?? "en";

export const t: Messages = LANGUAGES[wanted] ?? en;

document.documentElement.lang = wanted;
document.documentElement.dir = t.direction;
document.title = t.appName;

const day = new Intl.DateTimeFormat(wanted, { weekday: "long", day: "numeric", month: "long" });
const dayAndTime = new Intl.DateTimeFormat(wanted, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const amount = new Intl.NumberFormat(wanted, { maximumFractionDigits: 1 });
const timeOnly = new Intl.DateTimeFormat(wanted, { hour: "numeric", minute: "2-digit" });

/** "Thursday, 28 November", in the words of the language. */
export const dayOf = (at: string | Date): string => day.format(new Date(at));
/** With the time. */
export const momentOf = (at: string | Date): string => dayAndTime.format(new Date(at));
/** The time alone if it is of today. */
export const sinceOf = (at: Date): string => (at.toDateString() === new Date().toDateString() ? timeOnly : dayAndTime).format(at);
/** A number as it is read: at most one digit after the point. */
export const amountOf = (value: number): string => amount.format(value);
export const timeOf = (at: string | Date): string => timeOnly.format(new Date(at));
