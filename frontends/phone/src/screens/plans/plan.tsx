import { unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { markRead } from "../../journal/marks.js";
import { useOnline } from "../../journal/online.js";
import type { Plan, PlanEffects, PracticeLog, Strategy } from "../../journal/types.js";
import { amountOf, momentOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { TextField, Title, Words } from "../../parts/basics.js";
import { waitsForAnswer } from "./plans.js";

const MAX_SHOWN = 5;

interface Use {
  id: string;
  used_at: string;
  before: number | null;
  after: number | null;
  isSkip: boolean;
  isWaiting: boolean;
}

/** Uses of a strategy, newest first: those that wait on the phone too, and those of the plan before this one. */
function useUses(strategy: Strategy): Use[] {
  const { practices, waiting } = useJournal();
  const ids = [strategy.id, strategy.continues_id];
  const stored = practices
    .filter((one) => ids.includes(one.strategy_id) && one.state === "logged")
    .map((one) => ({ id: one.id, used_at: one.used_at, before: one.distress_before, after: one.distress_after, isSkip: one.was_skipped, isWaiting: false }));
  const waits = waiting
    .filter((entry) => entry.operation === "log_practice")
    .map((entry) => entry.body as PracticeLog)
    .filter((one) => ids.includes(one.strategy_id))
    .map((one) => ({ id: one.id ?? "", used_at: one.used_at, before: one.distress_before ?? null, after: one.distress_after ?? null, isSkip: Boolean(one.skipped_reason), isWaiting: true }));
  return [...waits, ...stored].sort((a, b) => (a.used_at < b.used_at ? 1 : -1));
}

/** Before and after of the last uses, as bars and in words. */
function Effects({ strategy }: { strategy: Strategy }) {
  const uses = useUses(strategy);
  const rated = uses.filter((use) => use.before !== null && use.after !== null);
  const mean = (numbers: number[]): string => (numbers.reduce((a, b) => a + b, 0) / numbers.length).toFixed(1);
  return (
    <>
      <h3>{t.plans.practices}</h3>
      {uses.length === 0 && <p class="hint">{t.plans.noPractices}</p>}
      {rated.length > 1 && (
        <p>
          {t.plans.usedTimes(uses.filter((use) => !use.isSkip).length)}. {t.plans.average(mean(rated.map((use) => use.before!)), mean(rated.map((use) => use.after!)))}.
        </p>
      )}
      <ul class="plain uses">
        {uses.slice(0, MAX_SHOWN).map((use) => (
          <li key={use.id}>
            <span class="hint">
              {momentOf(use.used_at)}
              {use.isWaiting && ` · ${t.plans.onThisPhone}`}
            </span>
            {use.before !== null && use.after !== null ? (
              <>
                <span class="bars" aria-hidden="true">
                  <meter class="before" min={0} max={10} value={use.before} />
                  <meter class="after" min={0} max={10} value={use.after} />
                </span>
                <span>{t.plans.change(use.before, use.after)}</span>
              </>
            ) : (
              <span>{use.isSkip ? t.plans.skipped : t.plans.used}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the API makes of all uses: the change with its range, how often as planned, and the best of them. */
function Effect({ effects, strategy }: { effects: PlanEffects | null; strategy: Strategy }) {
  const found = effects?.strategies.find((one) => one.strategy_id === strategy.id);
  if (!effects || !found || found.change.mean === null) return null;
  const { change, adherence, rank } = found;
  const { mean, low, high, n } = change;
  const isKnown = n >= effects.minimum_n && low !== null && high !== null;
  return (
    <p data-effect>
      {r.effects.change(amountOf(Math.abs(mean!)), mean!, n)} {isKnown && r.effects.range(amountOf(low), amountOf(high))} {adherence.planned > 0 && r.effects.adherence(adherence.done, adherence.planned, effects.adherence_days)}{" "}
      {rank === 1 && <strong>{r.effects.rank}</strong>}
    </p>
  );
}

function StrategyCard({ strategy, isUsable, effects }: { strategy: Strategy; isUsable: boolean; effects: PlanEffects | null }) {
  return (
    <section class="card" aria-labelledby={`strategy-${strategy.id}`}>
      <h2 id={`strategy-${strategy.id}`} dir="auto">
        {strategy.title}
      </h2>
      <IfThen strategy={strategy} />
      {strategy.description && <Words>{strategy.description}</Words>}
      {strategy.barriers.length > 0 && (
        <details>
          <summary>{t.plans.barriers}</summary>
          <ul>
            {strategy.barriers.map((one) => (
              <li key={one.barrier}>
                <span dir="auto">
                  {one.barrier}
                  {one.workaround && `: ${one.workaround}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {strategy.supports.length > 0 && (
        <p dir="auto">
          {t.plans.supports}: {strategy.supports.join(", ")}
        </p>
      )}
      {isUsable && (
        <a class="button primary wide" href={`#/practise/${strategy.id}`}>
          {t.plans.practise}
        </a>
      )}
      {isUsable && <Effect effects={effects} strategy={strategy} />}
      {isUsable && <Effects strategy={strategy} />}
    </section>
  );
}

/** The cue and the action of a strategy: the two halves of one sentence. */
export function IfThen({ strategy }: { strategy: Strategy }) {
  if (!strategy.if_cue && !strategy.then_action) return null;
  return (
    <div class="if-then">
      {strategy.if_cue && <p dir="auto">{strategy.if_cue}</p>}
      {strategy.then_action && <p dir="auto">{strategy.then_action}</p>}
    </div>
  );
}

/** The patient's yes or no to the revision that is on the screen. */
function Answer({ plan }: { plan: Plan }) {
  const { waiting } = useJournal();
  const [isDeclining, setIsDeclining] = useState(false);
  const [reason, setReason] = useState("");
  const base = { path: { plan_id: plan.id }, ifMatch: `"${plan.version}"`, thingId: plan.id };
  if (waiting.some((entry) => entry.thing_id === plan.id)) return <p role="status">{t.plans.answered}</p>;
  return (
    <div class="card">
      <button type="button" class="primary wide" onClick={() => void journal.write("accept_plan", { ...base, body: { revision: plan.revision } })}>
        {t.plans.accept}
      </button>
      {!isDeclining && (
        <button type="button" class="wide" onClick={() => setIsDeclining(true)}>
          {t.plans.decline}
        </button>
      )}
      {isDeclining && (
        <>
          <TextField name="decline" label={t.plans.declineWhy} rows={3} value={reason} onInput={setReason} />
          <button type="button" class="wide" onClick={() => void journal.write("decline_plan", { ...base, body: { reason: reason.trim() || null } })}>
            {t.plans.declineYes}
          </button>
        </>
      )}
    </div>
  );
}

/** One plan with its strategies, and how each went. */
export function PlanScreen({ id }: { id: string }) {
  const { plans, inbox } = useJournal();
  const plan = plans.find((one) => one.id === id);
  const unread = inbox.find((item) => item.subject_id === id && item.read_at === null);
  const effects = useOnline<PlanEffects>(`effects ${id}`, async () => (await unwrap(journal.client.http.GET("/v1/plans/{plan_id}/effects", { params: { path: { plan_id: id } } }))).data);
  if (plan === undefined) return <Title>{t.plans.none}</Title>;
  if (unread) void markRead(unread.id);
  return (
    <>
      <Title>{plan.title}</Title>
      <p class="eyebrow">{t.plans.aim}</p>
      <Words>{plan.aim}</Words>
      {waitsForAnswer(plan) && <Answer plan={plan} />}
      {plan.strategies.map((strategy) => (
        <StrategyCard key={strategy.id} strategy={strategy} isUsable={plan.state === "active"} effects={effects.value} />
      ))}
    </>
  );
}
