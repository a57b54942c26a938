/** Ends the messages to this device. The service that carries them then refuses each, and the API sends no more. */
export async function untell(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  } catch {
    // a browser that cannot do it now has told nobody either
  }
}
