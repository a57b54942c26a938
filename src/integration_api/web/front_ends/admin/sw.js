// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "admin-c9056fc8a567";
const ASSETS = ["./","assets/backups-CBjL4B_S.js","assets/common-FeaCmPp4.js","assets/file-form-ufqTpYlg.js","assets/form-BWYbH9m9.js","assets/hold-BDSqGqEx.js","assets/holds-BCv8Pt8Q.js","assets/holds-D-2_evz4.js","assets/hub-XjQ6nOhM.js","assets/index-CoBYK2zS.css","assets/index-G3nDQyRJ.js","assets/inside-B1mxrOyy.js","assets/instrument-BWXMd5Vf.js","assets/instruments-DHaopkhd.js","assets/instruments-DaKIaSie.js","assets/ledger-CI073z5c.js","assets/notices-BJGqugYU.js","assets/people-CwsDb8mo.js","assets/people-ubb6kiOs.js","assets/person-Buq5KFnK.js","assets/policies-0R3pmOge.js","assets/programs-CKAqu5yF.js","assets/prompts-Dp9KPXGf.js","assets/roster-ChQotZZh.js","assets/sign-ins-CRkI3GUY.js","assets/webhook-eHExegoo.js","assets/webhooks-CBIc0zRW.js","assets/you-DW8zMLqM.js","icon.svg","manifest.webmanifest"];

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
      .then((names) => Promise.all(names.filter((name) => name.startsWith("admin-") && name !== NAME).map((name) => caches.delete(name))))
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
