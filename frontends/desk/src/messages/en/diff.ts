/** English: what changed between two texts. */
export const en = {
  title: "What changed",
  from: "Since",
  version: (number: number) => `Version ${number}`,
  same: "Nothing in the words.",
  before: "What stood before",
  proposal: (day: string, isDeclined: boolean) => `Proposal of ${day}${isDeclined ? ", declined" : ""}`,
  strategy: { same: "", changed: "A strategy changed", added: "A new strategy", removed: "A strategy was removed" },
};
