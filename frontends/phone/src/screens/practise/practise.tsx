import { newId } from "@integration-journal/client";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { PracticeLog } from "../../journal/types.js";
import { t } from "../../messages/index.js";
import { Choice, Scale, TextField, Title, Words } from "../../parts/basics.js";
import { go } from "../../route.js";
import { IfThen } from "../plans/plan.js";

type Reason = NonNullable<PracticeLog["skipped_reason"]>;

interface PractiseDraft {
  step: "before" | "doing" | "after" | "skip";
  before: number | null;
  after: number | null;
  helped: string | null;
  again: "yes" | "no" | null;
  context: string;
  used_at: string;
}

const fresh = (): PractiseDraft => ({ step: "before", before: null, after: null, helped: null, again: null, context: "", used_at: new Date().toISOString() });

/** Use a strategy: a number before, the thing itself, a number after. It waits on the phone for as long as it takes. */
export function Practise({ id }: { id: string }) {
  const { plans } = useJournal();
  const plan = plans.find((one) => one.strategies.some((strategy) => strategy.id === id));
  const strategy = plan?.strategies.find((one) => one.id === id);
  const draft = useDraft<PractiseDraft>(`practise ${id}`, fresh);
  const value = draft.value;
  if (plan === undefined || strategy === undefined) return <Title>{t.practise.gone}</Title>;
  if (value === null) return <p class="hint">{t.loading}</p>;
  const set = (changes: Partial<PractiseDraft>): void => draft.set({ ...value, ...changes });
  const log = async (body: Partial<PracticeLog>): Promise<void> => {
    const thing = newId();
    await journal.write("log_practice", { body: { id: thing, strategy_id: id, used_at: value.used_at, ...body }, thingId: thing });
    await draft.clear();
    go("plan", plan.id);
  };
  const [, low, high] = t.ratings["distress"]!;
  const helpedWords = Object.fromEntries(t.practise.helpedWords.map((words, number) => [String(number), words]));
  return (
    <>
      <Title>{strategy.title}</Title>
      {value.step === "before" && (
        <>
          <IfThen strategy={strategy} />
          <Scale name="before" label={t.practise.before} low={low} high={high} value={value.before} onChange={(before) => set({ before })} />
          <button type="button" class="primary wide" onClick={() => set({ step: "doing", used_at: new Date().toISOString() })}>
            {t.practise.start}
          </button>
          <button type="button" class="wide quiet" onClick={() => set({ step: "skip" })}>
            {t.practise.skip}
          </button>
        </>
      )}
      {value.step === "doing" && (
        <>
          <div class="card doing">
            <Words>{strategy.then_action ?? strategy.description ?? strategy.title}</Words>
            {strategy.duration_minutes !== null && <p class="hint">{t.plans.minutes(strategy.duration_minutes)}</p>}
          </div>
          <p>{t.practise.doIt}</p>
          <button type="button" class="primary wide" onClick={() => set({ step: "after" })}>
            {t.practise.done}
          </button>
        </>
      )}
      {value.step === "after" && (
        <>
          <Scale name="after" label={t.practise.after} low={low} high={high} value={value.after} onChange={(after) => set({ after })} />
          <Choice name="helped" label={t.practise.helped} options={helpedWords} value={value.helped} onChange={(helped) => set({ helped })} />
          <Choice name="again" label={t.practise.again} options={{ yes: t.practise.yes, no: t.practise.no }} value={value.again} onChange={(again) => set({ again })} />
          <TextField name="context" label={t.practise.context} rows={3} value={value.context} onInput={(context) => set({ context })} />
          <button
            type="button"
            class="primary wide"
            onClick={() =>
              void log({
                distress_before: value.before,
                distress_after: value.after,
                helpfulness: value.helped === null ? null : Number(value.helped),
                would_use_again: value.again === null ? null : value.again === "yes",
                context: value.context.trim() || null,
              })
            }
          >
            {t.practise.keep}
          </button>
        </>
      )}
      {value.step === "skip" && (
        <fieldset class="choice">
          <legend>{t.practise.skipWhy}</legend>
          {(Object.entries(t.practise.reasons) as [Reason, string][]).map(([reason, words]) => (
            <button key={reason} type="button" class="wide" onClick={() => void log({ skipped_reason: reason })}>
              {words}
            </button>
          ))}
          <button type="button" class="link" onClick={() => set({ step: "before" })}>
            {t.back}
          </button>
        </fieldset>
      )}
    </>
  );
}
