/** One summary: its text, who stands behind it, earlier texts. */
import { useEffect, useState } from "preact/hooks";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { useNames } from "../../core/staff.js";
import { endorseSummary, readAbouts, readSummary, readSummaryVersions, unendorseSummary, withdrawSummary, type Abouts, type Summary, type SummaryVersion } from "../../core/summaries.js";
import { desk } from "../../core/desk.js";
import { en } from "../../messages/en/summaries.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Ask } from "../../parts/ask.js";
import { Alert, Pending, Words } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Facts, Room } from "../../parts/room.js";
import { SummaryEditor } from "./editor.js";
import { aboutOf, standingOf } from "./summaries.js";

const w = spoken({ en });

interface Found {
  one: Summary;
  abouts: Abouts;
}
async function read(id: string): Promise<Found> {
  const one = await readSummary(id);
  return { one, abouts: await readAbouts(one.patient_id) };
}

function useWriter(): (written: Pick<Summary, "written_by" | "written_by_id" | "written_at">) => string {
  const names = useNames();
  return ({ written_by, written_by_id, written_at }) => w.written(written_by === "patient" ? w.patient : names(written_by_id), momentOf(written_at));
}

const hadOf = (version: SummaryVersion): string =>
  version.endorsed_at ? w.had.both : version.patient_endorsed_at || version.clinician_endorsed_at ? w.had.one : w.had.nobody;

function Earlier({ id, revision }: { id: string; revision: number }) {
  const loaded = useLoaded<SummaryVersion[]>(`versions ${id} ${revision}`, () => readSummaryVersions(id));
  const writer = useWriter();
  if (loaded.value === null) return <Pending loaded={loaded} />;
  if (loaded.value.length === 0) return <p class="hint">{w.noEarlier}</p>;
  return (
    <>
      {loaded.value.map((version) => (
        <article key={version.id} class="addendum">
          <h3 dir="auto">
            {w.revision(version.revision)}: {version.title}
          </h3>
          <Words>{version.text}</Words>
          <p class="hint">
            {writer(version)}. {hadOf(version)}
          </p>
        </article>
      ))}
    </>
  );
}

/** What each side said of the present text, and what the own side can do. */
function Standing({ one, mayAct, onChanged }: { one: Summary; mayAct: boolean; onChanged: (next: Summary) => void }) {
  const names = useNames();
  const { isBusy, message, act } = useAct();
  const { patient_endorsed_at: patient, clinician_endorsed_at: team } = one;
  const step = (work: (one: Summary) => Promise<Summary>): Promise<void> =>
    act(async () => {
      onChanged(await work(one));
      void desk.readTasks();
    });
  return (
    <section class="card" aria-labelledby="stands">
      <h2 id="stands">{w.stands}</h2>
      <Facts
        facts={[
          [w.side.patient, patient ? w.yes(momentOf(patient)) : w.notYet],
          [w.side.clinician, team ? w.yesBy(names(one.clinician_endorsed_by_id), momentOf(team)) : w.notYet],
        ]}
      />
      <p class="hint">{w.means}</p>
      {mayAct && (
        <button type="button" class={team ? "quiet" : "primary"} data-primary={team ? undefined : true} disabled={isBusy} onClick={() => void step(team ? unendorseSummary : endorseSummary)}>
          {team ? w.unendorse : w.endorse}
        </button>
      )}
      <Alert message={message} />
    </section>
  );
}

function Whole({ one, abouts, onChanged, reload }: { one: Summary; abouts: Abouts; onChanged: (next: Summary) => void; reload: () => Promise<void> }) {
  const { me, drafts } = useDesk();
  const names = useNames();
  const writer = useWriter();
  const hasDraft = drafts.some((draft) => draft.thing === `summary ${one.id}`);
  const [isWriting, setIsWriting] = useState(hasDraft);
  useEffect(() => {
    if (hasDraft) setIsWriting(true); // what was written here before is shown, and not hidden behind a button
  }, [hasDraft]);
  const mayWrite = (me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false) && one.withdrawn_at === null;
  const standing = standingOf(one);
  return (
    <>
      <article class="card">
        <div class="heading">
          <p class="hint">{[aboutOf(one, abouts), writer(one)].filter(Boolean).join(" · ")}</p>
          <span class={standing === "withdrawn" ? "tag bad" : "tag"}>{w.state[standing]}</span>
        </div>
        <Words>{one.text}</Words>
        {one.withdrawn_at && (
          <div class="addendum">
            <p class="hint">{w.gone(momentOf(one.withdrawn_at), names(one.withdrawn_by_id))}</p>
            <Words>{one.withdrawn_reason ?? ""}</Words>
          </div>
        )}
        {mayWrite && !isWriting && (
          <div class="row steps">
            <button type="button" class="small" onClick={() => setIsWriting(true)}>
              {w.edit}
            </button>
            <Ask label={w.withdraw} title={w.withdrawTitle(one.title)} kind="small quiet" send={w.withdraw} lead={w.withdrawLead} fields={[{ name: "reason", label: w.reason, type: "area" }]} onSend={async ({ reason }) => { await withdrawSummary(one, reason ?? ""); await reload(); }} />
          </div>
        )}
      </article>
      {mayWrite && isWriting && <SummaryEditor one={one} onEnd={() => { setIsWriting(false); void reload(); }} />}
      {one.withdrawn_at === null && <Standing one={one} mayAct={mayWrite} onChanged={onChanged} />}
      <section class="card">
        <Fold title={w.earlier}>{() => <Earlier id={one.id} revision={one.revision} />}</Fold>
      </section>
    </>
  );
}

export function SummaryScreen({ id }: { id: string }) {
  const loaded = useLoaded<Found>(`summary ${id}`, () => read(id), (change) => change.id === id);
  const one = loaded.value?.one;
  return (
    <Room title={one?.title ?? w.title} patientId={one?.patient_id} loaded={loaded} back={one && <a href={`#/summaries/${one.patient_id}`}>{w.title}</a>}>
      {(found) => <Whole {...found} onChanged={(next) => loaded.set({ ...found, one: next })} reload={loaded.reload} />}
    </Room>
  );
}
