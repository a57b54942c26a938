/** Marking what is new as read. */
import { journal } from "./journal.js";

const marked = new Set<string>();

/** Mark an item as read, once for each time that the page was opened. */
export async function markRead(itemId: string): Promise<void> {
  if (marked.has(itemId)) return;
  marked.add(itemId);
  await journal.write("mark_inbox_read", { path: { item_id: itemId } });
}
