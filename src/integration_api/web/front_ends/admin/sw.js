// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "admin-bafe24053fbe";
const ASSETS = ["./","assets/backups-CGSRjlBm.js","assets/common-C1s8Cjcb.js","assets/file-form-Cf0BmUv9.js","assets/form-CtTEprJH.js","assets/hold-W3TfM4TB.js","assets/holds-B8KWSsM_.js","assets/holds-FJz217GY.js","assets/hub-l9XDw2TH.js","assets/index-CA0suCAF.js","assets/index-CoBYK2zS.css","assets/inside-Ba6Sgjum.js","assets/instrument-DkPo1Vl6.js","assets/instruments-DFtT_ua8.js","assets/instruments-DsHqRbNO.js","assets/ledger-BSKhbeTa.js","assets/notices-CpEhArBy.js","assets/people-CF3T9Dzn.js","assets/people-DEd7TNiV.js","assets/person-DX4dpHqm.js","assets/policies-DgeFKEtD.js","assets/programs-Dm4h1NyT.js","assets/prompts-CrKF5W62.js","assets/roster-DXJ-CRRu.js","assets/sign-ins-BQrcL1Qd.js","assets/tries-BCKRe1Ds.js","assets/webhook-CFVPrg_q.js","assets/webhooks-DToLwTgx.js","assets/you-B2hpa59f.js","icon.svg","manifest.webmanifest"];

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
