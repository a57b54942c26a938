// The service worker: the app itself, offline. It keeps no answer of the API.
const NAME = "desk-e73ecc9a28bb";
const ASSETS = ["./","assets/answer-DUN38Ixl.js","assets/answers-B8KLiiW-.js","assets/answers-BX64aBBg.js","assets/begin-BVBbazn7.js","assets/chart-ByAMPN7u.js","assets/check-ins-PooyVh7-.js","assets/clinic-BVXG6Ca1.js","assets/common-BtQUrf0R.js","assets/consents-B8UJDSDJ.js","assets/consents-BFFNnalv.js","assets/copy-BSWZBlwU.js","assets/disclosures-BlUeGF7z.js","assets/documents-CA98UKg1.js","assets/dosing-XgZbxzKu.js","assets/editor-Bf10wINE.js","assets/flag-CgzHMjkG.js","assets/flags-XGqsPilz.js","assets/flags-t2f7XsXv.js","assets/goals-BvLccFz_.js","assets/group-CxuVHyfX.js","assets/groups-CgHXlk2C.js","assets/groups-DZ2bCC05.js","assets/index-HqicMAD5.css","assets/index-Op9aYm0C.js","assets/inside-BEMSEBPi.js","assets/interview-CVhwCCgL.js","assets/lab-BoyGUcIG.js","assets/messages-C3llm1fi.js","assets/note-BZtjYbRD.js","assets/own-note-0R7Se3mM.js","assets/own-notes-BkArvPaB.js","assets/own-notes-Brr4yuXa.js","assets/patients-DtDky7nf.js","assets/plan-BMkg-FC2.js","assets/reflection-DE3-Cb2l.js","assets/register-BS4XeMxs.js","assets/remote-CPOjCgpP.js","assets/request-aoYy7m7B.js","assets/requests-CP_pN6eW.js","assets/roster-25mmy-ts.js","assets/safeguarding-Bkl4VbWh.js","assets/safety-plan-DbKZCyC6.js","assets/saving-Cl68cXAZ.js","assets/sent-CoMlcyzw.js","assets/shared-care-cIKJ45hS.js","assets/split-care-CKPRmlTF.js","assets/split-care-DoIWHxJW.js","assets/stock-CYJg4eyE.js","assets/summaries-CWvB134Y.js","assets/summaries-DS8tBtGF.js","assets/summary-DE_CbmjA.js","assets/supply-9h4WeHG9.js","assets/templates-Ds3pKHI8.js","assets/threads-Dn8uWcJi.js","assets/times-D5FPGWn0.js","assets/tries-B-41aFTW.js","assets/you-Dxbb4dy9.js","icon.svg","manifest.webmanifest"];

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
