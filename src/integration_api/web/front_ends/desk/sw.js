// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-5d2da9c136e2";
const ASSETS = ["./","assets/answer-ekP_eDEY.js","assets/answers-CwK7cNNw.js","assets/answers-v58Mc9oa.js","assets/begin-DthWZDlC.js","assets/chart-CC3YeUU-.js","assets/check-ins-DDLnDbzj.js","assets/clinic-BDfKRPk-.js","assets/common-C00pXdg8.js","assets/consents-C3hutj1s.js","assets/consents-NGgCbDnR.js","assets/copy-Z3BImJNH.js","assets/disclosures-DujL9OSC.js","assets/documents-CTjbx_M-.js","assets/dosing-CWaqz2Qm.js","assets/editor-BOMumTUR.js","assets/flag-DQ7Ol3_u.js","assets/flags-CFrNPX6L.js","assets/flags-D8LcYyab.js","assets/goals-DAUxGUyA.js","assets/group-B1w023xq.js","assets/groups-D1j-k063.js","assets/groups-JmIRdV6a.js","assets/index-HqicMAD5.css","assets/index-c5KA2AGW.js","assets/inside-DrPPnP_3.js","assets/interview-CgZ6TAlq.js","assets/lab-Dsx5vbWp.js","assets/messages-BKy3-c4_.js","assets/note-BWJyYQpk.js","assets/own-note-D41JS2ll.js","assets/own-notes-CMuC7f_x.js","assets/own-notes-hg0yQ7Oi.js","assets/patients-Bo6m2xaB.js","assets/plan-CyrKZYvw.js","assets/reflection-tTL4mjeB.js","assets/register-gNB1qNbM.js","assets/remote-BIpu9Ogr.js","assets/request-BiZkYySs.js","assets/requests-1M1RTfb6.js","assets/roster-C6IXQlz_.js","assets/safeguarding-D2KJpJ8g.js","assets/safety-plan-BG1GJwKP.js","assets/saving-B3FQqgBk.js","assets/sent-DJxGnN4E.js","assets/shared-care-DiOKyFqY.js","assets/split-care-CUmmNdrC.js","assets/split-care-DOX0WgpD.js","assets/stock-CqlF19KW.js","assets/summaries-BsEaoi6p.js","assets/summaries-CYfHp1xv.js","assets/summary-BDjS2cN_.js","assets/supply-DgWKkP2J.js","assets/templates-DDtTav6P.js","assets/threads-CN2Zmp-H.js","assets/times-DcLA6DJl.js","assets/tries-B7m-aGkG.js","assets/you-68j8n2eL.js","icon.svg","manifest.webmanifest"];

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
