// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-414578fc5524";
const ASSETS = ["./","assets/begin-BsYQfk2Z.js","assets/chart-CiHBv82A.js","assets/clinic-T_9FGwSs.js","assets/common-DNglJ2Dt.js","assets/consents-DU4NEE2o.js","assets/consents-DYQUMAKp.js","assets/copy-JKs5F9kZ.js","assets/documents-BLH01Hn9.js","assets/dosing-BXVrTPn4.js","assets/flag-P9uvTHkp.js","assets/flags-21sFhsbY.js","assets/flags-d4jP6pwp.js","assets/goals-BHGmnYvM.js","assets/group-oqoWqSHE.js","assets/groups-BBnC3mSl.js","assets/groups-Dn-3nwgU.js","assets/index-DUY0VxVt.js","assets/index-DmdGe5z7.css","assets/inside-B1EtPsKM.js","assets/messages-DLokMdhB.js","assets/note-Dpjj9TiO.js","assets/patients-CXMMLRoL.js","assets/plan-BC2Wj7ws.js","assets/reflection-BKvZyFXe.js","assets/register-5DpYCAOw.js","assets/remote-ByCOEsTv.js","assets/request-CRW0piW8.js","assets/requests-VdODGF9-.js","assets/roster-BkuSSOdT.js","assets/safeguarding-BAppgEXL.js","assets/stock-DizhPBZx.js","assets/supply-DpZTXaiQ.js","assets/templates-BALEc_p3.js","assets/threads-DM-BaLw3.js","assets/times-kjSVmqfq.js","assets/writing-0Gdx1pC-.js","assets/you-CWAz8pVZ.js","icon.svg","manifest.webmanifest"];

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
