/** A plan to read, with what differs from the other version marked in words. */
import { STRATEGY_TEXTS } from "../../core/things.js";
import type { Plan, PlanEffects, Strategy } from "../../core/types.js";
import { en as effectsEn } from "../../messages/en/effects.js";
import { en as planEn } from "../../messages/en/plan.js";
import { calendarDay, spoken } from "../../messages/index.js";
import { plain, scheduleWords } from "../../messages/words.js";
import { changeWords } from "../../parts/change-words.js";

const w = spoken({ en: effectsEn });
const planWords = spoken({ en: planEn });

/** Return the strategy of the other version that this one continues, or that continues this one. */
export function counterpart(strategy: Strategy, other: Plan | null): Strategy | null {
  return other?.strategies.find((one) => one.id === strategy.continues_id || one.continues_id === strategy.id) ?? null;
}

export function Mark({ isShown, kind }: { isShown: boolean; kind: "changed" | "added" | "removed" }) {
  return isShown ? <span class={`mark ${kind}`}>{planWords.marks[kind]}</span> : null;
}

/** What a strategy has besides its texts. */
export function StrategyFacts({ strategy }: { strategy: Strategy }) {
  const facts = [
    plain(strategy.category),
    strategy.schedule && scheduleWords(strategy.schedule),
    strategy.duration_minutes && `${strategy.duration_minutes} min`,
    strategy.confidence !== null && `${planWords.confidence} ${strategy.confidence}/10`,
    strategy.importance !== null && `${planWords.importance} ${strategy.importance}/10`,
  ].filter(Boolean);
  return (
    <>
      <p class="hint">{facts.join(" · ")}</p>
      {strategy.barriers.length > 0 && (
        <ul class="hint barriers">
          {strategy.barriers.map((one) => (
            <li key={one.barrier}>
              <bdi>{one.barrier}</bdi>
              {one.workaround && (
                <>
                  {" → "}
                  <bdi>{one.workaround}</bdi>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What using a strategy changed: practices, relief with its interval, how often as planned, and its place among the others. */
function Effect({ effects, id }: { effects: PlanEffects | null; id: string }) {
  const found = effects?.strategies.find((one) => one.strategy_id === id);
  if (!effects || !found) return null;
  const { adherence, change } = found;
  const facts = [
    w.uses(found.uses, found.skips),
    adherence.percent !== null && w.adherence(adherence.percent, adherence.done, adherence.planned, effects.adherence_days),
  ];
  return (
    <div class="effect">
      <p>
        <strong>{changeWords(change)}</strong> {found.rank !== null && <span class="tag">{w.rank(found.rank)}</span>}
      </p>
      <p class="hint">{facts.filter(Boolean).join(" · ")}</p>
      {change.n > 0 && change.n < effects.minimum_n && <p class="hint">{w.tooFew(effects.minimum_n)}</p>}
    </div>
  );
}

/** `other` is the version beside it: the one that is agreed if `plan` is the next one, and the other way round. */
export function PlanText({ plan, other, effects = null }: { plan: Plan; other: Plan | null; effects?: PlanEffects | null }) {
  const isNext = other !== null && plan.replaces_id === other.id;
  return (
    <div class="plan">
      {other !== null && (
        <h3 dir="auto">
          {plan.title} <Mark isShown={isNext && plan.title !== other.title} kind="changed" />
        </h3>
      )}
      <p dir="auto">
        {plan.aim} <Mark isShown={isNext && plan.aim !== other.aim} kind="changed" />
      </p>
      {plan.review_on && (
        <p class="hint">
          {planWords.reviewOn} {calendarDay(plan.review_on)}
        </p>
      )}
      {plan.strategies.map((strategy) => {
        const twin = counterpart(strategy, other);
        const isChanged = twin !== null && STRATEGY_TEXTS.some((text) => (strategy[text] ?? "") !== (twin[text] ?? ""));
        return (
          <section key={strategy.id} class="strategy">
            <h3 dir="auto">
              {strategy.title} <Mark isShown={isNext && isChanged} kind="changed" />
              <Mark isShown={isNext && twin === null} kind="added" />
              <Mark isShown={other !== null && !isNext && twin === null} kind="removed" />
            </h3>
            {strategy.description && <p dir="auto">{strategy.description}</p>}
            {(strategy.if_cue || strategy.then_action) && (
              <p class="if-then" dir="auto">
                {strategy.if_cue}
                {strategy.if_cue && strategy.then_action && <br />}
                <strong>{strategy.then_action}</strong>
              </p>
            )}
            <StrategyFacts strategy={strategy} />
            <Effect effects={effects} id={strategy.id} />
          </section>
        );
      })}
    </div>
  );
}
