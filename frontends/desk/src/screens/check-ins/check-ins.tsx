/** The check-ins of one chart, the latest first, with their answers. */
import { useState } from "preact/hooks";
import { readCheckInItems, readCheckIns, type CheckIn, type CheckInItem, type CheckInPage } from "../../core/check-ins.js";
import { useAct, useLoaded } from "../../core/hooks.js";
import { useNames } from "../../core/staff.js";
import { en } from "../../messages/en/check-ins.js";
import { amountOf, momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Pick, Words } from "../../parts/basics.js";
import { Facts, Room } from "../../parts/room.js";

const w = spoken({ en });

/** An answer in words; of a scale with its end. */
function answerWords(item: CheckInItem | undefined, answer: string | number): string {
  if (typeof answer === "string") return plain(answer);
  return item?.max == null ? amountOf(answer) : w.of(amountOf(answer), amountOf(item.max));
}

function One({ one, items, names }: { one: CheckIn; items: CheckInItem[]; names: (id: string | null) => string }) {
  const known = items.filter((item) => item.id in one.answers);
  const others = Object.keys(one.answers).filter((id) => !items.some((item) => item.id === id)); // of another version of the items
  const topicOf = (id: string): string => plain(items.find((item) => item.id === id)?.topic ?? id);
  return (
    <article class="card" aria-labelledby={one.id}>
      <h2 id={one.id}>
        <time dateTime={one.happened_at}>{momentOf(one.happened_at)}</time>
      </h2>
      <p class="hint">
        {one.arc_window_id === null ? w.unasked : w.asked}
        {one.clock_skewed && `. ${w.skewed}`}
        {one.corrects_id && `. ${w.corrects}`}
      </p>
      {one.contact_me && <p class="late">{w.contact}</p>}
      {one.alarms.map((alarm) => (
        <p key={`${alarm.item} ${alarm.rule}`} class="late">
          {w.alarm(topicOf(alarm.item))} <a href={`#/flags/${one.patient_id}`}>{w.flags}</a>
        </p>
      ))}
      {Object.keys(one.answers).length === 0 && <p class="hint">{w.noAnswers}</p>}
      <Facts facts={[...known.map((item): [string, string] => [item.question, answerWords(item, one.answers[item.id] ?? "")]), ...others.map((id): [string, string] => [id, answerWords(undefined, one.answers[id] ?? "")])]} />
      {one.ignored.length > 0 && <p class="hint">{w.ignored(one.ignored.length)}</p>}
      {one.withdrawn_at && (
        <div class="addendum">
          <p class="hint">{w.gone(momentOf(one.withdrawn_at), names(one.withdrawn_by_id))}</p>
          {one.withdrawn_reason && <Words>{one.withdrawn_reason}</Words>}
        </div>
      )}
    </article>
  );
}

export function CheckIns({ id }: { id: string }) {
  const [which, setWhich] = useState("counting");
  const isWithdrawn = which === "withdrawn";
  const names = useNames();
  const asked = useLoaded("check-in items", readCheckInItems);
  const loaded = useLoaded<CheckInPage>(`check-ins ${id} ${which}`, () => readCheckIns(id, isWithdrawn, null), (change) => change.kind === "check_in" && change.patient_id === id);
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readCheckIns(id, isWithdrawn, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  return (
    <Room title={w.title} patientId={id} loaded={loaded} hint={w.hint}>
      {({ items, next_cursor }) => (
        <>
          <div class="filter">
            <Pick name="which" label={w.show} value={which} options={[["counting", w.counting], ["withdrawn", w.withdrawn]]} onChange={setWhich} />
          </div>
          {asked.message && <p role="alert">{asked.message}</p>}
          {items.length === 0 && <p class="card empty">{isWithdrawn ? w.noneWithdrawn : w.none}</p>}
          {items.map((one) => (
            <One key={one.id} one={one} items={asked.value ?? []} names={names} />
          ))}
          <Alert message={message} />
          {next_cursor && (
            <button type="button" disabled={isBusy} onClick={() => void more()}>
              {t.more}
            </button>
          )}
        </>
      )}
    </Room>
  );
}
