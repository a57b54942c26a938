/** Who the clinic is to patients, when it is open, and what it has decided. */
import { Ask, type Field } from "../../../../shared/office/ask.js";
import { useLoaded, type Loaded } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { asChoices, readStaff, useNames, type Account } from "../../../../shared/office/staff.js";
import { useAdmin } from "../../core/admin.js";
import { changeClinic, readClinic, type Clinic } from "../../core/clinic.js";
import { isAdmin } from "../../core/pages.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/policies.js";
import { hoursOf, spansOf, type Day } from "./hours.js";

const w = spoken({ en });
const DAYS = Object.keys(w.day) as Day[];

type Change = (body: Parameters<typeof changeClinic>[1]) => Promise<void>;

const wordsOf = (name: string): string => w.words[name] ?? plain(name);

/** Return a value with its unit: the name ends in it, or it is a yes or no. */
function valueOf(name: string, value: number): string {
  if (w.flags.includes(name)) return value === 0 ? w.no : w.yes;
  const unit = w.units[name] ?? ["minutes", "hours", "days", "years"].find((one) => name.includes(`_${one}`)) ?? "";
  if (unit === "charts" && value === 0) return w.any;
  return [value, w.unit[unit]].filter((one) => one !== "").join(" ");
}

function Policy({ name, value, change }: { name: string; value: number; change: Change | null }) {
  const words = wordsOf(name);
  const isYesNo = w.flags.includes(name);
  const fields: Field[] = [
    isYesNo ? { name: "value", label: w.value, options: w.yesNo, value: String(value) } : { name: "value", label: w.value, type: "number", value: String(value), isFor: (values) => values["default"] !== "yes" },
    { name: "default", label: w.useDefault, type: "check", isOptional: true },
  ];
  return (
    <li>
      <span class="what">{words}</span>
      <strong>{valueOf(name, value)}</strong>
      {change && <Ask label={w.changeOne} title={w.changeOf(words)} kind="small" send={w.go} fields={fields} onSend={({ value: given, default: isDefault }) => change({ policies: { [name]: isDefault === "yes" ? null : Number(given) } })} />}
    </li>
  );
}

const clinicFields = (clinic: Clinic, admins: Account[]): Field[] => [
  { name: "name", label: w.name, value: clinic.name },
  { name: "phone", label: w.phone, hint: w.phoneHint, value: clinic.phone ?? "", isOptional: true },
  { name: "address", label: w.address, value: clinic.address ?? "", isOptional: true },
  { name: "emergency_instruction", label: w.emergency, hint: w.emergencyHint, type: "area", value: clinic.emergency_instruction ?? "", isOptional: true },
  { name: "time_zone", label: w.zone, value: clinic.time_zone },
  { name: "country", label: w.country, hint: w.countryHint, value: clinic.country },
  ...(clinic.owner_id ? [{ name: "owner_id", label: w.owner, hint: w.ownerHint, options: asChoices(admins), value: clinic.owner_id }] : []),
];

function hourFields(clinic: Clinic): Field[] {
  return DAYS.map((day, at) => ({ name: day, label: w.day[day], value: hoursOf(clinic.hours[day]), isOptional: true, ...(at === 0 ? { hint: w.hoursHint } : {}) }));
}

function Facets({ clinic, change }: { clinic: Clinic; change: Change | null }) {
  const names = useNames();
  const staff = useLoaded("choices", readStaff);
  const admins = (staff.value ?? []).filter((one) => one.roles.includes("clinic_admin"));
  return (
    <div class="beside">
      <section class="card">
        <h2>{w.who}</h2>
        <Facts
          facts={[
            [w.name, clinic.name],
            [w.slug, clinic.slug],
            [w.phone, clinic.phone],
            [w.address, clinic.address],
            [w.zone, clinic.time_zone],
            [w.country, clinic.country],
            [w.owner, names(clinic.owner_id)],
            [w.emergency, clinic.emergency_instruction],
          ]}
        />
        {change && staff.value && (
          <Ask
            label={w.change}
            send={w.go}
            fields={clinicFields(clinic, admins)}
            onSend={({ name = "", phone, address, emergency_instruction, time_zone = "", country = "", owner_id }) =>
              change({ name, phone: phone || null, address: address || null, emergency_instruction: emergency_instruction || null, time_zone, country: country.toUpperCase(), ...(owner_id ? { owner_id } : {}) })}
          />
        )}
      </section>
      <section class="card">
        <h2>{w.hours}</h2>
        <Facts facts={DAYS.map((day) => [w.day[day], hoursOf(clinic.hours[day]) || w.closed])} />
        {change && <Ask label={w.changeHours} send={w.go} fields={hourFields(clinic)} onSend={(values) => change({ hours: Object.fromEntries(DAYS.map((day) => [day, spansOf(values[day] ?? "")])) })} />}
      </section>
    </div>
  );
}

function Policies({ clinic, change }: { clinic: Clinic; change: Change | null }) {
  const known = w.groups.flatMap(([, names]) => names);
  const others = Object.keys(clinic.policies).filter((name) => !known.includes(name));
  const groups: [string, string[]][] = [...w.groups, [w.other, others]];
  return (
    <>
      {groups.map(([title, names]) => {
        const there = names.filter((name) => name in clinic.policies);
        return there.length > 0 && (
          <section key={title} class="card">
            <h2>{title}</h2>
            <ul class="plain policies">
              {there.map((name) => <Policy key={name} name={name} value={clinic.policies[name]!} change={change} />)}
            </ul>
          </section>
        );
      })}
    </>
  );
}

export function PoliciesScreen() {
  const { me } = useAdmin();
  const loaded: Loaded<Clinic> = useLoaded("clinic", readClinic);
  return (
    <Room title={w.title} loaded={loaded} back={<a href="#/clinic">{w.back}</a>}>
      {(clinic) => {
        const change: Change | null = isAdmin(me) ? async (body) => loaded.set(await changeClinic(clinic, body)) : null;
        return (
          <>
            <Facets clinic={clinic} change={change} />
            <Policies clinic={clinic} change={change} />
          </>
        );
      }}
    </Room>
  );
}
