// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-7210cd8681fa";
const ASSETS = ["./","assets/begin-CUWBxyQ7.js","assets/chart-Cm7nK_2s.js","assets/clinic-CTbH0XqJ.js","assets/common-BKv8fPlm.js","assets/consents-Cxy4UOZY.js","assets/consents-D-qu75UF.js","assets/documents-Br7pTred.js","assets/dosing-Ba1zx4Cj.js","assets/flag-BlA_qM_v.js","assets/flags-CJXWcS3U.js","assets/flags-DmXApOka.js","assets/goals-LMz9GLWT.js","assets/group-BzYsinee.js","assets/groups-Bfc4hzaN.js","assets/groups-C039wVWG.js","assets/index-BQuoOX-B.js","assets/index-v5-QGINa.css","assets/inside-BAD3H1DP.js","assets/messages-DwdQ_zvu.js","assets/note-CRYj29sX.js","assets/patients-D-_jojHm.js","assets/plan-BQYJb2W_.js","assets/reflection-TExQ1fV-.js","assets/register-OzVSW-Kh.js","assets/remote-BkO6YhA9.js","assets/request-CptdGEr2.js","assets/roster-idrkGnOp.js","assets/safeguarding-B32aB5Dm.js","assets/stock-CQ5VrbR9.js","assets/supply-Di2VKFke.js","assets/templates-Bjhf6t6b.js","assets/threads-DBkIQapZ.js","assets/times-BhInpbWl.js","assets/writing-CVQee8XK.js","assets/you-Cgtt4wd3.js","icon.svg","manifest.webmanifest"];

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
