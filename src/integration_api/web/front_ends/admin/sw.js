// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "admin-1ed315e34dd9";
const ASSETS = ["./","assets/backups-Bj1MSnVq.js","assets/common-BiEMNJAu.js","assets/file-form-BMq5AI-h.js","assets/form-Ds3QRlOd.js","assets/hold-DWYqPTTl.js","assets/holds-CgonxguL.js","assets/holds-DH6_lA1C.js","assets/hub-DjW85w_N.js","assets/index-CoBYK2zS.css","assets/index-DFlFNfEE.js","assets/inside-o9FI6biR.js","assets/instrument-By4sM7CD.js","assets/instruments-BdbmpTtB.js","assets/instruments-Csw153wE.js","assets/ledger-BTkp_JOL.js","assets/notices-CYBKsZGb.js","assets/people-BJZWwoji.js","assets/people-Bg4TGyP8.js","assets/person-tNWXeRsb.js","assets/policies-zeSIyH9q.js","assets/programs-DPFpiray.js","assets/prompts-B4fau9Fr.js","assets/roster-BmVFRbWy.js","assets/sign-ins-ClzjwqyU.js","assets/webhook-Cn6ux3xu.js","assets/webhooks-BA2M2Xj-.js","assets/you-B7sT1Ciy.js","icon.svg","manifest.webmanifest"];

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
