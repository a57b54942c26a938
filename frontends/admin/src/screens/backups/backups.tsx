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
    <section class={isOld(made) || (made?.missing_files ?? 0) > 0 ? "card warning" : "card"}>
      <h2>{w.made}</h2>
      {made === null ? <p>{w.noneMade}</p> : (
        <>
          <Facts
            facts={[
              [w.at, when(made.at)],
              [w.size, sizeOf(made.size_bytes)],
              [w.files, String(made.files)],
            ]}
          />
          {isOld(made) && <p class="late">{w.old}</p>}
          {made.missing_files > 0 && <p class="late">{w.missing(made.missing_files)}</p>}
        </>
      )}
    </section>
  );
}

function Checked({ checked }: { checked: Backups["last_checked"] }) {
  return (
    <section class={(checked?.findings ?? 0) > 0 ? "card warning" : "card"}>
      <h2>{w.checked}</h2>
      {checked === null ? <p>{w.noneChecked}</p> : (
        <>
          <Facts
            facts={[
              [w.tried, when(checked.at)],
              [w.rows, String(checked.rows)],
            ]}
          />
          <p class={checked.findings > 0 ? "late" : ""}>{w.found(checked.findings)}</p>
        </>
      )}
    </section>
  );
}

export function BackupScreen() {
  const loaded = useLoaded("backups", readBackups);
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} back={<a href="#/records">{w.back}</a>}>
      {({ is_recorded, last_made, last_checked }) =>
        is_recorded ? (
          <>
            <div class="beside">
              <Made made={last_made} />
              <Checked checked={last_checked} />
            </div>
            <p class="hint">{w.key}</p>
          </>
        ) : <p class="card">{w.own}</p>}
    </Room>
  );
}
