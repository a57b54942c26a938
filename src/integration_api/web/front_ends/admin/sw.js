// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "admin-255b3b2d6c7c";
const ASSETS = ["./","assets/backups-C2aJfSwZ.js","assets/common-ZmFwfu6s.js","assets/file-form-DPigevib.js","assets/form-96OLAbsE.js","assets/hold-n-u9XzWD.js","assets/holds-CvFdXWW7.js","assets/holds-DXsVa5Xk.js","assets/hub-CiTZXhnK.js","assets/index-CoBYK2zS.css","assets/index-GvCqNQ6V.js","assets/inside-DeBNiKXF.js","assets/instrument-r8395enG.js","assets/instruments-9kMiMOCH.js","assets/instruments-DsvBurYi.js","assets/ledger-BzsvyD5e.js","assets/not-yours-rP-9GJxb.js","assets/notices-B1wAnjXc.js","assets/people-B5lU_vT9.js","assets/people-BXVmhvJi.js","assets/person-W1qalUOA.js","assets/policies-tntVxxo9.js","assets/programs-COnJFiPJ.js","assets/prompts-DJW0PwXQ.js","assets/ranges-CUCNldWc.js","assets/roster-D7QOyOhb.js","assets/sign-ins-BCdxixgG.js","assets/studies-vn087-no.js","assets/study-DGXYdx6G.js","assets/tries-CrZQEn3i.js","assets/webhook-D8mZe2YF.js","assets/webhooks-D-a1AMHi.js","assets/you-OiXr_C0E.js","icon.svg","manifest.webmanifest"];

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
