/** The hold on one chart. */
import { Ask, type Field } from "../../../../shared/office/ask.js";
import { Alert, SureButton, Words } from "../../../../shared/office/basics.js";
import { useAct, useLoaded } from "../../../../shared/office/hooks.js";
import { momentOf, spoken } from "../../../../shared/office/messages.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { useNames } from "../../../../shared/office/staff.js";
import { readHeldChart, releaseHold, setHold, type Hold } from "../../core/records.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/holds.js";

const w = spoken({ en });

const fields = (hold: Hold | null): Field[] => [
  { name: "reason", label: w.reason, options: w.reasons, value: hold?.reason ?? "litigation" },
  { name: "reference", label: w.reference, hint: w.referenceHint, value: hold?.reference ?? "" },
  { name: "note", label: w.note, type: "area", value: hold?.note ?? "", isOptional: true },
];

export function HoldScreen({ id }: { id: string }) {
  const names = useNames();
  const loaded = useLoaded(`hold ${id}`, () => readHeldChart(id));
  const { message, act } = useAct();
  return (
    <Room title={loaded.value?.patient.name ?? w.title} loaded={loaded} back={<a href="#/holds">{w.backToList}</a>}>
      {({ patient, hold }) => (
        <section class={hold ? "card warning" : "card"}>
          <h2>{hold ? w.isHeld : w.notHeld}</h2>
          {hold && (
            <>
              <Facts
                facts={[
                  [w.reason, w.reasons.find(([name]) => name === hold.reason)?.[1] ?? plain(hold.reason)],
                  [w.reference, hold.reference],
                  [w.since, momentOf(hold.held_at)],
                  [w.by, names(hold.held_by_id)],
                ]}
              />
              {hold.note && <Words>{hold.note}</Words>}
            </>
          )}
          <div class="row">
            <Ask
              label={hold ? w.change_ : w.set}
              kind={hold ? "" : "primary"}
              send={w.keep}
              lead={w.setLead}
              fields={fields(hold)}
              onSend={async ({ reason, reference = "", note }) => { await setHold(patient, { reason: reason as never, reference, note: note || null }); await loaded.reload(); }}
            />
            {hold && <SureButton label={w.release} question={w.releaseSure} yes={w.release} onSure={() => void act(async () => { await releaseHold(patient); await loaded.reload(); })} />}
          </div>
          <Alert message={message} />
        </section>
      )}
    </Room>
  );
}
