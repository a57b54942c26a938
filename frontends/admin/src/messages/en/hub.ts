/** English: the rooms of a page. */
export const en = {
  title: { clinic: "Clinic", records: "Records", programs: "Programs and webhooks" },
  rooms: {
    policies: ["Clinic and policies", "Who you are to patients, opening hours, and what the clinic decides."],
    instruments: ["Instruments", "What can be scored, and the wording that the clinic has a licence for."],
    prompts: ["Prompt sets", "The questions that patients may write to."],
    ledger: ["Ledger", "Who did what, and the signed head to keep elsewhere."],
    backups: ["Backups", "When the last one was made, and when one was last tried."],
    notices: ["Notices", "Who was told of what, and what did not arrive."],
    holds: ["Legal holds", "Charts that must be kept, and how long the others are."],
    research: ["Research exports", "Data for studies, of patients who have signed for that. Privacy officers take them."],
    accounts: ["Programs", "Programs of the clinic, and what each may do."],
    webhooks: ["Webhooks", "Where programs are told of changes, and whether it arrives."],
  } as Record<string, [string, string]>,
};
