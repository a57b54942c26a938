/** Members of staff. */
import { Ask, chosen, type Field } from "../../../../shared/office/ask.js";
import { useRowFocus } from "../../../../shared/office/basics.js";
import { Fold } from "../../../../shared/office/fold.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { calendarDay, spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { go } from "../../../../shared/office/route.js";
import { readStaff } from "../../../../shared/office/staff.js";
import { useAdmin } from "../../core/admin.js";
import { isAdmin } from "../../core/pages.js";
import { addAccount, endsSoon, STAFF_ROLES, type Account } from "../../core/people.js";
import { en } from "../../messages/en/people.js";

const w = spoken({ en });

const fields = (): Field[] => [
  { name: "name", label: w.name },
  { name: "email", label: w.email, type: "email", hint: w.emailHint },
  { name: "roles", label: w.roles, type: "many", options: STAFF_ROLES.map((role) => [role, w.role[role] ?? role]), value: "therapist" },
  { name: "credential", label: w.credential, isOptional: true },
  { name: "licence_region", label: w.licenceRegion, isOptional: true },
  { name: "licence_ends_on", label: w.licenceEnds, type: "date", isOptional: true },
];

function Rows({ staff }: { staff: Account[] }) {
  return (
    <ul class="plain rows">
      {staff.map((one) => (
        <li key={one.id}>
          <a data-row href={`#/person/${one.id}`}>
            <span class="name" dir="auto">{[one.name, one.credential].filter(Boolean).join(", ")}</span>
            <span class="roles hint">{one.roles.map((role) => w.role[role] ?? role).join(", ")}</span>
            {one.state !== "disabled" && endsSoon(one) && <span class="tag bad">{w.licenceEnding(calendarDay(one.licence_ends_on!))}</span>}
            <span class={one.state === "invited" ? "tag" : "state hint"}>{w.state[one.state]}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function People() {
  const { me } = useAdmin();
  const loaded = useLoaded("people", async () => (await readStaff()).sort((one, other) => (one.name ?? "").localeCompare(other.name ?? "")));
  useRowFocus(loaded.value !== null);
  const add = isAdmin(me) && (
    <Ask
      label={w.add}
      kind="primary"
      send={w.addGo}
      lead={w.addLead}
      fields={fields()}
      onSend={async ({ name = "", email = "", roles, credential, licence_region, licence_ends_on }, id) => {
        const licence = { credential: credential || null, licence_region: licence_region || null, licence_ends_on: licence_ends_on || null };
        const made = await addAccount({ id, name, email, roles: chosen(roles) as never, ...licence });
        go("person", made.id);
      }}
    />
  );
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} tools={add}>
      {(staff) => {
        const gone = staff.filter((one) => one.state === "disabled");
        return (
          <>
            <section class="card">
              <Rows staff={staff.filter((one) => one.state !== "disabled")} />
            </section>
            {gone.length > 0 && <Fold title={w.gone(gone.length)}>{() => <Rows staff={gone} />}</Fold>}
          </>
        );
      }}
    </Room>
  );
}
