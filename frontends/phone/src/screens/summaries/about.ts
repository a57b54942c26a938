/** What a summary can be about: a session, or a part of a course. The phone keeps what was read last. */
import { unwrap } from "@integration-journal/client";
import { journal } from "../../journal/journal.js";
import { useKept } from "../../journal/online.js";
import type { Summary } from "../../journal/summaries.js";
import type { Course, Session } from "../../journal/types.js";
import { dayOf } from "../../messages/index.js";
import { w } from "./words.js";

export interface Abouts {
  sessions: Session[];
  courses: Course[];
}

async function readAbouts(): Promise<Abouts> {
  const { http } = journal.client;
  const [sessions, courses] = await Promise.all([
    unwrap(http.GET("/v1/sessions", { params: { query: { limit: 50 } } })),
    unwrap(http.GET("/v1/courses", { params: { query: { limit: 20 } } })),
  ]);
  return { sessions: sessions.data.items.filter((one) => one.state !== "cancelled"), courses: courses.data.items };
}

export const useAbouts = () => useKept<Abouts>("summary abouts", readAbouts);

export const startOf = (session: Session): string => session.started_at ?? session.planned_start_at;

/** A calendar day, which is the same everywhere. */
const calendar = (day: string): string => dayOf(new Date(`${day}T12:00`));

/** What it is about, in words; of a session that was not read yet, nothing. */
export function aboutOf(one: Summary, abouts: Abouts | null): string {
  if (one.session_id) {
    const session = abouts?.sessions.find((other) => other.id === one.session_id);
    return session ? w.about(dayOf(startOf(session))) : "";
  }
  const [from, until] = [one.covers_from, one.covers_until];
  if (from && until) return w.days(calendar(from), calendar(until));
  return from ? w.since(calendar(from)) : until ? w.upTo(calendar(until)) : w.course;
}
