/** English: second factors, and the end of a sign-in. */
export const factorsEn = {
  factors: "Second factors",
  none: "None yet. Charts and people need one.",
  addApp: "Add an authenticator app",
  addPasskey: "Add a passkey",
  secret: "Type this secret into your app, or open it there:",
  openApp: "Open in the app of this device",
  firstCode: "First code that the app shows",
  confirm: "Confirm",
  kinds: { totp: "Authenticator app", passkey: "Passkey" } as Record<string, string>,
  unconfirmed: "not confirmed",
  signOut: "Sign out",
  forget: "Sign out and forget this computer",
  forgetHint: "For a computer that others use too.",
  forgetYes: "Forget everything here",
};
