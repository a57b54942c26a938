/** The computer's language, and how times and amounts are written in it; one file of messages a language. */
import { frame } from "./en.js";

const LANGUAGES = { en: frame };

const wanted = navigator.languages.map((tag) => tag.split("-")[0] ?? "").find((tag) => tag in LANGUAGES) ?? "en";

/** Return the messages that an app or a room brings with it, in the same language. */
export const spoken = <T>(found: { en: T }): T => (found as Record<string, T>)[wanted] ?? found.en;

document.documentElement.lang = wanted;
document.documentElement.dir = spoken(LANGUAGES).direction;

const locale = navigator.languages.find((tag) => tag.startsWith(wanted)) ?? wanted;
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
const plainDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const dayAndTime = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const olderDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "short" });
const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

export const dayOf = (at: string | number): string => day.format(new Date(at));
/** A day without a time, as it stands in a calendar. */
export const calendarDay = (on: string): string => plainDay.format(new Date(`${on}T00:00:00Z`));
/** With the weekday if it is this year, else with the year. */
export function momentOf(at: string | number): string {
  const moment = new Date(at);
  return (moment.getFullYear() === new Date().getFullYear() ? dayAndTime : olderDay).format(moment);
}
/** An amount as it is read: at most two digits after the point. */
export const amountOf = (value: number): string => amount.format(value);
export const weekdayOf = (at: string | number): string => weekday.format(new Date(at));
export const timeOf = (at: string | number): string => time.format(new Date(at));

/** "in 3 hours", "2 days ago". */
export function agoOf(at: string | number, now = Date.now()): string {
  const minutes = (new Date(at).getTime() - now) / 60_000;
  const size = Math.abs(minutes);
  if (size < 60) return relative.format(Math.round(minutes), "minute");
  if (size < 36 * 60) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1440), "day");
}
