/** Charts by the patient's name, to put one on hold or to end a hold. Of a chart, an admin sees whose it is. */
import { Line, useRowFocus } from "../../../../shared/office/basics.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { calendarDay, spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { readClinic } from "../../core/clinic.js";
import { readPatients, searchPatients } from "../../core/records.js";
import { en } from "../../messages/en/holds.js";
import { More, usePages, useSent } from "../../parts/pages.js";

const w = spoken({ en });

export function Holds() {
  const { typed, sent, type, send } = useSent();
  const clinic = useLoaded("clinic", readClinic);
  const pages = usePages(`holds ${sent}`, (cursor) => (sent ? searchPatients(sent, cursor) : readPatients(cursor)));
  useRowFocus(pages.value !== null);
  return (
    <Room title={w.title} hint={w.hint} loaded={pages} back={<a href="#/records">{w.back}</a>}>
      {({ items }) => (
        <>
          {clinic.value && (
            <p class="hint">
              {w.kept(clinic.value.policies["retention_years"] ?? 0, clinic.value.policies["majority_years"] ?? 0)} <a href="#/policies">{w.change}</a>
            </p>
          )}
          <form class="search" onSubmit={(event) => { event.preventDefault(); send(); }}>
            <Line name="search" type="search" label={w.search} value={typed} onInput={type} />
            <button type="submit" data-primary>{w.go}</button>
          </form>
          <section class="card">
            {items.length === 0 && <p>{w.none}</p>}
            <ul class="plain rows">
              {items.map((one) => (
                <li key={one.id}>
                  <a data-row href={`#/hold/${one.id}`}>
                    <span class="name" dir="auto">{one.name}</span>
                    {one.birth_on && <span class="hint">{w.born(calendarDay(one.birth_on))}</span>}
                  </a>
                </li>
              ))}
            </ul>
            <More pages={pages} />
          </section>
        </>
      )}
    </Room>
  );
}
