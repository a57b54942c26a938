/** When the last backup was made, and when one was last tried. */
import { useLoaded } from "../../../../shared/office/hooks.js";
import { agoOf, momentOf, spoken } from "../../../../shared/office/messages.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { isOld, readBackups, type Backups } from "../../core/clinic.js";
import { sizeOf } from "../../core/words.js";
import { en } from "../../messages/en/backups.js";

const w = spoken({ en });
const when = (at: string): string => `${momentOf(at)}, ${agoOf(at)}`;

function Made({ made }: { made: Backups["last_made"] }) {
  return (
    <section class={isOld(made) || made?.is_complete === false ? "card warning" : "card"}>
      <h2>{w.made}</h2>
      {made === null ? <p>{w.noneMade}</p> : (
        <>
          <Facts
            facts={[
              [w.at, when(made.at)],
              ...(made.size_bytes === null ? [] : [[w.size, sizeOf(made.size_bytes)] as [string, string]]),
              ...(made.files === null ? [] : [[w.files, String(made.files)] as [string, string]]),
            ]}
          />
          {isOld(made) && <p class="late">{w.old}</p>}
          {!made.is_complete && <p class="late">{made.missing_files === null ? w.someMissing : w.missing(made.missing_files)}</p>}
        </>
      )}
    </section>
  );
}

function Checked({ checked }: { checked: Backups["last_checked"] }) {
  return (
    <section class={checked?.is_restorable === false ? "card warning" : "card"}>
      <h2>{w.checked}</h2>
      {checked === null ? <p>{w.noneChecked}</p> : (
        <>
          <Facts
            facts={[
              [w.tried, when(checked.at)],
              ...(checked.rows === null ? [] : [[w.rows, String(checked.rows)] as [string, string]]),
            ]}
          />
          <p class={checked.is_restorable ? "" : "late"}>{checked.is_restorable ? w.found(0) : checked.findings === null ? w.someFound : w.found(checked.findings)}</p>
        </>
      )}
    </section>
  );
}

export function BackupScreen() {
  const loaded = useLoaded("backups", readBackups);
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} back={<a href="#/records">{w.back}</a>}>
      {({ is_recorded, is_readable, last_made, last_checked }) =>
        !is_recorded ? <p class="card">{w.own}</p> : !is_readable ? <p class="card warning">{w.unknown}</p> : (
          <>
            <div class="beside">
              <Made made={last_made} />
              <Checked checked={last_checked} />
            </div>
            <p class="hint">{w.key}</p>
          </>
        )}
    </Room>
  );
}
