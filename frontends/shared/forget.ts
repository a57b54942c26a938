/** What a front end leaves in the browser besides its databases: its own files, and tabs that still show something. */

const channelOf = (prefix: string): BroadcastChannel => new BroadcastChannel(`${prefix}forgotten`);

/** Load this tab anew when another one has forgotten the person. `prefix` begins the names of the app's caches. */
export function followForgetting(prefix: string): void {
  channelOf(prefix).onmessage = () => location.reload();
}

/** Remove the app's own files and its service worker, and end its other tabs. Call it when the databases are empty. */
export async function forgetApp(prefix: string): Promise<void> {
  const channel = channelOf(prefix);
  channel.postMessage("forgotten");
  channel.close();
  if (!("serviceWorker" in navigator)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
  await (await navigator.serviceWorker.getRegistration())?.unregister();
}
