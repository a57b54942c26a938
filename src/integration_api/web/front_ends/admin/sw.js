// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "admin-9343e1b09a8c";
const ASSETS = ["./","assets/backups-BnGAi-XN.js","assets/common-Ce5JZ8i7.js","assets/file-form-B6yR3cNb.js","assets/form-mT3au435.js","assets/hold-7ivTM0BI.js","assets/holds-CL5gOVht.js","assets/holds-rQWtzH4N.js","assets/hub-Dtu9N9cu.js","assets/index-CoBYK2zS.css","assets/index-Pyr4TVZi.js","assets/inside-Diw6yXYa.js","assets/instrument-CP2mUu2w.js","assets/instruments-TrOn6nKF.js","assets/instruments-_FlAUxjr.js","assets/ledger-egRIhzvx.js","assets/notices-ANspsKnG.js","assets/people-E9vUTuds.js","assets/people-gkg6ecNS.js","assets/person-BibYteFI.js","assets/policies-BRdlH_DI.js","assets/programs-BmfAb83I.js","assets/prompts-BcQ--BRx.js","assets/roster-CcRhz9wl.js","assets/sign-ins-ZPMsH-14.js","assets/webhook-BrTJMaQh.js","assets/webhooks-D74CEz5b.js","assets/you-BTQg5xlh.js","icon.svg","manifest.webmanifest"];

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
