/** English: threads. */
import { plural } from "./plural.js";

export const en = {
  title: "Threads",
  none: "No dose yet.",
  dose: (day: string) => `Dose of ${day}`,
  nothing: "Nothing to read yet.",
  reflection: (day: string) => `Reflection of ${day}`,
  insight: "Insight:",
  goal: "Goal:",
  strategy: "Strategy:",
  level: (before: string, now: string) => `${before} at the start, ${now} now`,
  notRated: "not rated yet",
  uses: (count: number) => `used ${plural(count, "time", "times")},`,
};
