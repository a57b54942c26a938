/** What a front end leaves in the browser besides its databases: its own files, and tabs that still show something. */

/** A channel does not hear itself. By a second one, the tab that forgets would be loaded anew before it is done. */
let channel: BroadcastChannel | null = null;

/** Load this tab anew when another one has forgotten the person. `prefix` begins the names of the app's caches. */
export function followForgetting(prefix: string): void {
  channel = new BroadcastChannel(`${prefix}forgotten`);
  channel.onmessage = () => location.reload();
}

/** Remove the app's own files and its service worker, and end its other tabs. Call it when the databases are empty. */
export async function forgetApp(prefix: string): Promise<void> {
  channel?.postMessage("forgotten");
  if (!("serviceWorker" in navigator)) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
  await (await navigator.serviceWorker.getRegistration())?.unregister();
}
