// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-3417a36b6ba1";
const ASSETS = ["./","assets/answer-DI1UfL9-.js","assets/answers-8oS5QWu3.js","assets/answers-BNAaJIlC.js","assets/begin-Dk8aIpZ3.js","assets/chart-exhJr-Sv.js","assets/clinic-BkgISbyq.js","assets/common-BL2B6hFC.js","assets/consents-CtRqw1-X.js","assets/consents-DP4XTl9b.js","assets/copy-D1xAK_Kh.js","assets/disclosures-Db-_R3rw.js","assets/documents-moaPMJtz.js","assets/dosing-Cr6FgGRQ.js","assets/flag-B818tlQ8.js","assets/flags-DM5D-I31.js","assets/flags-dyp20meU.js","assets/goals-Bl-koiai.js","assets/group-CVxUuEep.js","assets/groups-DHqbM5yp.js","assets/groups-vDKoTnLq.js","assets/index-B4UJkbBL.js","assets/index-Br_doXv-.css","assets/inside-wGbJKTvK.js","assets/interview-Btyf_-hB.js","assets/lab-DPMizVGg.js","assets/messages-CyOOhFIE.js","assets/note-B3NhSifS.js","assets/own-note-CVBlZ_hV.js","assets/own-notes-CquU1QXe.js","assets/own-notes-Djpx9IUD.js","assets/patients-CpaXaT1C.js","assets/plan-B5S9kw9x.js","assets/reflection-DCO4DiZ1.js","assets/register-DXic1xVn.js","assets/remote-B7fSGJop.js","assets/request-Bykhk6fz.js","assets/requests-CLr1BpWz.js","assets/roster-BqnCiy7s.js","assets/safeguarding-D9pHfvB_.js","assets/safety-plan-DT2TyhIz.js","assets/saving-CVRk3_U9.js","assets/stock-louyC-8P.js","assets/supply-B-B2xBnq.js","assets/templates-BhBlHSSd.js","assets/threads-Dol-eWNP.js","assets/times-BuYrcOg8.js","assets/you-Chwh1Vn1.js","icon.svg","manifest.webmanifest"];

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
