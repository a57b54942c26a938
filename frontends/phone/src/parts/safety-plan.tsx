/** The patient's safety plan, step by step, with numbers to tap. It is on the phone, also offline. */
import { useJournal } from "../journal/hooks.js";
import type { SafetyPlan as Plan } from "../journal/types.js";
import { t } from "../messages/index.js";
import { dialled } from "./crisis.js";

type Contact = Plan["professionals"][number] | Plan["people_to_ask"][number];

function Texts({ lines }: { lines: string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Contacts({ contacts }: { contacts: Contact[] }) {
  return (
    <ul class="plain">
      {contacts.map((contact) => (
        <li key={`${contact.name} ${contact.phone}`} class="line" dir="auto">
          {contact.phone === null ? (
            contact.name
          ) : (
            <a class="button call" href={`tel:${dialled(contact.phone)}`}>
              {t.help.call(contact.name)} <strong>{contact.phone}</strong>
            </a>
          )}
          {"hours" in contact && contact.hours !== null && <p class="hint">{contact.hours}</p>}
        </li>
      ))}
    </ul>
  );
}

/** The plan in force; nothing if there is none. */
export function SafetyPlan() {
  const { safetyPlan } = useJournal();
  return safetyPlan && <Steps plan={safetyPlan} title={t.safetyPlan.title} />;
}

/** The six steps in their order. */
export function Steps({ plan, title: heading }: { plan: Plan; title: string }) {
  const steps = [
    [t.safetyPlan.steps.warning_signs, plan.warning_signs, <Texts lines={plan.warning_signs} />],
    [t.safetyPlan.steps.internal_coping, plan.internal_coping, <Texts lines={plan.internal_coping} />],
    [t.safetyPlan.steps.distraction, plan.distraction, <Contacts contacts={plan.distraction} />],
    [t.safetyPlan.steps.people_to_ask, plan.people_to_ask, <Contacts contacts={plan.people_to_ask} />],
    [t.safetyPlan.steps.professionals, plan.professionals, <Contacts contacts={plan.professionals} />],
    [t.safetyPlan.steps.means_safety, plan.means_safety, <Texts lines={plan.means_safety} />],
  ] as const;
  return (
    <section class="card safety-plan" aria-labelledby="safety-plan">
      <h2 id="safety-plan">{heading}</h2>
      <ol class="plain">
        {steps.map(([title, lines, shown], at) => (
          <li key={title}>
            <h3>
              {at + 1}. {title}
            </h3>
            {lines.length === 0 ? <p class="hint">{t.safetyPlan.empty}</p> : shown}
          </li>
        ))}
      </ol>
      {plan.reason_for_living !== null && (
        <>
          <h3>{t.safetyPlan.reason}</h3>
          <p dir="auto">{plan.reason_for_living}</p>
        </>
      )}
    </section>
  );
}
