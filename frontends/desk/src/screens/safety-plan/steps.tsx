/** The six steps of one version, as they are read. */
import { STEPS, type Contact, type SafetyPlan } from "../../core/safety-plans.js";
import { en } from "../../messages/en/safety-plan.js";
import { spoken } from "../../messages/index.js";
import { Words } from "../../parts/basics.js";

const w = spoken({ en });

function ContactLine({ contact }: { contact: Contact }) {
  return (
    <li>
      <span dir="auto">{contact.name}</span>{" "}
      {contact.phone && (
        <a href={`tel:${contact.phone.replace(/[^\d+*#]/g, "")}`} dir="ltr">
          {contact.phone}
        </a>
      )}
      {"hours" in contact && contact.hours && (
        <span class="hint" dir="auto">
          {` ${contact.hours}`}
        </span>
      )}
    </li>
  );
}

export function Steps({ plan }: { plan: SafetyPlan }) {
  return (
    <>
      <ol class="plain plan-steps">
        {STEPS.map(([step], at) => (
          <li key={step}>
            <h3>{w.numbered(at + 1, w.steps[step] ?? step)}</h3>
            {plan[step].length === 0 ? (
              <p class="hint">{w.empty}</p>
            ) : (
              <ul>
                {plan[step].map((line: string | Contact, number: number) =>
                  typeof line === "string" ? (
                    <li key={number}>
                      <bdi>{line}</bdi>
                    </li>
                  ) : (
                    <ContactLine key={number} contact={line} />
                  ),
                )}
              </ul>
            )}
          </li>
        ))}
      </ol>
      {plan.reason_for_living && (
        <>
          <h3>{w.steps["reason_for_living"]}</h3>
          <Words>{plan.reason_for_living}</Words>
        </>
      )}
    </>
  );
}
