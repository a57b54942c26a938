/** English: what strategies changed. */
import { plural } from "./plural.js";

export const en = {
  noChange: "no distress before and after yet",
  change: (size: string, mean: number, n: number) => `distress ${mean < 0 ? `${size} lower` : mean > 0 ? `${size} higher` : "unchanged"} on average (${plural(n, "use", "uses")})`,
  interval: (low: string, high: string) => `, 95 % interval ${low} to ${high}`,
  uses: (uses: number, skips: number) => `used ${plural(uses, "time", "times")}${skips ? `, skipped ${plural(skips, "time", "times")}` : ""}`,
  adherence: (percent: number, done: number, planned: number, days: number) => `${percent} % of the plan (${done} of ${planned} in ${plural(days, "day", "days")})`,
  rank: (rank: number) => `no. ${rank} by relief`,
  tooFew: (minimum: number) => `Fewer than ${minimum} rated uses.`,
};
