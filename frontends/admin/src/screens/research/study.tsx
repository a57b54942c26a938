/** One study: the exports for it, asking for one, taking one away, and the end of the study. */
import { useEffect } from "preact/hooks";
import { Ask } from "../../../../shared/office/ask.js";
import { Alert, Pending, SureButton } from "../../../../shared/office/basics.js";
import { NotSent, useAct, useLoaded } from "../../../../shared/office/hooks.js";
import { dayOf, momentOf, spoken } from "../../../../shared/office/messages.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { useNames } from "../../../../shared/office/staff.js";
import { useAdmin } from "../../core/admin.js";
import { isAdmin, takesExports } from "../../core/pages.js";
import { askForExport, closeStudy, isTooFew, readExports, readStudy, saveExport, type ResearchExport, type Study } from "../../core/research.js";
import { plain, sizeOf } from "../../core/words.js";
import { en } from "../../messages/en/research.js";
import { More, usePages } from "../../parts/pages.js";
import { NotYours } from "./not-yours.js";

const w = spoken({ en });
const LOOK_MS = 3000;

function One({ one, name, mayTake }: { one: ResearchExport; name: string; mayTake: boolean }) {
  const { isBusy, message, act } = useAct();
  const isReady = one.state === "ready";
  const facts = [
    one.chart_count === null ? "" : w.charts(one.chart_count),
    one.size_bytes === null ? "" : sizeOf(one.size_bytes),
    isReady && one.expires_at ? w.until(dayOf(one.expires_at)) : "",
  ];
  return (
    <li>
      <p class={one.state === "failed" ? "late" : "lead"}>{w.state[one.state] ?? plain(one.state)}</p>
      {one.failure && <p>{w.failure[one.failure] ?? plain(one.failure)}</p>}
      <p class="hint" dir="auto">{w.asked(momentOf(one.created_at), name)}</p>
      <p class="hint">{facts.filter(Boolean).join(", ")}</p>
      {isReady && (
        <>
          {mayTake && (
            <button type="button" disabled={isBusy} aria-label={w.saveOf(momentOf(one.created_at))} onClick={() => void act(() => saveExport(one))}>
              {w.save}
            </button>
          )}
          <details>
            <summary>{w.check}</summary>
            <p class="hex"><span class="hint">{w.sha256}</span> <code>{one.sha256}</code></p>
            <p class="hex"><span class="hint">{w.key}</span> <code>{one.public_key}</code></p>
          </details>
        </>
      )}
      <Alert message={message} />
    </li>
  );
}

function Exports({ study, mayTake }: { study: Study; mayTake: boolean }) {
  const names = useNames();
  const pages = usePages(`exports ${study.id}`, (cursor) => readExports(study.id, cursor));
  const isMaking = pages.value?.items[0]?.state === "making";
  useEffect(() => {
    if (!isMaking) return;
    const timer = setInterval(() => void pages.reload(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isMaking]);
  const ask = async (_: unknown, id: string): Promise<void> => {
    try {
      await askForExport(study.id, id);
    } catch (error) {
      throw isTooFew(error) ? new NotSent(w.tooFew) : error;
    } finally {
      await pages.reload();
    }
  };
  return (
    <section class="card">
      <div class="heading">
        <h2>{w.exports}</h2>
        {mayTake && study.closed_at === null && pages.value !== null && !isMaking && <Ask label={w.ask} kind="primary" lead={w.askLead} send={w.askGo} fields={[]} onSend={ask} />}
      </div>
      {pages.value === null && <Pending loaded={pages} />}
      {pages.value?.items.length === 0 && <p class="hint">{w.noExports}</p>}
      <ul class="plain parts">
        {pages.value?.items.map((one) => <One key={one.id} one={one} name={names(one.asked_by_id)} mayTake={mayTake} />)}
      </ul>
      <More pages={pages} />
    </section>
  );
}

function StudyRoom({ id }: { id: string }) {
  const { me } = useAdmin();
  const names = useNames();
  const loaded = useLoaded(`study ${id}`, () => readStudy(id));
  const { message, act } = useAct();
  return (
    <Room title={loaded.value?.name ?? w.title} loaded={loaded} back={<a href="#/research">{w.backToList}</a>}>
      {(study) => (
        <>
          {isAdmin(me) && <p class="card warning">{w.both}</p>}
          <section class="card">
            {study.closed_at && <p class="lead">{w.closed}</p>}
            <Facts
              facts={[
                [w.begunAt, momentOf(study.created_at)],
                [w.begunBy, names(study.created_by_id)],
                [w.closedAt, study.closed_at && momentOf(study.closed_at)],
                [w.closedBy, names(study.closed_by_id)],
              ]}
            />
            {!study.closed_at && <SureButton label={w.close} question={w.closeSure} yes={w.close} onSure={() => void act(async () => loaded.set(await closeStudy(study)))} />}
            <Alert message={message} />
          </section>
          <Exports study={study} mayTake={!isAdmin(me)} />
        </>
      )}
    </Room>
  );
}

export function StudyScreen({ id }: { id: string }) {
  const { me } = useAdmin();
  return takesExports(me) ? <StudyRoom id={id} /> : <NotYours />;
}
