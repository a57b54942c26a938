/** English: who can see a thing. */
export const en = {
  title: "Who can see this",
  you: "You",
  patient: "The patient",
  until: (when: string) => `until ${when}`,
  emergency: "by emergency access",
  preview: "Show it as they read it",
  as: "As",
  roles: { patient: "the patient", therapist: "a therapist", prescriber: "a prescriber", supervisor: "a supervisor" } as Record<string, string>,
  show: "Show",
  hint: "This counts as your reading, and the patient sees that.",
  nobody: "Nobody of that role sees it.",
  shownFor: (who: string) => `As ${who} reads it:`,
};
