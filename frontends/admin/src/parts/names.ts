/** Whoever did or was told something, by name; also a program, and nobody. */
import { useLoaded } from "../../../shared/office/hooks.js";
import { useNames } from "../../../shared/office/staff.js";
import { useAdmin } from "../core/admin.js";
import { isAdmin } from "../core/pages.js";
import { readPrograms } from "../core/programs.js";

export function useActors(): (id: string | null) => string {
  const { me } = useAdmin();
  const names = useNames();
  const programs = useLoaded("programs of names", () => (isAdmin(me) ? readPrograms() : Promise.resolve([])));
  return (id) => programs.value?.find((one) => one.id === id)?.name ?? names(id);
}
