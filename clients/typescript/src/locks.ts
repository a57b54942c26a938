/** One at a time, across the tabs of a browser: Web Locks where they are, else within this page. */

const running = new Map<string, Promise<unknown>>();

/** Run `work` when nobody else runs under this name. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== "undefined" && navigator.locks) return await navigator.locks.request(name, work);
  const before = running.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  running.set(name, mine.catch(() => undefined));
  return await mine;
}
