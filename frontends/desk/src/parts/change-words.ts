/** What a strategy changed, in words. */
import type { DistressChange } from "../core/types.js";
import { en } from "../messages/en/effects.js";
import { amountOf, spoken } from "../messages/index.js";

const w = spoken({ en });

/** A mean change of distress with its interval, in words. Below zero is relief. */
export function changeWords(change: DistressChange): string {
  if (change.mean === null) return w.noChange;
  const interval = change.low === null || change.high === null ? "" : w.interval(amountOf(change.low), amountOf(change.high));
  return w.change(amountOf(Math.abs(change.mean)), change.mean, change.n) + interval;
}
