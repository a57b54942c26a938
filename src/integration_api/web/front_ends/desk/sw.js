// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-9e4938b5d5c3";
const ASSETS = ["./","assets/begin-DONOuRCN.js","assets/chart-DleNi2E8.js","assets/clinic-q1sR2O9W.js","assets/common-Crk1gpFe.js","assets/consents-Cuc8Niyl.js","assets/consents-D09PvQ6f.js","assets/copy-ZxoG4Xv_.js","assets/documents-BFJaDppF.js","assets/dosing-C1_Pw6-M.js","assets/flag-ChPFB_Mg.js","assets/flags-Bt4IODVH.js","assets/flags-D9rrZYan.js","assets/goals-D0XMeY5Z.js","assets/group-CTjmYELE.js","assets/groups-Bn5ZU4zV.js","assets/groups-CaaLyfPN.js","assets/index-DmdGe5z7.css","assets/index-E_qdMgoq.js","assets/inside-COzpk80L.js","assets/messages-DJyp1Bo6.js","assets/note-CKoh29V5.js","assets/patients-D0-8v8Cr.js","assets/plan-Bz_GXa1-.js","assets/reflection-6WlAL_vV.js","assets/register-DZhlrwhR.js","assets/remote-B-aJ6R81.js","assets/request-WVvzdUKP.js","assets/requests-DEWN6mzz.js","assets/roster-B7GHAdV9.js","assets/safeguarding-BaJJeiF0.js","assets/stock-DAvYtUR_.js","assets/supply-Dmr8KK6_.js","assets/templates-D6WrEjU7.js","assets/threads-CdBiRkVk.js","assets/times-DYPUr9Ql.js","assets/writing-DfxQYTxZ.js","assets/you-kblpSiZu.js","icon.svg","manifest.webmanifest"];

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
