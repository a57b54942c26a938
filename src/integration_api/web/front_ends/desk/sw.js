// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-b0091cb4cf50";
const ASSETS = ["./","assets/begin-DSezmuWS.js","assets/chart-cWJ76Qei.js","assets/clinic-DnOJGllk.js","assets/common-81vTHDqB.js","assets/consents-B9U-t6ZK.js","assets/consents-DcWEMP13.js","assets/copy-DOMrIxfz.js","assets/documents-D2ZAXYTt.js","assets/dosing-BqXWmx00.js","assets/flag-Bu0hTHaS.js","assets/flags-DRcYtAJn.js","assets/flags-DRkvi1vY.js","assets/goals-D8qkhigS.js","assets/group-cITwdaGW.js","assets/groups-DEq4gtiL.js","assets/groups-pBB2QoQ4.js","assets/index-Dj0529yL.js","assets/index-DmdGe5z7.css","assets/inside-DfmzcyFB.js","assets/messages-DZEJuSas.js","assets/note-D-RDxQWN.js","assets/patients-BFQWUVrz.js","assets/plan-BMjnyjfj.js","assets/reflection-CNJTAQlw.js","assets/register-CflzFYmf.js","assets/remote-aHWjLlLw.js","assets/request-GwCJRRHX.js","assets/requests-AEaEpmCF.js","assets/roster-CbN42X58.js","assets/safeguarding-DxC83EZU.js","assets/stock-BCkwtofb.js","assets/supply-DE-6MBi0.js","assets/templates-CIsRKiGf.js","assets/threads-TxJA5lvN.js","assets/times-3biRhWvf.js","assets/writing-BIZeA8Br.js","assets/you-D3UqJIZ7.js","icon.svg","manifest.webmanifest"];

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
