/** English: reflections. */
export const en = {
  title: "Reflection",
  written: (when: string) => `written ${when}`,
  safety: { safe: "Felt safe", not_sure: "Was not sure of being safe", not_safe: "Did not feel safe" } as Record<string, string>,
  contactMe: "Asks to be contacted",
  insights: "Insights",
  told: "What the patient was told",
  review: "Mark as reviewed",
  reviewed: (when: string) => `Reviewed ${when}.`,
  edited: "Changed by the patient since it was reviewed.",
  replies: "Replies",
  reply: "Your reply",
  replyHint: "The patient reads it on their phone. It cannot be changed later.",
  send: "Send the reply",
  patient: "The patient",
  noText: "There is no text.",
};
