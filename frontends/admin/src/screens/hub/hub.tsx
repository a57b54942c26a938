/** A page that leads to rooms: those that this account may see. */
import { spoken } from "../../../../shared/office/messages.js";
import { Title, useRowFocus } from "../../../../shared/office/basics.js";
import { useAdmin } from "../../core/admin.js";
import { has, ROOMS, type Hub, type Role } from "../../core/pages.js";
import { en } from "../../messages/en/hub.js";

const w = spoken({ en });

export function HubScreen({ room }: { room: string }) {
  const { me } = useAdmin();
  useRowFocus(true);
  const hub = room as Hub;
  const rooms = Object.entries(ROOMS[hub] as Record<string, Role[]>).filter(([, roles]) => has(me, roles));
  return (
    <div class="reading">
      <Title label={w.title[hub]}>{w.title[hub]}</Title>
      <section class="card">
        <ul class="plain rows">
          {rooms.map(([name]) => (
            <li key={name}>
              <a data-row href={`#/${name}`}>
                <strong>{w.rooms[name]?.[0]}</strong>
                <span class="hint">{w.rooms[name]?.[1]}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
