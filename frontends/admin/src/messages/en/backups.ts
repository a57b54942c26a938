/** English: backups. */
import { plural } from "../../../../shared/office/plural.js";

export const en = {
  title: "Backups",
  back: "Records",
  hint: "Made and tried on the machine itself, by integration-api backup. Where they are kept is not known here.",
  own: "The database is a PostgreSQL. Its own programs make the backups, and this page knows nothing of them.",
  unknown: "The record is there, but the server may not read it: whether there is a backup is unknown. Its file must be readable by the account that the server runs as.",
  made: "The last backup",
  noneMade: "None is recorded. Without one, everything is gone with the disk.",
  at: "Made",
  size: "Size of the database",
  files: "Files of attachments",
  missing: (count: number) => `${plural(count, "file that the database names was", "files that the database names were")} not there. Those attachments cannot be restored.`,
  someMissing: "Files that the database names were not there. Those attachments cannot be restored.",
  old: "It is older than two days.",
  checked: "The last trial",
  noneChecked: "None was tried yet. A backup is proven by restoring it.",
  tried: "Tried",
  rows: "Rows of the ledger verified",
  found: (count: number) => (count === 0 ? "It can be restored, and is as it was made." : `${plural(count, "thing was", "things were")} not as it should be. The command said what.`),
  someFound: "Something was not as it should be. The command said what.",
  key: "The master key is in no backup. Keep a copy of it apart from them.",
};
