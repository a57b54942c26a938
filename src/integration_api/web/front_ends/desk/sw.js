// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-89e6d4e6c0f9";
const ASSETS = ["./","assets/begin-Dc6WOCoZ.js","assets/chart-bdX7OoVl.js","assets/clinic-DyAZ5eYn.js","assets/common-D3CHOVIz.js","assets/consents-D4kOGiKj.js","assets/consents-DjP_Q9P-.js","assets/documents-D2bNtuql.js","assets/dosing-CYWMG9Bu.js","assets/flag-CF1xZjzF.js","assets/flags-30JRpf_x.js","assets/flags-HZOvwoNY.js","assets/goals-BMCty2Nk.js","assets/group-_OkH3JOM.js","assets/groups-D31V9O0B.js","assets/groups-DzEPsB1a.js","assets/index-FhYJTojy.js","assets/index-v5-QGINa.css","assets/inside-CNshD0k0.js","assets/messages-tR2Bm4RY.js","assets/note-C1-sU4s8.js","assets/patients-BYb0dRlH.js","assets/plan-DjJZAJgO.js","assets/reflection-Cin6ccl6.js","assets/register-2F3MoCwk.js","assets/remote-Dr_EtJPF.js","assets/request-nrTpjHPu.js","assets/roster-DQtIohCV.js","assets/safeguarding-BPRz1wxa.js","assets/stock-DSZFAjxK.js","assets/supply-OYfwyWGV.js","assets/templates-BYZMYZyJ.js","assets/threads-lHW_oOAj.js","assets/times-Bu9u4n_9.js","assets/writing-CGEs8t_f.js","assets/you-Ckkhndvj.js","icon.svg","manifest.webmanifest"];

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
