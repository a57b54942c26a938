/** A list that comes in pages. */
import { useRef, useState } from "preact/hooks";
import { useAct, useLoaded, type Loaded } from "../../../shared/office/hooks.js";
import { Alert } from "../../../shared/office/basics.js";
import { t } from "../messages/index.js";

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
export interface Paged<T> extends Loaded<Page<T>> {
  more: () => Promise<void>;
}

/** The first page at once, and one more for each call of `more`. */
export function usePages<T>(name: string, read: (cursor: string | null) => Promise<Page<T>>): Paged<T> {
  const loaded = useLoaded<Page<T>>(name, () => read(null));
  const latest = useRef(name);
  latest.current = name;
  const more = async (): Promise<void> => {
    const { value } = loaded;
    if (value === null || value.next_cursor === null) return;
    const next = await read(value.next_cursor);
    if (latest.current !== name) return;
    loaded.set((present) => (present.next_cursor === value.next_cursor ? { ...next, items: [...present.items, ...next.items] } : present));
  };
  return { ...loaded, more };
}

/** The button below a list that goes on. */
export function More<T>({ pages }: { pages: Paged<T> }) {
  const { isBusy, message, act } = useAct();
  if (pages.value === null || pages.value.next_cursor === null) return null;
  return (
    <>
      <Alert message={message} />
      <button type="button" disabled={isBusy} onClick={() => void act(pages.more)}>
        {t.more}
      </button>
    </>
  );
}

/** What was typed last and sent: a search. */
export function useSent(first = ""): { typed: string; sent: string; type: (text: string) => void; send: () => void } {
  const [typed, type] = useState(first);
  const [sent, setSent] = useState(first);
  return { typed, sent, type, send: () => setSent(typed.trim()) };
}
