/** Opening hours as one line of text a day. */
import { NotSent } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { en } from "../../messages/en/policies.js";
import type { Clinic } from "../../core/clinic.js";

const w = spoken({ en });
const SPAN = /^(\d\d?:\d\d)\s*[-–]\s*(\d\d?:\d\d)$/;

export type Day = keyof typeof w.day;
type Spans = Clinic["hours"][string];

export const hoursOf = (spans: Spans | undefined): string => (spans ?? []).map(({ opens, closes }) => `${opens}-${closes}`).join(" ");

const clock = (time: string): string => time.padStart(5, "0");

/** Return the spans of a day; null if it is closed. Raises NotSent for what is no time. */
export function spansOf(text: string): Spans | null {
  const parts = text.replace(/\s*[-–]\s*/g, "-").split(/[\s,;]+/).filter(Boolean);
  if (parts.length === 0) return null;
  return parts.map((part) => {
    const [, opens = "", closes = ""] = SPAN.exec(part) ?? [];
    if (!opens) throw new NotSent(w.badHours);
    return { opens: clock(opens), closes: clock(closes) };
  });
}
