/** From each session to what was seen, what it became, and how it went. */
import { unwrap } from "@integration-journal/client";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useOnline } from "../../journal/online.js";
import type { Thread, ThreadStrategy } from "../../journal/types.js";
import { amountOf, dayOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { Title } from "../../parts/basics.js";
import { signed } from "../goals/goals.js";

const w = r.threads;

interface Page {
  items: Thread[];
  next_cursor: string | null;
}

async function read(patient_id: string, cursor: string | null): Promise<Page> {
  const query = { limit: 5, ...(cursor === null ? {} : { cursor }) };
  return (await unwrap(journal.client.http.GET("/v1/patients/{patient_id}/threads", { params: { path: { patient_id }, query } }))).data;
}

function Strategies({ strategies }: { strategies: ThreadStrategy[] }) {
  return (
    <>
      {strategies.map(({ id, plan_id, title, uses, change }) => (
        <li key={id}>
          <span class="eyebrow">{w.strategy}</span>
          <a href={`#/plan/${plan_id}`} dir="auto">
            {title}
          </a>
          <span class="hint">{[w.uses(uses), change.mean !== null && w.change(amountOf(Math.abs(change.mean)), change.mean)].filter(Boolean).join(", ")}</span>
        </li>
      ))}
    </>
  );
}

function ThreadCard({ thread }: { thread: Thread }) {
  return (
    <section class="card" aria-labelledby={thread.session_id}>
      <h2 id={thread.session_id}>{w.session(dayOf(thread.at))}</h2>
      {thread.intention && <p class="words" dir="auto">{thread.intention}</p>}
      {thread.reflections.length === 0 && <p class="hint">{w.nothing}</p>}
      <ul class="plain tree">
        {thread.reflections.map((reflection) => (
          <li key={reflection.id}>
            <a href={`#/entry/${reflection.id}`}>{w.wrote(dayOf(reflection.at))}</a>
            <ul class="plain tree">
              {reflection.insights.map((insight) => (
                <li key={insight.id}>
                  <span class="eyebrow">{w.insight}</span>
                  <span dir="auto">{insight.text}</span>
                  <ul class="plain tree">
                    {insight.goals.map((goal) => (
                      <li key={goal.id}>
                        <span class="eyebrow">{w.goal}</span>
                        <a href="#/goals" dir="auto">
                          {goal.title}
                        </a>
                        {goal.level !== null && <span class="hint">{w.level(signed(goal.baseline_level), signed(goal.level))}</span>}
                        <ul class="plain tree">
                          <Strategies strategies={goal.strategies} />
                        </ul>
                      </li>
                    ))}
                    <Strategies strategies={insight.strategies} />
                  </ul>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Threads() {
  const { holder } = useJournal();
  const patient = holder?.patientId ?? "";
  const { value: page, isMissing, set } = useOnline<Page>(`threads ${patient}`, () => read(patient, null));
  const more = async (): Promise<void> => {
    if (page === null) return;
    await journal.reader.reached(async () => {
      const next = await read(patient, page.next_cursor);
      set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  };
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      <p role="status">{page === null && isMissing ? r.offline : page?.items.length === 0 ? w.none : ""}</p>
      {page?.items.map((thread) => <ThreadCard key={thread.session_id} thread={thread} />)}
      {page?.next_cursor && (
        <button type="button" class="wide" onClick={() => void more()}>
          {w.more}
        </button>
      )}
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}
