/** Beginning a note or a plan in a chart. */
import { newId } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useLoaded } from "../../core/hooks.js";
import { readTemplates } from "../../core/layouts.js";
import { beginPlan, readSessions } from "../../core/things.js";
import type { Session } from "../../core/types.js";
import { en } from "../../messages/en/chart.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { formatWords, plain, SECTIONS } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Dialog, Pending, Pick } from "../../parts/basics.js";
import { go } from "../../route.js";

const w = spoken({ en });

const BY_PHASE: Record<string, string> = { preparation: "kap_preparation", dosing: "kap_dosing", integration: "kap_integration" };
const formatFor = (session: Session | undefined): string => BY_PHASE[session?.phase ?? ""] ?? "soap";

function ChooseSession({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const loaded = useLoaded(`sessions ${patientId}`, () => readSessions(patientId));
  const sessions = (loaded.value ?? []).filter((session) => session.state !== "cancelled");
  const now = Date.now();
  const last = sessions.find((session) => new Date(session.planned_start_at).getTime() <= now) ?? sessions[0];
  const [chosen, setChosen] = useState("");
  const [format, setFormat] = useState("");
  const id = chosen || (last?.id ?? "");
  const templates = useLoaded("templates", () => readTemplates("active"));
  const fit = format || formatFor(sessions.find((session) => session.id === id));
  const begin = (event: Event): void => {
    event.preventDefault();
    onClose();
    const [kind = "", template] = fit.split(" ");
    go("note", newId(), id, kind, ...(template ? [template] : []));
  };
  return (
    <Dialog title={w.newNote} onClose={onClose}>
      {loaded.value === null && <Pending loaded={loaded} />}
      {loaded.value !== null && sessions.length === 0 && <p>{w.noSessions}</p>}
      {sessions.length > 0 && (
        <form onSubmit={begin}>
          <Pick name="session" label={w.noteFor} value={id} onChange={setChosen} options={sessions.map((session) => [session.id, `${momentOf(session.started_at ?? session.planned_start_at)}, ${plain(session.phase).toLowerCase()}`])} />
          <Pick name="format" label={w.format} value={fit} onChange={setFormat} options={[...Object.keys(SECTIONS).map((key): [string, string] => [key, formatWords(key)]), ...(templates.value ?? []).map((one): [string, string] => [`template ${one.id}`, one.title])]} />
          <div class="row">
            <button type="submit" class="primary" data-primary>
              {w.begin}
            </button>
            <button type="button" class="quiet" onClick={onClose}>
              {t.cancel}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

export function NewNote({ patientId }: { patientId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" class="primary" data-new-note onClick={() => setIsOpen(true)}>
        {w.newNote}
      </button>
      {isOpen && <ChooseSession patientId={patientId} onClose={() => setIsOpen(false)} />}
    </>
  );
}

export function NewPlan({ patientId, insight }: { patientId: string; insight?: { id: string; text: string } }) {
  const fields = [{ name: "title", label: w.planTitle }, { name: "aim", label: w.planAim, type: "area" as const, value: insight?.text ?? "" }];
  return (
    <Ask label={insight ? w.beginPlan : w.newPlan} title={w.newPlan} kind={insight ? "small" : ""} send={w.begin} fields={fields} onSend={async ({ title = "", aim = "" }) => go("plan", await beginPlan({ patient_id: patientId, title, aim, ...(insight ? { insight_id: insight.id } : {}) }))} />
  );
}
