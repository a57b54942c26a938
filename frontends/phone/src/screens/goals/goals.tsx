/** The goals, each with five levels: where it began, where both sides see it, and where the person is now. */
import { newId, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useOnline } from "../../journal/online.js";
import type { Goal, GoalRating } from "../../journal/types.js";
import { dayOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { TextField, Title } from "../../parts/basics.js";

const w = r.goals;
const LEVELS = [2, 1, 0, -1, -2];
export const signed = (level: number): string => (level > 0 ? `+${level}` : level < 0 ? `−${-level}` : "0");

interface GoalDraft {
  level: number | null;
  remark: string;
}

function GoalCard({ goal }: { goal: Goal }) {
  const { waiting } = useJournal();
  const draft = useDraft<GoalDraft>(`goal ${goal.id}`, () => ({ level: null, remark: "" }));
  const [keptAs, setKeptAs] = useState<string | null>(null);
  const path = { goal_id: goal.id };
  const { value: ratings } = useOnline<GoalRating[]>(`ratings ${goal.id}`, async () => (await unwrap(journal.client.http.GET("/v1/goals/{goal_id}/ratings", { params: { path } }))).data.items);
  const mine = waiting.filter((entry) => entry.operation === "rate_goal" && entry.thing_id === goal.id);
  const value = draft.value ?? { level: null, remark: "" };
  const last = (side: string): GoalRating | undefined => ratings?.find((one) => one.side === side);
  const [own, team] = [last("patient"), last("clinician")];
  const keep = async (): Promise<void> => {
    if (value.level === null) return;
    const id = newId();
    await journal.write("rate_goal", { path, body: { id, level: value.level, rated_at: new Date().toISOString(), remark: value.remark.trim() || null }, thingId: goal.id });
    await draft.clear();
    setKeptAs(id);
  };
  return (
    <section class="card" aria-labelledby={goal.id}>
      <h2 id={goal.id} dir="auto">
        {goal.title}
      </h2>
      <fieldset class="levels">
        <legend>{w.rate}</legend>
        {LEVELS.map((level) => (
          <label key={level}>
            <input type="radio" name={goal.id} checked={value.level === level} onChange={() => draft.set({ ...value, level })} />
            <strong>{signed(level)}</strong>
            <span>
              <span dir="auto">{goal.levels[level + 2]}</span>
              {[goal.baseline_level === level && w.begun, own?.level === level && w.you(dayOf(own.happened_at)), team?.level === level && w.team(dayOf(team.happened_at))].filter(Boolean).map((words) => (
                <span key={String(words)} class="hint">
                  {words}
                </span>
              ))}
            </span>
          </label>
        ))}
      </fieldset>
      {value.level !== null && (
        <>
          <TextField name={`remark-${goal.id}`} label={w.remark} rows={2} value={value.remark} onInput={(remark) => draft.set({ ...value, remark })} />
          <button type="button" class="primary wide" onClick={() => void keep()}>
            {w.keep}
          </button>
        </>
      )}
      <p role="status">{mine.some((entry) => entry.state === "needs-you") ? w.refused : mine.length > 0 ? w.kept : keptAs !== null ? w.sent : ""}</p>
    </section>
  );
}

export function Goals() {
  const { goals } = useJournal();
  const open = goals.filter((goal) => goal.withdrawn_at === null);
  return (
    <>
      <Title>{w.title}</Title>
      {open.length === 0 ? <p class="hint">{w.none}</p> : <p>{w.lead}</p>}
      {open.map((goal) => (
        <GoalCard key={goal.id} goal={goal} />
      ))}
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}
