/** Until when a patient's request is answered, or that it is. */
import type { AmendmentRequest } from "../core/types.js";
import { en } from "../messages/en/request.js";
import { dayOf, spoken } from "../messages/index.js";
import { plain } from "../messages/words.js";

const w = spoken({ en });

export const requestState = (one: AmendmentRequest): string =>
  one.answered_at ? w.answered(plain(one.state), dayOf(one.answered_at)) : w.due(dayOf(one.due_at));
