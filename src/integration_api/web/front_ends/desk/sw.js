// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-daf4b5b718a7";
const ASSETS = ["./","assets/begin-BMG2MnpY.js","assets/chart-CvuAeaWl.js","assets/clinic-B0HKPam3.js","assets/common-DTAMDoxl.js","assets/consents-DR9cXjz1.js","assets/consents-IWPiA64z.js","assets/documents-nR-P51Pe.js","assets/dosing-BYBqJCUq.js","assets/flag-B62-M2Zn.js","assets/flags-DZYo7d2p.js","assets/flags-mbMPLPMW.js","assets/goals-Ch7dHfo2.js","assets/group-Cu4CdM6q.js","assets/groups-D_9oSPGX.js","assets/groups-JLr46y9Q.js","assets/index-DmuyMnDn.js","assets/index-W63wGKdQ.css","assets/inside-DEdH5fTd.js","assets/messages-Coigk55R.js","assets/note-C1pjhm58.js","assets/patients-BaFjpWMA.js","assets/plan-C7C4x_P2.js","assets/reflection-CfmkzZ1n.js","assets/register-CQ82jDc7.js","assets/remote-JUriXJXD.js","assets/request-LiNk_s4k.js","assets/roster-BDQlKtxp.js","assets/safeguarding-D2tnXf5Q.js","assets/stock-XS4SJNfq.js","assets/supply-DMxgsl9s.js","assets/templates-Cnw0_Nh_.js","assets/threads-C8Dhy3ZB.js","assets/times-BMA9t7LQ.js","assets/writing-Cfk36Whq.js","assets/you-DLh8pOAO.js","icon.svg","manifest.webmanifest"];

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
