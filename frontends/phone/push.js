// Telling beyond the app. A message is a fixed sentence of the API, and the address that it leads to is this app's own.
const sentence = (event) => {
  try {
    return event.data.json();
  } catch {
    return {}; // something must be shown, or the browser takes the subscription away
  }
};

self.addEventListener("push", (event) => {
  const { title = "Journal", body = "" } = sentence(event);
  event.waitUntil(self.registration.showNotification(title, { body, tag: "journal", icon: "icon-192.png" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showNew(`${self.registration.scope}#/`));
});

/** Show the page on which all that is new begins: in the tab that is open, else in a new one. */
async function showNew(page) {
  const tabs = await self.clients.matchAll({ type: "window" });
  const open = tabs.find((tab) => tab.url.startsWith(self.registration.scope));
  if (open === undefined) return await self.clients.openWindow(page);
  await open.focus().catch(() => undefined); // only a real tap may take the focus
  await open.navigate(page);
}
