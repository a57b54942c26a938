/** What screens use of the journal. */
import { useEffect, useRef, useState } from "preact/hooks";
import { entriesOf, type JournalEntry } from "./entries.js";
import { journal } from "./journal.js";
import type { State } from "./shown.js";

/** The journal's state; the screen is drawn anew when it changes. */
export function useJournal(): State {
  const [state, setState] = useState(journal.shown.state);
  useEffect(() => {
    setState(journal.shown.state);
    return journal.shown.subscribe(() => setState(journal.shown.state));
  }, []);
  return state;
}

/** Every entry, newest first. */
export function useEntries(): JournalEntry[] {
  const { reflections, waiting } = useJournal();
  return entriesOf(reflections, waiting, Date.now());
}

export interface DraftState<T> {
  /** Null while the phone is looking for it. */
  value: T | null;
  set: (value: T) => void;
  /** Remove it, once it is in the queue. */
  clear: () => Promise<void>;
  /** Whether the disk has the last keystroke. */
  isKept: boolean;
}

/** What is being written under a name: kept on the phone with each keystroke, also if the sign-in ends meanwhile. */
export function useDraft<T>(name: string, initial: () => T): DraftState<T> {
  const { holder } = useJournal();
  const account = holder?.accountId ?? "";
  const [value, setValue] = useState<T | null>(null);
  const [isKept, setIsKept] = useState(true);
  const last = useRef(0);
  useEffect(() => {
    let isCurrent = true;
    setValue(null);
    void journal.local.draft<T>(account, name).then((found) => {
      if (isCurrent) setValue(found ?? initial());
    });
    return () => {
      isCurrent = false;
    };
  }, [account, name]);
  const set = (next: T): void => {
    const mine = ++last.current;
    setValue(next);
    setIsKept(false);
    void journal.local.saveDraft(account, name, next).then(() => {
      if (last.current === mine) setIsKept(true);
    });
  };
  const clear = async (): Promise<void> => {
    last.current += 1;
    setValue(initial());
    await journal.local.saveDraft(account, name, null);
  };
  return { value, set, clear, isKept };
}
