// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-cc55c8f75c71";
const ASSETS = ["./","assets/answer-C07JNRV-.js","assets/answers-C30NBA05.js","assets/answers-CBxAe1YT.js","assets/begin-B7WMkYqf.js","assets/chart-BP7L-dvP.js","assets/check-ins-BtrFHqOq.js","assets/clinic-DsuDo3dC.js","assets/common-CRzgmTyL.js","assets/consents-BBiQtuH7.js","assets/consents-DB4b5EU8.js","assets/copy-Cowl5uBR.js","assets/disclosures-Dsne5yPP.js","assets/documents-BVdy0joX.js","assets/dosing-Db9Gq3cp.js","assets/editor-Dzh3-pS0.js","assets/flag-Cyoe1VX_.js","assets/flags-BrE1Obbb.js","assets/flags-p_1vDjVC.js","assets/goals-BUCWs0_g.js","assets/group-SPSTbzLs.js","assets/groups-6nd5v1dQ.js","assets/groups-CnNmM2Kg.js","assets/index-CxSr8NyF.js","assets/index-HqicMAD5.css","assets/inside-DTYDZWKD.js","assets/interview-_mSYiMnD.js","assets/lab-CbDE4vKC.js","assets/messages-TGWjwsg-.js","assets/note-D7QJ83S4.js","assets/own-note-DiiSPZyz.js","assets/own-notes-DWMoYCwr.js","assets/own-notes-ld6YjGFw.js","assets/patients-IGFYm5HS.js","assets/plan-SZdk9Wia.js","assets/reflection-BnuH1dWa.js","assets/register-DhUn5erh.js","assets/remote-DEe_OViO.js","assets/request-BRLFuGHW.js","assets/requests-BYZAYXeL.js","assets/roster-CmEWVAqP.js","assets/safeguarding-Bkls9twd.js","assets/safety-plan-BqNrjf0F.js","assets/saving-Djeb5Riz.js","assets/sent-D2SZfnMc.js","assets/shared-care-xOujKkNa.js","assets/split-care-BVDWFcdQ.js","assets/split-care-Dknh516p.js","assets/stock-BBQDgBFs.js","assets/summaries-B_MAt8cU.js","assets/summaries-v6NM7Sp_.js","assets/summary-BAnCgUoi.js","assets/supply-1lyQYpT2.js","assets/templates-BcoaMn-e.js","assets/threads-Dk__irZ7.js","assets/times-B20BQuRX.js","assets/tries-D3Dk7MIh.js","assets/you-D6V02ss2.js","icon.svg","manifest.webmanifest"];

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
