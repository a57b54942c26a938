// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-74e8a7a89bfc";
const ASSETS = ["./","assets/begin-uqtBNAgI.js","assets/chart-BbUF66cA.js","assets/clinic-JOsBnhLK.js","assets/common-BVW54BI8.js","assets/consents-DZkfzJ_v.js","assets/consents-yDsAVn8F.js","assets/documents-D6YC_soL.js","assets/dosing-B9n-b1jW.js","assets/flag-awc4a46K.js","assets/flags-CkZ9uxzO.js","assets/flags-DhoYKRpZ.js","assets/goals--UQbUJeE.js","assets/index-CmYRnQog.css","assets/index-iqEETtna.js","assets/inside-DXonVp2m.js","assets/note-DsDAsUwj.js","assets/patients-CEKqamIq.js","assets/plan-DI5JxZ9J.js","assets/reflection-CTS0M5Nw.js","assets/register-BTy_OG7a.js","assets/remote-8fh2Umim.js","assets/request-Cq9JbTfj.js","assets/roster-CXNtcl88.js","assets/safeguarding-CWMP2bnI.js","assets/stock-BjD8rzko.js","assets/supply-Gqre1ct7.js","assets/threads-DBCj0do9.js","assets/times-CRgEgp8e.js","assets/writing-CNfUdsJn.js","assets/you-6gFGOinu.js","icon.svg","manifest.webmanifest"];

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
      .then((names) => Promise.all(names.filter((name) => name.startsWith("desk-") && name !== NAME).map((name) => caches.delete(name))))
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
