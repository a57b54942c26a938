/** The rooms that belong to no chart. */
import { useDesk } from "../../core/hooks.js";
import { en } from "../../messages/en/clinic.js";
import { spoken } from "../../messages/index.js";
import { Title, useRowFocus } from "../../parts/basics.js";

const w = spoken({ en });

export function ClinicScreen() {
  const { me } = useDesk();
  useRowFocus(true);
  const isClinician = me?.roles.some((role) => role === "therapist" || role === "prescriber" || role === "supervisor") ?? false;
  const rooms = [...w.rooms, ...(isClinician ? w.clinicians : []), ...(me?.roles.includes("clinic_admin") ? w.admin : [])];
  return (
    <div class="reading">
      <Title label={w.title}>{w.title}</Title>
      <section class="card">
        <ul class="plain rows">
          {rooms.map(([room, name, hint]) => (
            <li key={room}>
              <a data-row href={`#/${room}`}>
                <strong>{name}</strong>
                <span class="hint">{hint}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
