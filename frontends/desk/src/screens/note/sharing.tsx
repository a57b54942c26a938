import { useState } from "preact/hooks";
import { Problem } from "@integration-journal/client";
import { useAct } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import { shareNote } from "../../core/things.js";
import type { Note, WithholdReason } from "../../core/types.js";
import { en } from "../../messages/en/note.js";
import { dayOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Dialog, Line, Pick } from "../../parts/basics.js";

const w = spoken({ en });

const DEFAULT_DAYS = 30;

/** Whether the patient sees a note; withholding has a reason and an end. */
const REASONS: WithholdReason[] = ["danger_to_life", "danger_to_another", "requested_by_patient", "litigation", "other_legal"];

export function Sharing({ note, etag, onChanged, reload }: { note: Note; etag: string; onChanged: (note: Note, etag: string) => void; reload: () => Promise<void> }) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState<WithholdReason>("requested_by_patient");
  const [until, setUntil] = useState(() => new Date(Date.now() + DEFAULT_DAYS * 86_400_000).toISOString().slice(0, 10));
  const { isBusy, message, act } = useAct();
  const { state, until: end } = note.sharing;
  const isFinal = note.state === "signed" || note.state === "amended";
  const set = (body: Parameters<typeof shareNote>[2]): Promise<void> =>
    act(async () => {
      try {
        const found = await withProof(() => shareNote(note.id, etag, body));
        onChanged(found.thing, found.etag);
        setIsOpen(false);
      } catch (error) {
        if (error instanceof Problem && error.isStale) await reload();
        throw error;
      }
    });
  const withhold = (): Promise<void> => set({ state: "withheld", reason_code: reason as never, until: new Date(`${until}T12:00:00`).toISOString() });
  return (
    <section class="card" data-part>
      <h2>{w.sharing}</h2>
      <p>{state === "withheld" && end ? w.withheld(dayOf(end)) : isFinal ? w.sharedNow : w.shared}</p>
      {!isOpen && <Alert message={message} />}
      {note.allowed_actions.includes("set_sharing") && (
        <div class="row">
          {state === "withheld" && (
            <button type="button" disabled={isBusy} onClick={() => void set({ state: "shared" })}>
              {w.share}
            </button>
          )}
          <button type="button" class="quiet" onClick={() => setIsOpen(true)}>
            {w.withhold}
          </button>
        </div>
      )}
      {isOpen && (
        <Dialog title={w.withhold} onClose={() => setIsOpen(false)}>
          <form onSubmit={(event) => { event.preventDefault(); void withhold(); }}>
            <Pick name="withhold-reason" label={w.reason} value={reason} onChange={(value) => setReason(value as WithholdReason)} options={REASONS.map((one) => [one, plain(one)])} />
            <Line name="withhold-until" type="date" label={w.until} value={until} onInput={setUntil} isRequired />
            <Alert message={message} />
            <div class="row">
              <button type="submit" class="primary" data-primary disabled={isBusy}>
                {w.withhold}
              </button>
              <button type="button" class="quiet" onClick={() => setIsOpen(false)}>
                {t.cancel}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}
