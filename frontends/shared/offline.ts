/** The service worker, by which the app itself is there offline. */

interface App {
  state: { phase: string };
  subscribe(listener: () => void): () => void;
}

/** Register it when the first screen is shown: what it fetches would compete with that for the network. */
export function followOffline(app: App): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const stop = app.subscribe(() => {
    if (app.state.phase === "starting") return;
    stop();
    setTimeout(() => void navigator.serviceWorker.register("sw.js"));
  });
}
