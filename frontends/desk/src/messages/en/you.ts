/** English: the account. */
import { plural } from "./plural.js";

export const en = {
  title: "You",
  factors: "Second factors",
  addApp: "Add an authenticator app",
  addPasskey: "Add a passkey",
  secret: "Type this secret into your app, or open it there:",
  openApp: "Open in the app of this device",
  firstCode: "First code that the app shows",
  confirm: "Confirm",
  kinds: { totp: "Authenticator app", passkey: "Passkey" } as Record<string, string>,
  unconfirmed: "not confirmed",
  signOut: "Sign out",
  signOutDrafts: (count: number) => `${plural(count, "text is", "texts are")} only on this computer. They stay here, and only you are shown them when you sign in again.`,
  forget: "Sign out and forget this computer",
  forgetHint: "For a computer that others use too.",
  forgetSure: (count: number) =>
    count === 0
      ? "Everything about you and your patients is removed from this computer."
      : `${plural(count, "text is", "texts are")} only on this computer and will be lost for good. Everything else about you and your patients is removed too.`,
  forgetYes: "Forget everything here",
  none: "None yet. Charts need one.",
};
