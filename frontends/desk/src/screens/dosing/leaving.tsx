/** After the dose: may the patient leave, and what the REMS form still lacks. */
import { en } from "../../messages/en/dosing.js";
import { momentOf, spoken, timeOf } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Fact, Findings } from "../../parts/findings.js";
import { WriteDischarge, WriteForm } from "./after.js";
import { isClinician, type Acts } from "./giving.js";

const w = spoken({ en });

const leaveWords = (item: string): string => w.leave[item] ?? plain(item);

export function Discharged(acts: Acts) {
  const { discharge, team } = acts.found;
  const overrider = team.find((member) => member.account_id === discharge.overridden_by_id)?.name ?? w.somebody;
  return (
    <section class="card">
      <h2>{w.discharge}</h2>
      <p class="lead">{discharge.discharged_at === null ? w.stillHere : w.left(momentOf(discharge.discharged_at))}</p>
      {discharge.observe_until && <p class="hint">{w.observeUntil(timeOf(discharge.observe_until))}</p>}
      {discharge.blocking.length > 0 && (
        <>
          <h3>{w.missing}</h3>
          <ul class="plain checks">
            {discharge.blocking.map((item) => (
              <li key={item} class="not_met">
                {leaveWords(item)}
              </li>
            ))}
          </ul>
        </>
      )}
      {discharge.blocking.length === 0 && <p>{w.nothingMissing}</p>}
      {discharge.overridden_at && (
        <p class="late">
          {w.overridden(overrider, momentOf(discharge.overridden_at))} <span dir="auto">{discharge.override_reason}</span>
        </p>
      )}
      {discharge.aldrete_score !== null && <Fact label={w.aldrete}>{discharge.aldrete_score}</Fact>}
      {discharge.padss_score !== null && <Fact label={w.padss}>{discharge.padss_score}</Fact>}
      {discharge.note && <p dir="auto">{discharge.note}</p>}
      <Findings findings={discharge.findings} />
      <WriteDischarge {...acts} />
    </section>
  );
}

export function Rems(acts: Acts) {
  const { rems } = acts.found;
  return (
    <section class="card">
      <h2>{w.rems}</h2>
      {rems === null && <p class="hint">{w.noRems}</p>}
      {rems !== null && (
        <>
          <p class="lead">{w.remsState[rems.state] ?? plain(rems.state)}</p>
          {rems.submitted_at === null && <p class={new Date(rems.due_at).getTime() < Date.now() ? "late" : "hint"}>{w.remsDue(momentOf(rems.due_at))}</p>}
          {rems.missing.length > 0 && (
            <>
              <h3>{w.missing}</h3>
              <ul class="plain checks">
                {rems.missing.map((field) => (
                  <li key={field} class="not_met">
                    {w.remsField[field] ?? plain(field)}
                  </li>
                ))}
              </ul>
            </>
          )}
          {rems.confirmation && <Fact label={w.confirmation}>{rems.confirmation}</Fact>}
          {isClinician(acts.roles) && <WriteForm {...acts} form={rems} />}
        </>
      )}
    </section>
  );
}
