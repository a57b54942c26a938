/** English: the account. */
export const en = {
  title: "You",
  elsewhere: "This page is for admins, auditors and privacy officers of the clinic. Your work is at the desk.",
  desk: "Open the desk",
  forgetSure: "Everything about you is removed from this computer.",
};
