// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "journal-5e5016370511";
const ASSETS = ["./","assets/ar-Dl543KZX.js","assets/consents-DuJAWmhc.js","assets/es-DMDNUCYo.js","assets/index-BPtLt-vK.js","assets/index-BTkXcZiK.css","assets/inside-BxG3PNLS.js","assets/later-csoSl0Ji.js","assets/measure-r_yg5zUO.js","assets/my-copy-BvKSw6lm.js","assets/proof-yI412dWW.js","assets/statement-CNPyROSg.js","assets/summaries-BER2PD50.js","assets/summaries-ar-DAfa-ZhP.js","assets/summaries-en-BqmF0xL-.js","assets/summaries-es-qPvvMVLC.js","assets/telling-CaQ9CHR3.js","assets/who-BomqQ6XK.js","icon.svg","manifest.webmanifest"];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(ASSETS.map((path) => new Request(path, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("journal-") && name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const wanted = request.mode === "navigate" ? self.registration.scope : url.href;
  // `caches.open` would make the cache anew that forgetting has just deleted.
  event.respondWith(caches.match(wanted, { cacheName: NAME }).then((found) => found ?? fetch(request)));
});

// Telling beyond the app. A message is a fixed sentence of the API, and the address that it leads to is this app's own.
const sentence = (event) => {
  try {
    return event.data.json();
  } catch {
    return {}; // something must be shown, or the browser takes the subscription away
  }
};

self.addEventListener("push", (event) => {
  const { title = "Journal", body = "" } = sentence(event);
  event.waitUntil(self.registration.showNotification(title, { body, tag: "journal", icon: "icon-192.png" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showNew(`${self.registration.scope}#/`));
});

/** Show the page on which all that is new begins: in the tab that is open, else in a new one. */
async function showNew(page) {
  const tabs = await self.clients.matchAll({ type: "window" });
  const open = tabs.find((tab) => tab.url.startsWith(self.registration.scope));
  if (open === undefined) return await self.clients.openWindow(page);
  await open.focus().catch(() => undefined); // only a real tap may take the focus
  await open.navigate(page);
}
