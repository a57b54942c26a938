/** The messages of the computer's language; one file a language. English is there first. */
import { spoken } from "../../../shared/office/messages.js";
import { en, type Messages } from "./en.js";

export const t: Messages = spoken({ en });
