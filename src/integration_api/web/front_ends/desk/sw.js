// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-145edd6b2ff0";
const ASSETS = ["./","assets/begin-C0_ztigj.js","assets/chart-CfLTjILW.js","assets/clinic-nWGeq8am.js","assets/common-BEBaIoTr.js","assets/consents-BH4w962u.js","assets/consents-DU7oPGgZ.js","assets/documents-DnFB6uyh.js","assets/dosing-CH8dJISQ.js","assets/flag-kg4_6-DM.js","assets/flags-BgcI4JZI.js","assets/flags-t3ANa8Hv.js","assets/goals-DN1LgR-J.js","assets/group-CDjQLc1A.js","assets/groups-Bswm0YZN.js","assets/groups-yDbydvdP.js","assets/index-CieOOvue.css","assets/index-z1tKCZUE.js","assets/inside-DzVd5fjy.js","assets/messages-A4tIHt4u.js","assets/note-BdJME_lm.js","assets/patients-CQTAhyfV.js","assets/plan-D8zCwd9Q.js","assets/reflection--KDzcH_1.js","assets/register-CPMXADYQ.js","assets/remote-D6lOcxAI.js","assets/request-D3mzdBCw.js","assets/roster-DIKODR3u.js","assets/safeguarding-BQbQWa4l.js","assets/stock-RSVkXjME.js","assets/supply-CiFsERsl.js","assets/templates-D1psDEqv.js","assets/threads-BroT9Z19.js","assets/times-DL4tpwVD.js","assets/writing-Bclr5SWP.js","assets/you-BR-jXrhw.js","icon.svg","manifest.webmanifest"];

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
