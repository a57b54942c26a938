/** English: autosave, and two texts for one part. */
export const en = {
  save: {
    opening: "One moment…",
    saved: (at: string) => (at ? `Saved at ${at}.` : "Saved."),
    empty: "Nothing is written yet.",
    kept: "Kept on this computer.",
    keeping: "Keeping…",
    saving: "Kept on this computer. Saving…",
    offline: "No connection. Kept on this computer; it is saved by itself later.",
    ended: "Kept on this computer. Sign in again to save it.",
    conflict: "Two texts for one part. Decide below; both are kept until you do.",
    refused: "Kept on this computer, and not saved.",
    taken: (fields: string) => `Taken over from elsewhere: ${fields}.`,
    undo: "Undo",
    replaced: "Decided.",
    arrived: "What was sent first has arrived and stands among the others. What stands here now says something else, and was not sent: sending it adds another.",
    discard: "Discard what was not saved",
    discardSure: "These words are nowhere else. Discard them?",
    discardYes: "Discard",
    unsavedWords: "What you wrote, and what was not saved:",
  },

  conflict: {
    title: (field: string) => `Two texts: ${field}`,
    saved: "Saved elsewhere",
    computer: "From another page of this computer",
    mine: "Written here",
    keepMine: "Keep what is written here",
    takeTheirs: "Take the other text",
    both: "Keep both, one after the other",
  },
};
