/** Sending a text by a button, under an id of its own: an answer can be lost, and the person write on. */
import { Problem } from "@integration-journal/client";

/**
 * Send under an id. Returns null if the API has what was sent; what it has under that id if that says something else:
 * an earlier sending arrived, its answer was lost, and the text went on.
 *
 * Any 409 may come of that earlier sending alone, so each is looked at. Raises Problem, NoAnswer.
 */
export async function sendOnce<T>(send: () => Promise<unknown>, read: () => Promise<T | null>, isSame: (stored: T) => boolean): Promise<T | null> {
  try {
    await send();
    return null;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    const stored = await read().catch((other: unknown) => {
      if (other instanceof Problem && other.status === 404) return null;
      throw other;
    });
    if (stored === null) throw error;
    return isSame(stored) ? null : stored;
  }
}

/** Whether two values of JSON say the same; a member that is null is as one that is missing. */
export const isSameJson = (one: unknown, other: unknown): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(entries.map(([name, member]): [string, unknown] => [name, plain(member)]).sort(([a], [b]) => (a < b ? -1 : 1)));
}
