import { newId } from "@integration-journal/client";
import { firstWords } from "../../journal/entries.js";
import { useEntries, useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { Prompt, PromptSet } from "../../journal/types.js";
import { dayOf, momentOf, t, timeOf } from "../../messages/index.js";
import { AskedMeasures } from "../../parts/asked.js";
import { TextField, Title } from "../../parts/basics.js";
import { go } from "../../route.js";

const NOT_ASKED = ["safety_check"];
const EVENING_HOUR = 17;
const DAY_MS = 86_400_000;

interface TonightDraft {
  /** How many questions on from the one of the day. */
  skipped: number;
  text: string;
}

/** The newest version of each set, and the questions that are asked one a day. */
function questionOf(sets: PromptSet[], skipped: number): { set: PromptSet; prompt: Prompt } | null {
  const newest = new Map<string, PromptSet>();
  for (const set of sets) if ((newest.get(set.id)?.version ?? 0) < set.version) newest.set(set.id, set);
  const all = [...newest.values()].flatMap((set) => set.prompts.map((prompt) => ({ set, prompt })));
  const asked = all.filter(({ prompt }) => !NOT_ASKED.includes(prompt.area));
  const day = Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / DAY_MS);
  return asked[(day + skipped) % Math.max(asked.length, 1)] ?? null;
}

function Question() {
  const { prompts } = useJournal();
  const draft = useDraft<TonightDraft>("tonight", () => ({ skipped: 0, text: "" }));
  const found = questionOf(prompts, draft.value?.skipped ?? 0);
  if (draft.value === null) return null;
  const { skipped, text } = draft.value;
  const keep = async (): Promise<void> => {
    const id = newId();
    const answer = found && { kind: "prompted" as const, prompt_set: found.set.id, prompt_set_version: found.set.version, answers: [{ prompt_id: found.prompt.id, text }] };
    const body = { id, captured_at: new Date().toISOString(), ...(answer ?? { kind: "text" as const, text }) };
    await journal.write("create_reflection", { body, thingId: id });
    await draft.clear();
    go("share", id);
  };
  return (
    <section class="card question" aria-labelledby="question">
      <p class="eyebrow">{new Date().getHours() >= EVENING_HOUR ? t.tonight.questionTonight : t.tonight.question}</p>
      <h2 id="question" dir="auto">
        {found?.prompt.text ?? t.write.text}
      </h2>
      {found?.prompt.help && <p class="hint" dir="auto">{found.prompt.help}</p>}
      <TextField name="tonight" label={found?.prompt.text ?? t.write.text} isLabelHidden value={text} onInput={(value) => draft.set({ skipped, text: value })} />
      <div class="row">
        <button type="button" class="primary" disabled={text.trim() === ""} onClick={() => void keep()}>
          {t.tonight.keep}
        </button>
        {text.trim() === "" && found !== null && (
          <button type="button" class="quiet" onClick={() => draft.set({ skipped: skipped + 1, text })}>
            {t.tonight.another}
          </button>
        )}
        {text.trim() !== "" && (
          <span class="hint" role="status">
            {draft.isKept ? t.write.kept : t.write.keeping}
          </span>
        )}
      </div>
    </section>
  );
}

/** Today: the question first, then what is new, what is due, what comes. */
export function Tonight() {
  const { home, next: steps, plans, practices, waiting } = useJournal();
  const entries = useEntries();
  const strategies = new Map(plans.flatMap((plan) => plan.strategies.map((one) => [one.id, one] as const)));
  const today = new Date().toDateString();
  const isToday = (at: string): boolean => new Date(at).toDateString() === today;
  const logged = waiting.filter((entry) => entry.operation === "log_practice").map((entry) => entry.body as { strategy_id: string; used_at: string });
  const done = new Set([...practices, ...logged].filter((one) => isToday(one.used_at)).map((one) => one.strategy_id));
  const due = home?.occurrences.filter((one) => strategies.has(one.strategy_id)) ?? [];
  const next = home?.sessions[0];
  const [latest] = entries;
  const answered = waiting.filter((entry) => entry.operation === "create_check_in").map((entry) => (entry.body as { arc_window_id: string }).arc_window_id);
  const asked = (steps?.now ?? []).filter((one) => !one.is_answered && !answered.includes(one.arc_window_id) && new Date(one.closes_at) > new Date());
  return (
    <>
      <Title>{dayOf(new Date())}</Title>
      {asked.map((one) => (
        <a key={one.arc_window_id} class="card row-link" href={`#/check-in/${one.arc_window_id}`}>
          <strong>{t.checkIn.open}</strong>
          <span class="hint">{t.checkIn.until(momentOf(one.closes_at))}</span>
        </a>
      ))}
      <AskedMeasures />
      <Question />
      <ul class="plain links">
        <li>
          <a class="button wide" href="#/write/new">
            {t.tonight.freely}
          </a>
        </li>
        <li>
          <a href="#/write/ratings">{t.tonight.justRatings}</a>
        </li>
      </ul>
      {home !== null && home.unread > 0 && (
        <section class="card" aria-labelledby="news">
          <h2 id="news">{t.tonight.news}</h2>
          <a href="#/messages">{t.messages.kinds[home.inbox[0]?.kind ?? ""] ?? t.messages.title}</a>
        </section>
      )}
      <section aria-labelledby="due">
        <h2 id="due">{t.tonight.due}</h2>
        {home === null && <p class="hint">{t.tonight.empty}</p>}
        {home !== null && due.length === 0 && <p class="hint">{t.tonight.nothingDue}</p>}
        <ul class="plain">
          {due.map((one) => (
            <li key={`${one.strategy_id} ${one.at}`}>
              <a class="card row-link" href={`#/practise/${one.strategy_id}`}>
                <strong dir="auto">{strategies.get(one.strategy_id)?.title}</strong>
                <span class="hint">{done.has(one.strategy_id) ? t.tonight.done : one.at && timeOf(one.at)}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {next && (
        <section aria-labelledby="next">
          <h2 id="next">{t.tonight.next}</h2>
          <p>{momentOf(next.planned_start_at)}</p>
        </section>
      )}
      {latest && (
        <section aria-labelledby="latest">
          <h2 id="latest">{t.tonight.latest}</h2>
          <a class="card row-link" href={`#/entry/${latest.id}`}>
            <span dir="auto">{firstWords(latest.content) || t.entries.untitled}</span>
            <span class="hint">{momentOf(latest.at)}</span>
          </a>
        </section>
      )}
    </>
  );
}
