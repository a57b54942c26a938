// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "journal-3d433588b823";
const ASSETS = ["./","assets/ar-MYzNtikO.js","assets/capture-KTtpdhd9.js","assets/consents-DabHIXRs.js","assets/es-EN3iEZi-.js","assets/index-BNFFLEAO.js","assets/index-BTkXcZiK.css","assets/inside-CXjjcMDg.js","assets/later-BysLknci.js","assets/later-ar-V9_MN3DO.js","assets/later-es-DgHnX1m_.js","assets/measure-CFCEyP8Y.js","assets/my-copy-Cx05h-wu.js","assets/observer-C1vaFHZR.js","assets/proof-CJ-Aldu4.js","assets/statement-DBCckziQ.js","assets/summaries-ar-B1m6imei.js","assets/summaries-en-DAWrEw-U.js","assets/summaries-es-B7b8ezPi.js","assets/summaries-qQ_mHv5f.js","assets/telling-D3jd6Hkj.js","assets/who-uxecAKpe.js","icon.svg","manifest.webmanifest"];

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
