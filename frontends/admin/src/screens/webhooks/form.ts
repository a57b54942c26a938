/** The fields of a webhook. */
import type { Field } from "../../../../shared/office/ask.js";
import { spoken } from "../../../../shared/office/messages.js";
import { KINDS, type Program, type Webhook } from "../../core/programs.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/webhooks.js";

const w = spoken({ en });

/** Return the programs that may be told of anything. */
export const listeners = (programs: Program[]): Program[] => programs.filter((one) => one.state === "active" && one.scopes.some((scope) => scope.startsWith("changes:")));

export const addressFields = (webhook: Webhook | null): Field[] => [
  { name: "url", label: w.url, hint: w.urlHint, value: webhook?.url ?? "https://" },
  { name: "kinds", label: w.kinds, hint: w.kindsHint, type: "many", options: KINDS.map((one) => [one, plain(one)]), value: (webhook?.kinds ?? []).join(" ") },
];
