// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-f28633e95fe4";
const ASSETS = ["./","assets/answer-DF9xh1VW.js","assets/answers-ChYcJgeH.js","assets/answers-Csz_EHoq.js","assets/begin-D3BSjN07.js","assets/chart-3Oqkl84-.js","assets/clinic-C6IWAuxd.js","assets/common-BfDeCsaB.js","assets/consents-BO3HLEGQ.js","assets/consents-D8b2MBzf.js","assets/copy-C2Y8ewsT.js","assets/disclosures-YhV6VH7_.js","assets/documents-DUCnDwrR.js","assets/dosing-roYKaKhS.js","assets/flag-n8O-6yfw.js","assets/flags-D2mF7OFS.js","assets/flags-DyAZWZ1S.js","assets/goals-dm6mCXS3.js","assets/group-zapqqlDh.js","assets/groups-CX4hEG1a.js","assets/groups-nbMYw3-6.js","assets/index-Br_doXv-.css","assets/index-C_u1I7cV.js","assets/inside-Bn6NHmgW.js","assets/interview-CRu_vUF-.js","assets/lab-BAk0TCNA.js","assets/messages-lSP6BLj5.js","assets/note-MDbkWJpN.js","assets/own-note-CMHQ_CPG.js","assets/own-notes-BnU77wOM.js","assets/own-notes-CIR1J-Q5.js","assets/patients-Bz11b9_e.js","assets/plan-BUJtnaQp.js","assets/reflection-BlBECWka.js","assets/register-DPsaVLia.js","assets/remote-x6JAOkfr.js","assets/request-BdAftoWO.js","assets/requests-BVmGeghc.js","assets/roster-C0gHuZKG.js","assets/safeguarding-C8PJExFk.js","assets/safety-plan-CA6AY2O7.js","assets/saving-pCzd2DI8.js","assets/stock-1KKF5I70.js","assets/supply-DdZJ9kOi.js","assets/templates-B_dVHUju.js","assets/threads-DdwoT_ed.js","assets/times-DxvapYNP.js","assets/you-Btnf-wUO.js","icon.svg","manifest.webmanifest"];

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
