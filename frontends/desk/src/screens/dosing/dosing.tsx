/** A dosing session as one page: may it begin, what was given, how it went, may the patient leave; and writing it down. */
import type { ComponentChildren } from "preact";
import { readDosing, type DosingSession } from "../../core/dosing.js";
import { useDesk, useLoaded, type Loaded } from "../../core/hooks.js";
import type { AdverseEvent, Dose, Order } from "../../core/types.js";
import { en as doseEn } from "../../messages/en/dose.js";
import { en } from "../../messages/en/dosing.js";
import { amountOf, dayOf, momentOf, spoken, timeOf } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Room } from "../../parts/room.js";
import { Findings, Fact } from "../../parts/findings.js";
import { AddEvent, ReviewEvent, Scores, WritingLink } from "./after.js";
import { Before } from "./before.js";
import { AddReadings, Decision, EndDose, EndOrder, GiveDose, isClinician, Music, NewOrder, Steps, type Acts } from "./giving.js";
import { Discharged, Rems } from "./leaving.js";
import { Vitals } from "./vitals.js";

const w = spoken({ en });
const { route } = spoken({ en: doseEn });

/** Return the amount of a dose with its unit, and per kilogram if a weight is known. */
function doseWords(dose: Dose): string {
  const amount = `${amountOf(dose.amount_mg)} mg`;
  return dose.mg_per_kg === null ? amount : `${amount}, ${amountOf(dose.mg_per_kg)} mg/kg`;
}

function DoseRow({ dose, order, acts }: { dose: Dose; order: Order | undefined; acts: Acts }) {
  const how = [
    dose.weight_kg !== null && w.weight(amountOf(dose.weight_kg)),
    dose.infusion_minutes !== null && w.over(dose.infusion_minutes),
    dose.devices !== null && w.devices(dose.devices),
    dose.formulation,
    dose.strength,
    dose.lot && w.lot(dose.lot),
  ];
  return (
    <li>
      <p class="given">
        <time dateTime={dose.given_at}>{timeOf(dose.given_at)}</time> <strong>{doseWords(dose)}</strong> <span>{route[dose.route] ?? plain(dose.route)}</span>
        {dose.kind !== "initial" && <span class="tag">{plain(dose.kind)}</span>}
      </p>
      <p class="hint" dir="auto">
        {how.filter(Boolean).join(" · ")}
      </p>
      {dose.given_while_held && <p class="hint">{w.whileHeld}</p>}
      <p class="hint">{order ? w.byOrder(amountRange(order)) : w.noOrder}</p>
      {dose.note && <p dir="auto">{dose.note}</p>}
      <Findings findings={dose.findings} />
      {isClinician(acts.roles) && <EndDose dose={dose} reload={acts.reload} />}
    </li>
  );
}

function Doses(acts: Acts) {
  const { found } = acts;
  return (
    <Part title={w.doses}>
      {found.doses.length === 0 && <p class="hint">{w.noDoses}</p>}
      <ul class="plain parts">
        {found.doses.map((dose) => (
          <DoseRow key={dose.id} dose={dose} order={found.orders.find((order) => order.id === dose.order_id)} acts={acts} />
        ))}
      </ul>
      {isClinician(acts.roles) && found.session.state === "in_progress" && <GiveDose {...acts} />}
    </Part>
  );
}

const amountRange = (order: Order): string => `${amountOf(order.amount_min)}–${amountOf(order.amount_max)} ${order.unit}`;

function Orders(acts: Acts) {
  const { found, roles, reload } = acts;
  return (
    <Part title={w.orders}>
      {found.orders.length === 0 && <p class="hint">{w.noOrders}</p>}
      <ul class="plain facts">
        {found.orders.map((order) => (
          <li key={order.id}>
            <strong>{amountRange(order)}</strong>
            <span>{route[order.route] ?? plain(order.route)}</span>
            <span class="hint">{w.sessionsUsed(order.sessions_used, order.sessions_authorised)}</span>
            <span class="hint">{w.validUntil(dayOf(order.valid_until))}</span>
            {order.state !== "active" && <span class="hint">{plain(order.state)}</span>}
            {order.review_due && <span class="late">{w.reviewDue}</span>}
            {order.withdrawn_at === null && roles.includes("prescriber") && <EndOrder found={order} reload={reload} />}
          </li>
        ))}
      </ul>
      {roles.includes("prescriber") && <NewOrder {...acts} />}
    </Part>
  );
}

function EventRow({ event, acts }: { event: AdverseEvent; acts: Acts }) {
  const waits = event.review_due_at !== null && event.reviewed_at === null;
  return (
    <li>
      <p class="given">
        <time dateTime={event.onset_at}>{momentOf(event.onset_at)}</time> <strong>{plain(event.kind)}</strong>
        <span class={`tag ${["severe", "life_threatening", "death"].includes(event.severity) ? "bad" : ""}`}>{plain(event.severity)}</span>
      </p>
      <p class="hint">{[w.related(plain(event.relatedness).toLowerCase()), w.outcome(plain(event.outcome).toLowerCase()), event.ended_at && w.endedAt(timeOf(event.ended_at))].filter(Boolean).join(" · ")}</p>
      {event.serious_because.length > 0 && <p class="late">{w.serious(event.serious_because.map((one) => plain(one).toLowerCase()).join(", "))}</p>}
      {event.text && (
        <p class="words" dir="auto">
          {event.text}
        </p>
      )}
      {event.treatment && <Fact label={w.treatment}>{event.treatment}</Fact>}
      {event.action && <Fact label={w.action}>{event.action}</Fact>}
      {waits && event.review_due_at && <p class="late">{w.waitsReview(momentOf(event.review_due_at))}</p>}
      {waits && acts.roles.includes("prescriber") && <ReviewEvent event={event} reload={acts.reload} />}
      {event.reviewed_at && <p class="hint">{w.reviewed(momentOf(event.reviewed_at))}</p>}
    </li>
  );
}

function Events(acts: Acts) {
  const { events } = acts.found;
  return (
    <Part title={w.events}>
      {events.length === 0 && <p class="hint">{w.noEvents}</p>}
      <ul class="plain parts">
        {events.map((event) => (
          <EventRow key={event.id} event={event} acts={acts} />
        ))}
      </ul>
      {isClinician(acts.roles) && <AddEvent {...acts} />}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function DosingScreen({ id }: { id: string }) {
  const loaded: Loaded<DosingSession> = useLoaded(`dosing ${id}`, () => readDosing(id), (change) => loaded.value !== null && change.patient_id === loaded.value.session.patient_id);
  const roles = useDesk().me?.roles ?? [];
  const session = loaded.value?.session;
  const tools = session && loaded.value && (
    <>
      {isClinician(roles) && <Steps found={loaded.value} roles={roles} reload={loaded.reload} />}
      {session.modality === "telehealth" && <a href={`#/remote/${id}`}>{w.home}</a>}
      <span class="tag">{plain(session.state)}</span>
    </>
  );
  return (
    <Room kind="" title={w.title} patientId={session?.patient_id} loaded={loaded} tools={tools} hint={session && momentOf(session.started_at ?? session.planned_start_at)}>
      {(found) => {
        const acts: Acts = { found, roles, reload: loaded.reload };
        return (
          <div class="columns">
            <div>
              <Before {...acts} />
              <Doses {...acts} />
              <Vitals vitals={found.vitals} hasMore={found.hasMoreVitals}>
                {isClinician(roles) && found.session.state !== "planned" && <AddReadings {...acts} />}
              </Vitals>
              <Events {...acts} />
            </div>
            <aside aria-label={w.beside}>
              <Decision {...acts} />
              <Scores found={found} />
              <Orders {...acts} />
              <Music {...acts} />
              <Discharged {...acts} />
              <Rems {...acts} />
              <WritingLink {...acts} />
            </aside>
          </div>
        );
      }}
    </Room>
  );
}
