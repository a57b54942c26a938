/** A chart as one page: who, what is urgent, what is agreed, what happened. */
import { useLoaded } from "../../core/hooks.js";
import { readChart } from "../../core/things.js";
import type { Chart, Member, TimelineItem } from "../../core/types.js";
import { en } from "../../messages/en/chart.js";
import { calendarDay, dayOf, momentOf, spoken, t } from "../../messages/index.js";
import { formatWords, plain, stateWords } from "../../messages/words.js";
import { Pending, Title, useRowFocus } from "../../parts/basics.js";
import { TaskRow } from "../worklist/worklist.js";
import { NewNote, NewPlan } from "./begin.js";
import { Measures } from "./measures.js";
import { Search } from "./search.js";
import { Sessions } from "./sessions.js";
import { Practices, Timeline } from "./timeline.js";

const w = spoken({ en });

function itemHref(item: TimelineItem, patientId: string): string | null {
  if (item.kind === "goal") return `#/goals/${patientId}`;
  if (item.kind === "shared_summary") return `#/summary/${item.id}`;
  if (item.kind === "session" && item.detail === "dosing") return `#/dosing/${item.id}`;
  return item.kind === "note" || item.kind === "reflection" || item.kind === "plan" ? `#/${item.kind}/${item.id}` : null;
}

function detailWords(kind: TimelineItem["kind"], detail: string): string {
  if (kind === "note") return formatWords(detail);
  if (kind === "practice") return w.skippedFor(plain(detail).toLowerCase());
  return (kind === "reflection" && w.reflectionKind[detail]) || plain(detail);
}

function itemWords(item: TimelineItem): string {
  const detail = item.detail === null ? "" : detailWords(item.kind, item.detail);
  const state = item.state === null || item.state === "submitted" ? "" : stateWords(item.state);
  const isUnread = item.kind === "reflection" && item.title === null;
  return [detail, state, isUnread ? w.unread.toLowerCase() : ""].filter(Boolean).join(", ");
}

/** One row of a list or of the timeline. */
export function ItemRow({ item, patientId, hasKind = false }: { item: TimelineItem; patientId: string; hasKind?: boolean }) {
  const href = itemHref(item, patientId);
  const inner = (
    <>
      <time class="hint" dateTime={item.at}>
        {momentOf(item.at)}
      </time>
      <span class="what">
        {hasKind && <span class="kind">{plain(item.kind)}</span>} {itemWords(item)}
        {item.title && (
          <span class="first-words" dir="auto">
            {item.title}
          </span>
        )}
      </span>
    </>
  );
  return <li>{href ? <a data-row href={href}>{inner}</a> : <div class="line">{inner}</div>}</li>;
}

function Items({ title, items, patientId }: { title: string; items: TimelineItem[]; patientId: string }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {items.length === 0 && <p class="hint">{w.noneYet}</p>}
      <ul class="plain rows">
        {items.map((item) => (
          <ItemRow key={item.id} item={item} patientId={patientId} />
        ))}
      </ul>
    </section>
  );
}

function Team({ team }: { team: Member[] }) {
  return (
    <section class="card">
      <h2>{w.team}</h2>
      <ul class="plain facts">
        {team.map((member) => (
          <li key={member.id}>
            <span dir="auto">{[member.name, member.credential].filter(Boolean).join(", ")}</span>
            <span class="hint">
              {plain(member.role)}
              {member.basis === "emergency" && `, ${w.emergency}`}
              {member.ends_at && `, ${w.until(dayOf(member.ends_at))}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The screens of one chart that are read on their own. */
function Rooms({ id }: { id: string }) {
  return (
    <section class="card">
      <h2>{w.more}</h2>
      <ul class="plain facts">
        {(["flags", "safety-plan", "check-ins", "answers", "summaries", "goals", "threads", "supply", "lab", "consents", "split-care", "requests", "disclosures", "own-notes"] as const).map((room) => (
          <li key={room}>
            <a href={`#/${room}/${id}`}>{w.rooms[room]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Aside({ chart, reload }: { chart: Chart; reload: () => Promise<void> }) {
  const { patient } = chart;
  return (
    <aside aria-label={w.team}>
      <Rooms id={patient.id} />
      <Sessions title={w.next} sessions={chart.next_sessions} patientId={patient.id} onDone={reload} />
      <Sessions title={w.last} sessions={chart.last_sessions} />
      <section class="card">
        <h2>{w.medicines}</h2>
        {chart.medicines.length === 0 && <p class="hint">{w.none}</p>}
        <ul class="plain facts">
          {chart.medicines.map((medicine) => (
            <li key={medicine.id}>
              <span dir="auto">{medicine.name}</span>
              {medicine.dose && (
                <span class="hint" dir="auto">
                  {medicine.dose}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{w.contact}</h2>
        <ul class="plain facts">
          {patient.phone && (
            <li>
              <a href={`tel:${patient.phone}`} dir="ltr">
                {patient.phone}
              </a>
            </li>
          )}
          {patient.email && (
            <li>
              <a href={`mailto:${patient.email}`}>{patient.email}</a>
            </li>
          )}
          {patient.emergency_contact && (
            <li>
              <span class="hint">{w.emergencyContact}</span>
              <span dir="auto">{patient.emergency_contact}</span>
            </li>
          )}
        </ul>
      </section>
      <Team team={chart.care_team} />
    </aside>
  );
}

export function ChartScreen({ id }: { id: string }) {
  const loaded = useLoaded(`chart ${id}`, () => readChart(id), (change) => change.patient_id === id);
  const chart = loaded.value;
  useRowFocus(chart !== null);
  if (chart === null) {
    return (
      <>
        <Title label={w.title}>{w.title}</Title>
        <Pending loaded={loaded} />
      </>
    );
  }
  const { patient } = chart;
  const facts = [patient.preferred_name && t.patients.called(patient.preferred_name), patient.birth_on && t.patients.born(calendarDay(patient.birth_on))];
  return (
    <>
      <div class="heading">
        <div>
          <Title key={patient.id} label={patient.name}>
            <span dir="auto">{patient.name}</span>
          </Title>
          <p class="hint">{facts.filter(Boolean).join(" · ")}</p>
        </div>
        <div class="row">
          <NewNote patientId={id} />
          <NewPlan patientId={id} />
        </div>
      </div>
      {loaded.message && <p role="alert">{loaded.message}</p>}
      {chart.alerts.length > 0 && (
        <section class="card warning" aria-labelledby="alerts">
          <h2 id="alerts">{w.alerts}</h2>
          <ul class="plain tasks">
            {chart.alerts.map((task) => (
              <TaskRow key={task.id} task={task} hasName={false} />
            ))}
          </ul>
        </section>
      )}
      <div class="columns">
        <div>
          {chart.tasks.length > 0 && (
            <section class="card">
              <h2>{w.tasks}</h2>
              <ul class="plain tasks">
                {chart.tasks.map((task) => (
                  <TaskRow key={task.id} task={task} hasName={false} />
                ))}
              </ul>
            </section>
          )}
          <Items title={w.reflections} items={chart.reflections} patientId={id} />
          <Items title={w.notes} items={chart.notes} patientId={id} />
          <section class="card">
            <h2>{w.plans}</h2>
            {chart.plans.length === 0 && <p class="hint">{w.noneYet}</p>}
            <ul class="plain rows">
              {chart.plans.map((plan) => (
                <li key={plan.id}>
                  <a data-row href={`#/plan/${plan.id}`}>
                    <strong dir="auto">{plan.title}</strong>
                    <span class="hint">{stateWords(plan.state)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
          <Measures patientId={id} />
          <Practices patientId={id} />
          <Search patientId={id} />
          <Timeline patientId={id} />
        </div>
        <Aside chart={chart} reload={loaded.reload} />
      </div>
    </>
  );
}
