/** A room: a file that loads when it is opened. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { office } from "./office.js";

const opened = new Map<string, ComponentType<never>>();

/** One room, as soon as its file is there; the service worker has all of them, so that they open without a connection. */
export function LateRoom<P extends object>({ name, load, place }: { name: string; load: () => Promise<ComponentType<P>>; place: P }) {
  const [isMissing, setIsMissing] = useState(false);
  const [, draw] = useState({});
  const Found = opened.get(name) as ComponentType<P> | undefined;
  useEffect(() => {
    if (Found === undefined) void load().then((found) => { opened.set(name, found as ComponentType<never>); draw({}); }, () => setIsMissing(true));
  }, []);
  if (Found) return <Found {...place} />;
  return isMissing ? <button type="button" onClick={() => location.reload()}>{office.t.again}</button> : <p class="hint">{office.t.loading}</p>;
}
