import { useJournal } from "../../journal/hooks.js";
import type { Plan } from "../../journal/types.js";
import { t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";

/** Whether a plan waits for the patient. */
export const waitsForAnswer = (plan: Plan): boolean => plan.allowed_actions.includes("accept");

const stateOf = (plan: Plan): string => (waitsForAnswer(plan) ? t.plans.waits : plan.state === "paused" ? t.plans.paused : plan.state === "active" ? t.plans.active : "");

/** The plans, those that wait for an answer first, and the strategies that can be used at once. */
export function Plans() {
  const { plans } = useJournal();
  const shown = [...plans].sort((a, b) => Number(waitsForAnswer(b)) - Number(waitsForAnswer(a)));
  return (
    <>
      <Title>{t.plans.title}</Title>
      {shown.length === 0 && <p class="hint">{t.plans.none}</p>}
      {shown.map((plan) => (
        <section key={plan.id} class="card" aria-labelledby={`plan-${plan.id}`}>
          <p class="eyebrow">{stateOf(plan)}</p>
          <h2 id={`plan-${plan.id}`} dir="auto">
            <a href={`#/plan/${plan.id}`}>{plan.title}</a>
          </h2>
          {plan.state === "active" && (
            <ul class="plain">
              {plan.strategies.map((strategy) => (
                <li key={strategy.id}>
                  <a class="button wide" href={`#/practise/${strategy.id}`} dir="auto">
                    {strategy.title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </>
  );
}
