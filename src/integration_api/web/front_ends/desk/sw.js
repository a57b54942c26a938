// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-0cf613eb2d5f";
const ASSETS = ["./","assets/answer-BQbdCjiw.js","assets/answers-CDRqGkBb.js","assets/answers-DxKGnk1C.js","assets/begin-BB-7CiWs.js","assets/chart-DxB7dN5L.js","assets/check-ins-DfCUasib.js","assets/clinic-B9j3AKLb.js","assets/common-BXXtui4a.js","assets/consents-BTM9U0Px.js","assets/consents-CtMAmOm8.js","assets/copy-DgQ-L0Ps.js","assets/disclosures-pxuRmK0r.js","assets/documents-5cNHzbhD.js","assets/dosing-Crlf7McR.js","assets/flag-DWg-isso.js","assets/flags-BFVQxpSB.js","assets/flags-dtbwmhWt.js","assets/goals-D0FyUJk0.js","assets/group-DtLM9BRM.js","assets/groups-D66j6pgm.js","assets/groups-RoksnMTj.js","assets/index-HqicMAD5.css","assets/index-XKoy9mb2.js","assets/inside-DLgp9i4r.js","assets/interview-GhlDyqCr.js","assets/lab-Cpbj82rO.js","assets/messages-DqoONgDK.js","assets/note-BWKwvsbQ.js","assets/own-note-B2xUps2b.js","assets/own-notes-BIeoz-I1.js","assets/own-notes-YcwoCROR.js","assets/patients-pr7D8KaQ.js","assets/plan-Cy0H6U8J.js","assets/reflection-sU5zYdFW.js","assets/register-Bxe-S0Zc.js","assets/remote-g6kxNAZi.js","assets/request-DqQbunae.js","assets/requests-DbVmOAZ3.js","assets/roster-AtiU3AT3.js","assets/safeguarding-CBoG3E09.js","assets/safety-plan-BX6-RJ1w.js","assets/saving-nLaN7ekm.js","assets/sent-DiJVCcR0.js","assets/stock-C_4WQCS4.js","assets/supply-BUqmmnO0.js","assets/templates-B7KLNgUe.js","assets/threads-DmV87feK.js","assets/times-l3rbx47_.js","assets/tries-CkDnSDa5.js","assets/you-rsFp_N2I.js","icon.svg","manifest.webmanifest"];

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
