/** What is read when a screen opens: not kept on the phone, or kept as it was read last. */
import { useEffect, useState } from "preact/hooks";
import { useJournal } from "./hooks.js";
import { journal } from "./journal.js";

/** `value` is null until it was read; `isMissing` if it could not be. It is read again when the connection is back. */
export function useOnline<T>(name: string, read: () => Promise<T>): { value: T | null; isMissing: boolean; set: (value: T) => void; reload: () => void } {
  const { phase, isReached, waiting } = useJournal();
  const [value, setValue] = useState<T | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let isShown = true;
    if (phase !== "here") return;
    void journal.reader.reached(async () => {
      const found = await read();
      if (isShown) setValue(found);
    }).then((isThere) => {
      if (isShown) setIsMissing(!isThere);
    });
    return () => {
      isShown = false;
    };
  }, [name, phase, isReached, waiting.length, again]);
  return { value, isMissing, set: setValue, reload: () => setAgain((count) => count + 1) };
}

/** As `useOnline`, but the phone keeps what was read last, until the sign-in ends. `isOld`: it was not read anew yet. */
export function useKept<T>(name: string, read: () => Promise<T>): { value: T | null; isOld: boolean; isMissing: boolean; set: (value: T) => void; reload: () => void } {
  const { holder } = useJournal();
  const [kept, setKept] = useState<T | null>(null);
  const { value, isMissing, set, reload } = useOnline<T>(name, async () => {
    const found = await read();
    if (holder !== null && journal.shown.isOf(holder)) await journal.local.put(holder.accountId, "kept", name, found);
    return found;
  });
  useEffect(() => {
    let isShown = true;
    setKept(null);
    void journal.local.one<T>(holder?.accountId ?? "", "kept", name).then((found) => {
      if (isShown) setKept(found);
    });
    return () => {
      isShown = false;
    };
  }, [name, holder?.accountId]);
  return { value: value ?? kept, isOld: value === null, isMissing, set, reload };
}
