// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-f3633339f0f7";
const ASSETS = ["./","assets/begin-BIfCHWaN.js","assets/chart-CzNY81bz.js","assets/clinic-BSclVUMK.js","assets/common-VzksVVR7.js","assets/consents-BcBujaCo.js","assets/consents-CZB7edaQ.js","assets/documents-wUtBbMbF.js","assets/dosing-BgmX466k.js","assets/flag-CuyOysjB.js","assets/flags-D9jQH4kT.js","assets/flags-QER_Ts2V.js","assets/goals-DCoy1h6k.js","assets/group-B2zJ5KNl.js","assets/groups-Bfvg4dgc.js","assets/groups-C9IwA9Qu.js","assets/index-BO3okuSb.js","assets/index-v5-QGINa.css","assets/inside-BgU3QFlj.js","assets/messages-BDymJTN4.js","assets/note-DIbkFmhK.js","assets/patients-BYqfWTmK.js","assets/plan-D4P_7cCO.js","assets/reflection-DMUHYW8J.js","assets/register-Bv1x2_2q.js","assets/remote-Bl6okp1h.js","assets/request-C8J7qDj1.js","assets/roster-DH9K61wx.js","assets/safeguarding-CCsy4Rtu.js","assets/stock-Ca5EGeFW.js","assets/supply-CzoCq2Qx.js","assets/templates-CoGYQbLC.js","assets/threads-DpulnKkr.js","assets/times-DaMxYtwF.js","assets/writing-BHhyYrfg.js","assets/you-CExfVnxP.js","icon.svg","manifest.webmanifest"];

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
