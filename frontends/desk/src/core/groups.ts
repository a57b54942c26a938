/** Group sessions: one meeting, and a session in the chart of each member. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { GroupSession, GroupSessionWithMembers, Note, Patient } from "./types.js";

const { http } = desk.client;
type Schemas = components["schemas"];

export const readGroups = (): Promise<GroupSession[]> => all(each((page) => http.GET("/v1/group-sessions", { params: { query: { ...page, limit: 50 } } })));
export const readMembers = (): Promise<Patient[]> => all(each((page) => http.GET("/v1/patients", { params: { query: { ...page, limit: 100 } } })), 300);
export const planGroup = (body: Schemas["GroupSessionCreate"]) => unwrap(http.POST("/v1/group-sessions", { body }));
export const addMember = (group_session_id: string, body: Schemas["GroupMemberAdd"]) => unwrap(http.POST("/v1/group-sessions/{group_session_id}/members", { params: { path: { group_session_id } }, body }));

export interface Group {
  group: GroupSessionWithMembers;
  /** By session: the notes about it that you may see. */
  notes: Record<string, NoteOf[]>;
}
export type NoteOf = Pick<Note, "id" | "format" | "state">;
export async function readGroup(group_session_id: string): Promise<Group> {
  const group = await data(unwrap(http.GET("/v1/group-sessions/{group_session_id}", { params: { path: { group_session_id } } })));
  const notes = await Promise.all(group.sessions.map(async ({ id }): Promise<[string, NoteOf[]]> => [id, (await data(unwrap(http.GET("/v1/notes", { params: { query: { session_id: id, limit: 20 } } })))).items]));
  return { group, notes: Object.fromEntries(notes) };
}
