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
      {monitoring.next_step && (
        <>
          <h2>{t.entry.nextStep}</h2>
          <p class="eyebrow">{t.safetyPlan.steps[monitoring.next_step.step]}</p>
          <ul>
            {monitoring.next_step.lines.map((line) => (
              <li key={line}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <p dir="auto">{monitoring.text}</p>
      <p class="hint">{t.entry.statement(momentOf(monitoring.stated_at))}</p>
    </div>
  );
}
