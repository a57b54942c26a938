/** Web Push on this phone: whether the browser can, and the subscription of its service worker. */
import { unwrap } from "@integration-journal/client";
import { journal } from "../../journal/journal.js";

export const canPush = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
export const isBlocked = (): boolean => Notification.permission === "denied";

/** The address of this phone's subscription; null if there is none. */
export async function endpointHere(): Promise<string | null> {
  if (!canPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription())?.endpoint ?? null;
}

/** Subscribe, and name the subscription to the API. Returns false if the person, or the browser, says no. */
export async function addPhone(key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe(); // one with an earlier key of the API is of no use
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => null);
  if (subscription === null) return false;
  const { p256dh = null, auth = null } = subscription.toJSON().keys ?? {};
  try {
    await unwrap(journal.client.http.POST("/v1/me/channels", { body: { kind: "web_push", url: subscription.endpoint, p256dh, auth } }));
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
  return true;
}
