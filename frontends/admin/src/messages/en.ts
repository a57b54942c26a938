/** English: short, exact, calm. */
import { frame } from "../../../shared/office/en.js";

export const en = {
  ...frame,
  appName: "Admin",
  nav: { overview: "Overview", people: "People", roster: "Roster", clinic: "Clinic", records: "Records", programs: "Programs", you: "You" },

  signIn: { ...frame.signIn, lead: "The clinic's administration. Charts are at the desk, and nothing of them is here." },

  keys: {
    ...frame.keys,
    list: [
      ["j  k", "next, previous row"],
      ["Enter", "open the row"],
      ["g o", "overview"],
      ["g p", "people"],
      ["g r", "roster"],
      ["g c", "clinic"],
      ["g l", "ledger"],
      ["g w", "webhooks"],
      ["?", "this list"],
    ] as [string, string][],
    everywhere: [
      ["Ctrl Enter", "send the form"],
      ["Esc", "close a dialog"],
    ] as [string, string][],
  },
};

export type Messages = typeof en;
