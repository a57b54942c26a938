/** What came of each dose: insight, goal, strategy, practices, and how distress changed. */
import { useAct, useLoaded } from "../../core/hooks.js";
import { readThreads } from "../../core/goals.js";
import type { Thread, ThreadStrategy } from "../../core/types.js";
import { en as threadsEn } from "../../messages/en/threads.js";
import { en as doseEn } from "../../messages/en/dose.js";
import { dayOf, spoken, t } from "../../messages/index.js";
import { Alert } from "../../parts/basics.js";
import { changeWords } from "../../parts/change-words.js";
import { Room } from "../../parts/room.js";
import { signed } from "../../messages/words.js";

const w = spoken({ en: threadsEn });
const doseWords = spoken({ en: doseEn });

function Strategies({ strategies }: { strategies: ThreadStrategy[] }) {
  return (
    <>
      {strategies.map((strategy) => (
        <li key={strategy.id}>
          <span class="kind">{w.strategy}</span>{" "}
          <a href={`#/plan/${strategy.plan_id}`} dir="auto">
            {strategy.title}
          </a>
          <span class="hint"> {w.uses(strategy.uses)} {changeWords(strategy.change)}</span>
        </li>
      ))}
    </>
  );
}

function Reflections({ thread }: { thread: Thread }) {
  return (
    <ul class="plain tree">
      {thread.reflections.map((reflection) => (
        <li key={reflection.id}>
          <a href={`#/reflection/${reflection.id}`}>{w.reflection(dayOf(reflection.at))}</a>
          <ul class="plain tree">
            {reflection.insights.map((insight) => (
              <li key={insight.id}>
                <span class="kind">{w.insight}</span> <span dir="auto">{insight.text}</span>
                {insight.goals.length + insight.strategies.length > 0 && (
                  <ul class="plain tree">
                    {insight.goals.map((goal) => (
                      <li key={goal.id}>
                        <span class="kind">{w.goal}</span> <span dir="auto">{goal.title}</span>
                        <span class="hint"> {goal.level === null ? w.notRated : w.level(signed(goal.baseline_level), signed(goal.level))}</span>
                        {goal.strategies.length > 0 && (
                          <ul class="plain tree">
                            <Strategies strategies={goal.strategies} />
                          </ul>
                        )}
                      </li>
                    ))}
                    <Strategies strategies={insight.strategies} />
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

export function Threads({ id }: { id: string }) {
  const loaded = useLoaded(`threads ${id}`, () => readThreads(id, null));
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readThreads(id, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  return (
    <Room title={w.title} patientId={id} loaded={loaded}>
      {({ items, next_cursor }) => (
        <>
          {items.length === 0 && <p class="card empty">{w.none}</p>}
          {items.map((thread) => (
            <section key={thread.session_id} class="card" aria-labelledby={thread.session_id}>
              <h2 id={thread.session_id}>
                <a href={`#/dosing/${thread.session_id}`}>{w.dose(dayOf(thread.at))}</a>
              </h2>
              <p class="hint">{[...new Set(thread.doses.map((dose) => doseWords.route[dose.route] ?? dose.route))].join(", ")}</p>
              {thread.intention && (
                <blockquote dir="auto">
                  {thread.intention}
                </blockquote>
              )}
              {thread.reflections.length === 0 && <p class="hint">{w.nothing}</p>}
              <Reflections thread={thread} />
            </section>
          ))}
          <Alert message={message} />
          {next_cursor && (
            <button type="button" disabled={isBusy} onClick={() => void more()}>
              {t.more}
            </button>
          )}
        </>
      )}
    </Room>
  );
}
