/** English: the rooms of the clinic. */
export const en = {
  title: "Clinic",
  rooms: [
    ["roster", "Roster", "Who is on call, and when nobody is."],
    ["requests", "Requests of patients", "Copies of the record and changes of notes, by when they must be answered."],
    ["groups", "Group sessions", "One meeting of several patients, a note for each."],
    ["documents", "Consent documents", "What patients sign, in its versions."],
    ["templates", "Note templates", "Sections of the clinic's own, beside the nine formats."],
    ["stock", "Controlled drugs", "Containers and their registers."],
    ["messages", "Messages", "How you are told beyond this desk, and when not."],
    ["safeguarding", "Report a concern", "About the conduct of staff. The lead and the deputy read it."],
  ] as [string, string, string][],
  clinicians: [["own-notes", "Psychotherapy notes", "Yours, and those that others let you read."]] as [string, string, string][],
  admin: [["flag-times", "How fast flags are answered", "By severity."]] as [string, string, string][],
};
