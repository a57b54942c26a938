// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-d8e56cf14920";
const ASSETS = ["./","assets/answer-D8h8y76L.js","assets/answers-Dgs5aq-6.js","assets/answers-_vZfM-Ws.js","assets/begin-TzBb5Ff7.js","assets/chart-EI4if5fV.js","assets/check-ins-8L4LHMKZ.js","assets/clinic-BYy-t7T_.js","assets/common--kZhdK3C.js","assets/consents-C_15lDFS.js","assets/consents-DQ7UfJR2.js","assets/copy-CDuWjShI.js","assets/disclosures-CeVkPVdI.js","assets/documents--Hv9zJfR.js","assets/dosing-BStqj-lf.js","assets/editor-B4Q2i4OZ.js","assets/flag-BIqK7XVx.js","assets/flags-BzPCgqqA.js","assets/flags-Wyj5mVAP.js","assets/goals-BqLfKJZh.js","assets/group-TCtMKFEF.js","assets/groups-BT8DN34o.js","assets/groups-KrcL1zGj.js","assets/index-DT2AA96a.js","assets/index-HqicMAD5.css","assets/inside-DV0djqzv.js","assets/interview-DLNKKrA8.js","assets/lab-Du1Jj0XO.js","assets/messages-Bm_dtNzF.js","assets/note-BY4B5Gdq.js","assets/own-note-BACI9cDi.js","assets/own-notes-DChMPhXY.js","assets/own-notes-DsomLq88.js","assets/patients-CS6Ppcn3.js","assets/plan-CgQqVk3e.js","assets/reflection-B8PmBCBr.js","assets/register-QmBvjjkN.js","assets/remote-DH1eqC-l.js","assets/request-DvsXRLFn.js","assets/requests-Se-YwqXv.js","assets/roster-CKIlpLjA.js","assets/safeguarding-BMFkS6B4.js","assets/safety-plan-Clhk6CIG.js","assets/saving-CERm6Mys.js","assets/sent-BIO7HPXH.js","assets/sessions-Bcc5o2a4.js","assets/shared-care-XpUADQ9k.js","assets/split-care-CbrRmP5M.js","assets/split-care-ClE_Q8HO.js","assets/stock-CjDbZit2.js","assets/summaries-45Dm_04e.js","assets/summaries-CB-8JRg4.js","assets/summary-Df05Q-K1.js","assets/supply-upiNg4JJ.js","assets/templates-Ic8K81wf.js","assets/threads-BkScb2ey.js","assets/times-BmeK8zsb.js","assets/tries-C3CLIHqS.js","assets/you-BE5lnA4h.js","icon.svg","manifest.webmanifest"];

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
