/** The monitoring statement: who watches, who reads by when, what to do if it is urgent. It is shown as it was given. */
import type { JournalEntry } from "../journal/entries.js";
import type { Monitoring } from "../journal/types.js";
import { momentOf, t } from "../messages/index.js";

export function Statement({ entry }: { entry: JournalEntry }) {
  const monitoring = entry.stored?.monitoring;
  return monitoring ? <StatementText monitoring={monitoring} /> : null;
}

export function StatementText({ monitoring }: { monitoring: Monitoring }) {
  return (
    <div class="card statement">
      <p>{monitoring.text}</p>
      <p class="hint">{t.entry.statement(momentOf(monitoring.stated_at))}</p>
    </div>
  );
}
