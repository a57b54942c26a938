/** English: what every app for staff says. An app adds its own, and says some of it in other words. */
export const frame = {
  direction: "ltr" as "ltr" | "rtl",
  appName: "",
  skip: "Skip to the page",
  loading: "One moment…",
  cancel: "Cancel",
  close: "Close",
  more: "Show more",
  again: "Try again",
  pages: "Pages",

  problem: {
    noAnswer: "No connection. Nothing was changed that you do not see here; try again.",
    ended: "Your sign-in has ended. Sign in again to go on.",
    stale: "Somebody changed this while you had it open. It was read again; look at it, then repeat what you meant to do.",
    notFound: "It does not exist, or it is not yours to see.",
    needsFactor: "This needs a second factor. Add one under You.",
    stopped: "Nothing was done. You can try again.",
    arrived: "What you sent first has arrived; only its answer was lost. What stands here now says something else, and was not sent. Look at what arrived; sending this makes another.",
    other: "This did not work.",
  },

  status: {
    offline: "No connection. What you see may have changed.",
    ended: "Your sign-in has ended. What is open stays until you sign in again.",
    signIn: "Sign in",
  },

  signIn: {
    title: "Sign in",
    lead: "",
    again: (name: string) => `Sign in again as ${name}, to go on where you were.`,
    email: "E-mail address",
    password: "Password",
    code: "Code from your authenticator app",
    codeNeeded: "Your password is right. Now give the code that your app shows.",
    go: "Sign in",
    passkey: "Use a passkey",
    passkeyStopped: "No passkey was used. You can try again, or use your password.",
    wrong: "The address or the password is not right.",
    wrongCode: "That code is not right, or was used. Give the one that your app shows next.",
    tooMany: "That was too often. Wait a few minutes, then try again.",
    invited: "I have a code from my clinic",
    inviteCode: "Code from your clinic",
    newPassword: "New password, 15 characters or more",
    keepPassword: "Keep this password",
    kept: "Your password is kept. Sign in with it now.",
  },

  proof: {
    title: "Is it still you?",
    lead: "This step needs a fresh proof. It holds for five minutes.",
    code: "Code from your authenticator app",
    go: "Go on",
    passkey: "Use a passkey",
  },

  keys: {
    title: "Keys",
    hint: "These work when you are not writing in a field.",
    on: "Single-key shortcuts",
    list: [] as [string, string][],
    always: "These work everywhere:",
    everywhere: [] as [string, string][],
  },
};

export type Frame = typeof frame;
