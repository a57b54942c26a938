// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "admin-1e306e4d58b6";
const ASSETS = ["./","assets/backups-0zGakot7.js","assets/common-4Ca_sxtc.js","assets/file-form-DwSfa6ih.js","assets/form-DpYVVjzK.js","assets/hold-6EXzKb1Y.js","assets/holds-CXtyijL2.js","assets/holds-DEO4cRe8.js","assets/hub-Dc_z0qVO.js","assets/index-BfKsyZXi.js","assets/index-D6G71v7l.css","assets/inside-BOol7HBE.js","assets/instrument-p51ByPSh.js","assets/instruments-CzYVXRFA.js","assets/instruments-lh6czOXd.js","assets/ledger-C8q7QhAP.js","assets/notices-DJ53Wgm4.js","assets/people-DOlqJ-ni.js","assets/people-kYjmqMTq.js","assets/person-CWG69KQW.js","assets/policies-BxUFrKTn.js","assets/programs-CG1QRRy9.js","assets/prompts-BQiAaFyj.js","assets/roster-DNgzLHuH.js","assets/sign-ins-CPakGzCK.js","assets/webhook-DzMIGoK_.js","assets/webhooks-C86aPw0C.js","assets/you-D75E0BvX.js","icon.svg","manifest.webmanifest"];

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
