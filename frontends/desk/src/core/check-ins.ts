/** Check-ins in a chart: what the patient answered after a dose, or by themselves. They never change. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { data } from "./things.js";

type Schemas = components["schemas"];
export type CheckIn = Schemas["CheckIn"];
export type CheckInItem = Schemas["CheckInItem"];
export interface CheckInPage {
  items: CheckIn[];
  next_cursor: string | null;
}

const { http } = desk.client;

export const readCheckInItems = async (): Promise<CheckInItem[]> => (await data(unwrap(http.GET("/v1/check-in-items", {})))).items;
export const readCheckIns = (patient_id: string, withdrawn: boolean, cursor: string | null): Promise<CheckInPage> =>
  data(unwrap(http.GET("/v1/check-ins", { params: { query: { patient_id, withdrawn, limit: 20, ...(cursor === null ? {} : { cursor }) } } })));
