/** Identifiers: UUID version 7, which sort by the time they were made. */

let lastMs = 0;
let lastCount = 0;
const MAX_COUNT = 0xfff;

/**
 * Make a new id. Later ones sort after earlier ones, also within a millisecond and after the clock was set back.
 *
 * `now` is in milliseconds. A device whose clock is wrong makes ids that are as good; the server keeps its own time.
 */
export function newId(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  if (now > lastMs) {
    lastMs = now;
    lastCount = ((random[0]! & 0x07) << 8) | random[1]!;
  } else if (++lastCount > MAX_COUNT) {
    lastMs += 1;
    lastCount = 0;
  }
  const time = Math.trunc(lastMs).toString(16).padStart(12, "0");
  const variant = ((random[2]! & 0x3f) | 0x80).toString(16);
  const rest = Array.from(random.slice(3), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const count = lastCount.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
}
