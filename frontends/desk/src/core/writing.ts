/** Writing with autosave, for screens of who is signed in: the first one does not wait for it. */
import { useEffect, useState } from "preact/hooks";
import { desk } from "./desk.js";
import { wordsFor } from "./hooks.js";
import { Saver } from "./saver.js";
import type { SaverView, Store } from "./saving.js";

/** Write something with autosave. The saver ends with the screen; what it could not send stays on this computer. */
export function useSaver(store: Store | null, isNew: boolean): { saver: Saver; view: SaverView; message: string } | null {
  const [saver, setSaver] = useState<Saver | null>(null);
  const [view, setView] = useState<SaverView | null>(null);
  const [message, setMessage] = useState("");
  const account = desk.state.holder?.accountId ?? "";
  useEffect(() => {
    if (store === null) return;
    const made = new Saver(desk.local, account, store);
    const stop: (() => void)[] = [
      made.subscribe(() => setView(made.view)),
      desk.client.auth.onChange((session) => {
        if (session?.accountId === account) void made.flush();
      }),
      desk.live.watch((changes) => {
        if (changes.some((change) => store.thing.endsWith(change.id))) void made.look();
      }),
    ];
    const save = (): void => void made.flush();
    addEventListener("desk-save", save);
    stop.push(() => removeEventListener("desk-save", save));
    setSaver(made);
    setView(made.view);
    void made.open(isNew).catch((error: unknown) => setMessage(wordsFor(error)));
    return () => {
      stop.forEach((end) => end());
      made.close();
      void desk.readDrafts();
    };
  }, [store?.thing, account]);
  return saver === null || view === null ? null : { saver, view, message };
}
