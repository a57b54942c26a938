/** What a therapist of another clinic is shown: the agreements that show something, and the parts of one. */
import { readSharedCare, readSharedChart, type SharedCare, type SharedCareItem } from "../../core/split-care.js";
import { useLoaded } from "../../core/hooks.js";
import { en } from "../../messages/en/shared-care.js";
import { amountOf, dayOf, momentOf, spoken } from "../../messages/index.js";
import { formatWords, plain, sectionWords } from "../../messages/words.js";
import { useRowFocus, Words } from "../../parts/basics.js";
import { Facts, Room, Table } from "../../parts/room.js";

const w = spoken({ en });
const DECISIONS = Object.keys(w.decision) as (keyof typeof w.decision)[];

/** The routes as they are said; those of two letters are abbreviations. */
const routeOf = (route: string): string => (route.length === 2 ? route.toUpperCase() : plain(route));

function Doses({ chart }: { chart: SharedCare }) {
  const { dose_plan: plan, remaining_doses: remaining } = chart;
  if (plan === null) return null;
  if (plan.length === 0) return <p class="hint">{w.noPlan}</p>;
  const heads = [w.route, w.range, w.valid, w.state, ...(remaining === null ? [] : [w.remaining])];
  return (
    <Table label={w.plan} heads={heads}>
      {plan.map((one) => {
        const left = remaining?.find((other) => other.order_id === one.order_id);
        return (
          <tr key={one.order_id}>
            <th scope="row">{routeOf(one.route)}</th>
            <td>
              {one.amount_min === one.amount_max ? amountOf(one.amount_min) : `${amountOf(one.amount_min)}–${amountOf(one.amount_max)}`} {one.unit}
            </td>
            <td>{w.between(dayOf(one.valid_from), dayOf(one.valid_until))}</td>
            <td>{plain(one.state)}</td>
            {remaining !== null && (
              <td>
                {left && w.left(left.sessions_remaining, left.sessions_authorised, left.sessions_used)}
                {left?.review_due && ` ${w.review}`}
              </td>
            )}
          </tr>
        );
      })}
    </Table>
  );
}

/** The sessions that remain, where the orders themselves are not shared. */
function Remaining({ chart }: { chart: SharedCare }) {
  return (
    <ul class="plain facts">
      {(chart.remaining_doses ?? []).map((one) => (
        <li key={one.order_id}>
          <span>{w.left(one.sessions_remaining, one.sessions_authorised, one.sessions_used)}</span>
          {one.review_due && <span class="hint">{w.review}</span>}
        </li>
      ))}
    </ul>
  );
}

function Visits({ chart }: { chart: SharedCare }) {
  const notes = chart.visit_notes;
  if (notes === null) return <p class="hint">{w.notShared}</p>;
  if (notes.length === 0) return <p class="hint">{w.noNotes}</p>;
  return (
    <>
      {notes.map((note) => (
        <article key={note.id} aria-labelledby={note.id}>
          <h3 id={note.id}>
            {momentOf(note.happened_at)}, {formatWords(note.format)}
          </h3>
          {Object.entries(note.sections).map(([name, text]) => (
            <div key={name}>
              <h4>{sectionWords(name)}</h4>
              <Words>{text}</Words>
            </div>
          ))}
          {[...note.addenda.map((one) => ({ ...one, what: w.addendum })), ...note.disagreements.map((one) => ({ ...one, what: w.disagreement }))].map((one) => (
            <div key={one.id}>
              <h4>{one.what(momentOf(one.at))}</h4>
              <Words>{one.text}</Words>
            </div>
          ))}
        </article>
      ))}
    </>
  );
}

export function SharedChart({ id }: { id: string }) {
  const loaded = useLoaded<SharedCare>(`shared chart ${id}`, () => readSharedChart(id));
  return (
    <Room title={loaded.value?.reference ?? w.title} loaded={loaded} back={<a href="#/shared-care">{w.back}</a>} hint={loaded.value && w.shown(momentOf(loaded.value.valid_until))}>
      {(chart) => (
        <>
          <section class="card">
            <h2>{w.plan}</h2>
            {chart.dose_plan === null ? <p class="hint">{w.notShared}</p> : <Doses chart={chart} />}
          </section>
          {(chart.dose_plan === null || chart.remaining_doses === null) && (
            <section class="card">
              <h2>{w.remaining}</h2>
              {chart.remaining_doses === null ? <p class="hint">{w.notShared}</p> : chart.remaining_doses.length === 0 ? <p class="hint">{w.noPlan}</p> : <Remaining chart={chart} />}
            </section>
          )}
          <section class="card">
            <h2>{w.notes}</h2>
            <Visits chart={chart} />
          </section>
          <section class="card">
            <h2>{w.decides}</h2>
            <Facts facts={DECISIONS.map((name): [string, string] => [w.decision[name], w.party[chart.decides[name]]])} />
          </section>
        </>
      )}
    </Room>
  );
}

export function SharedCareList() {
  const loaded = useLoaded<SharedCareItem[]>("shared care", readSharedCare);
  useRowFocus(loaded.value !== null);
  return (
    <Room title={w.title} loaded={loaded} hint={w.hint}>
      {(items) =>
        items.length === 0 ? (
          <div class="card empty">
            <p>{w.none}</p>
            <p class="hint">{w.noneHint}</p>
          </div>
        ) : (
          <section class="card" aria-label={w.title}>
            <ul class="plain rows">
              {items.map((one) => (
                <li key={one.id}>
                  <a data-row href={`#/shared-chart/${one.id}`}>
                    <strong dir="auto">{one.reference}</strong>
                    <span class="hint">{[one.shares.map((part) => w.parts[part]).join(", "), w.until(dayOf(one.valid_until))].join(" · ")}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Room>
  );
}
