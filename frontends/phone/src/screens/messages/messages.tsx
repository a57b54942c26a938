import { useJournal } from "../../journal/hooks.js";
import type { InboxItem } from "../../journal/types.js";
import { momentOf, t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";
import { markRead } from "../../journal/marks.js";

/** Where a thing is shown; here, for one that has no screen of its own. */
function pathOf(item: InboxItem): string {
  if (item.kind === "safety_plan_to_confirm") return "#/safety-plan";
  if (item.kind === "reply_to_read") return `#/entry/${item.subject_id}`;
  if (item.kind === "summary_to_read") return `#/summary/${item.subject_id}`;
  return item.kind.startsWith("plan_") ? `#/plan/${item.subject_id}` : location.hash;
}

/** What the care team proposed, answered and ended. */
export function MessagesScreen() {
  const { inbox } = useJournal();
  return (
    <>
      <Title>{t.messages.title}</Title>
      {inbox.length === 0 && <p class="hint">{t.messages.none}</p>}
      <ul class="plain">
        {inbox.map((item) => (
          <li key={item.id}>
            <a class="card row-link" href={pathOf(item)} onClick={() => void (item.read_at === null && markRead(item.id))}>
              <span class="news">
                <strong>{t.messages.kinds[item.kind] ?? item.kind}</strong>
                {item.read_at === null && <strong class="tag">{t.messages.unread}</strong>}
              </span>
              {item.title && <span dir="auto">{item.title}</span>}
              <span class="hint">{[item.from_name && t.messages.from(item.from_name), momentOf(item.opened_at)].filter(Boolean).join(" · ")}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
