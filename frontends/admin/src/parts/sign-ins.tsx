/** Sign-ins that stand, and how to end them. */
import { Alert, Pending, SureButton } from "../../../shared/office/basics.js";
import { useAct, type Loaded } from "../../../shared/office/hooks.js";
import { agoOf, dayOf, spoken } from "../../../shared/office/messages.js";
import type { Device } from "../core/people.js";
import { en } from "../messages/en/people.js";

const w = spoken({ en });

/** `onEnd` ends one, by its id; `onEndAll` all of them. */
export function SignIns({ loaded, onEnd, onEndAll }: { loaded: Loaded<Device[]>; onEnd: (id: string) => Promise<unknown>; onEndAll?: () => Promise<unknown> }) {
  const { message, act } = useAct();
  const end = (work: () => Promise<unknown>): void => void act(async () => { await work(); await loaded.reload(); });
  return (
    <section class="card">
      <h2>{w.signIns}</h2>
      {loaded.value === null && <Pending loaded={loaded} />}
      {loaded.value?.length === 0 && <p>{w.noSignIns}</p>}
      <ul class="plain practices">
        {(loaded.value ?? []).map((one) => {
          const label = one.label ?? w.device;
          return (
            <li key={one.id}>
              <span>
                <strong dir="auto">{label}</strong>
                <span class="hint">{[one.is_this_one ? w.thisOne : "", w.used(agoOf(one.last_used_at)), w.since(dayOf(one.created_at)), one.is_strong ? "" : w.weak].filter(Boolean).join(", ")}</span>
              </span>
              {!one.is_this_one && <SureButton label={w.end} title={w.endOf(label)} question={w.endSure} yes={w.end} onSure={() => end(() => onEnd(one.id))} />}
            </li>
          );
        })}
      </ul>
      <Alert message={message} />
      {onEndAll && (loaded.value?.length ?? 0) > 0 && <SureButton label={w.endAll} question={w.endAllSure} yes={w.endAll} onSure={() => end(onEndAll)} />}
    </section>
  );
}
