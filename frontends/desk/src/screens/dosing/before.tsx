/** Before the dose: the readiness check, and what holds the dose. */
import type { DoseHold, Member, ReadinessItem } from "../../core/types.js";
import { en } from "../../messages/en/dosing.js";
import { amountOf, momentOf, spoken, timeOf } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { AnswerItem, Checklist, isClinician, isLasting, Release, type Acts } from "./giving.js";

const w = spoken({ en });

const itemWords = (item: string): string => item.startsWith("flag.") ? w.byFlag(item.slice(5)) : w.item[item] ?? plain(item.replace(/^rd\./, "").replace(/^contraindication\./, ""));
const nameOf = (team: Member[], id: string | null): string => team.find((member) => member.account_id === id)?.name ?? w.somebody;

/** Return what an answer says besides met or not met. */
function answerWords(item: ReadinessItem): string {
  const said = [
    item.food_at && w.food(timeOf(item.food_at)),
    item.fluids_at && w.fluids(timeOf(item.fluids_at)),
    item.name,
    item.reviewed_by && w.reviewedBy(item.reviewed_by),
    item.substances?.map((one) => plain(one).toLowerCase()).join(", "),
    item.pregnancy && plain(item.pregnancy).toLowerCase(),
    item.weight_kg !== null && w.weight(amountOf(item.weight_kg)),
    item.note,
  ];
  return said.filter(Boolean).join(" · ");
}

function Item({ name, item, acts }: { name: string; item: ReadinessItem; acts: Acts }) {
  const said = answerWords(item);
  const mayAnswer = name.startsWith("rd.") && isClinician(acts.roles) && isLasting(acts.found);
  return (
    <li class={item.status}>
      <span class="state">{w.itemState[item.status] ?? plain(item.status)}</span>
      <span>
        {itemWords(name)}
        {said && (
          <span class="hint" dir="auto">
            {" "}
            {said}
          </span>
        )}
      </span>
      {mayAnswer && <AnswerItem {...acts} name={name} words={itemWords(name)} />}
    </li>
  );
}

function Hold({ hold, team, acts }: { hold: DoseHold; team: Member[]; acts: Acts }) {
  return (
    <li>
      <strong class={hold.state === "open" ? "late" : ""}>{itemWords(hold.item)}</strong> <span class="hint">{hold.rule}</span>
      <p class="hint" dir="auto">
        {hold.state === "open" && w.holdOpen}
        {hold.state === "met" && w.holdMet}
        {hold.state === "released" && w.released(nameOf(team, hold.decided_by_id), hold.decided_at ? momentOf(hold.decided_at) : "")}
        {hold.reason && ` ${hold.reason}`}
      </p>
      {hold.state === "open" && acts.roles.includes("prescriber") && <Release hold={hold} words={itemWords(hold.item)} reload={acts.reload} />}
    </li>
  );
}

export function Before(acts: Acts) {
  const { found } = acts;
  const { readiness, holds, team } = found;
  const items = Object.entries(readiness.items);
  const open = items.filter(([name, item]) => item.status === "not_met" || readiness.unmet.includes(name));
  const others = items.filter((one) => !open.includes(one));
  const lines = Object.entries(readiness.contraindications);
  const present = lines.filter(([, line]) => line.status === "present");
  const unknown = lines.filter(([, line]) => line.status === "unknown");
  return (
    <section class={readiness.state === "held" ? "card warning" : "card"}>
      <h2>{w.before}</h2>
      <p class="lead">{w.readiness[readiness.state] ?? plain(readiness.state)}</p>
      {holds.length > 0 && (
        <>
          <h3>{w.holds}</h3>
          <ul class="plain parts">
            {holds.map((hold) => (
              <Hold key={hold.id} hold={hold} team={team} acts={acts} />
            ))}
          </ul>
        </>
      )}
      {open.length > 0 && (
        <>
          <h3>{w.notMet}</h3>
          <ul class="plain checks">
            {open.map(([name, item]) => (
              <Item key={name} name={name} item={item} acts={acts} />
            ))}
          </ul>
        </>
      )}
      {present.length > 0 && (
        <>
          <h3>{w.contraindications}</h3>
          <ul>
            {present.map(([name]) => (
              <li key={name} class="late">
                {w.contraindication[name] ?? plain(name)}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{w.otherItems(others.filter(([, item]) => item.status === "met").length)}</summary>
        <ul class="plain checks">
          {others.map(([name, item]) => (
            <Item key={name} name={name} item={item} acts={acts} />
          ))}
        </ul>
      </details>
      {isClinician(acts.roles) && isLasting(found) && <Checklist {...acts} />}
      {unknown.length > 0 && (
        <details>
          <summary>{w.unasked(unknown.length)}</summary>
          <p>{unknown.map(([name]) => w.contraindication[name] ?? plain(name)).join(", ")}.</p>
        </details>
      )}
    </section>
  );
}
