/** The frame of a screen that belongs to a chart or stands alone. */
import type { ComponentChildren } from "preact";
import { Room as Plain } from "../../../shared/office/room.js";
import { useLoaded, type Loaded } from "../core/hooks.js";
import { readPatient } from "../core/things.js";

export { Facts, Table } from "../../../shared/office/room.js";

/** As the room of every app for staff; with `patientId` it says whose chart it is. */
export function Room<T>({ patientId, ...room }: { title: string; patientId?: string | undefined; loaded: Loaded<T>; tools?: ComponentChildren; back?: ComponentChildren; hint?: ComponentChildren; kind?: string; children: (value: T) => ComponentChildren }) {
  const patient = useLoaded(`patient ${patientId}`, () => (patientId ? readPatient(patientId) : Promise.resolve(null)));
  const chart = patientId && (
    <a data-chart href={`#/chart/${patientId}`} dir="auto">
      {patient.value?.name ?? "…"}
    </a>
  );
  return <Plain above={chart} {...room} />;
}
