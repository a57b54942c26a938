/** What is read when a screen opens, and not kept on the phone. */
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
  return { value, isMissing, set: setValue, reload: () => setAgain(again + 1) };
}
