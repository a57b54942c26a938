/** Goals of a chart with their ratings, threads, and what strategies changed. */
import { each, unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import { all, data } from "./things.js";
import type { Attainment, Goal, GoalRating, PlanEffects, Thread } from "./types.js";

const { http } = desk.client;
const path = (patient_id: string) => ({ path: { patient_id } });
const goal = ({ id, version }: Goal) => ({ path: { goal_id: id }, header: { "If-Match": `"${version}"` } });

export interface RatedGoal {
  goal: Goal;
  /** The newest first. */
  ratings: GoalRating[];
}
export interface GoalsOf {
  goals: RatedGoal[];
  attainment: Attainment;
}
export async function readGoals(patient_id: string): Promise<GoalsOf> {
  const [goals, attainment] = await Promise.all([
    all(each((page) => http.GET("/v1/goals", { params: { query: { patient_id, ...page, limit: 50 } } })), 50),
    data(unwrap(http.GET("/v1/patients/{patient_id}/attainment", { params: path(patient_id) }))),
  ]);
  const rated = await Promise.all(goals.map(async (one) => ({ goal: one, ratings: one.first_rated_at === null ? [] : await readRatings(one.id) })));
  return { goals: rated, attainment };
}
const readRatings = async (goal_id: string): Promise<GoalRating[]> => (await data(unwrap(http.GET("/v1/goals/{goal_id}/ratings", { params: { path: { goal_id }, query: { limit: 100 } } })))).items;

export const addGoal = (body: components["schemas"]["GoalCreate"]) => unwrap(http.POST("/v1/goals", { body }));
export const updateGoal = (one: Goal, body: components["schemas"]["GoalUpdate"]) => unwrap(http.PATCH("/v1/goals/{goal_id}", { params: goal(one), body }));
export const withdrawGoal = (one: Goal, reason: string) => unwrap(http.POST("/v1/goals/{goal_id}/withdraw", { params: goal(one), body: { reason } }));
export const rateGoal = (goal_id: string, body: { id: string; level: number; rated_at: string; remark: string | null }) =>
  unwrap(http.POST("/v1/goals/{goal_id}/ratings", { params: { path: { goal_id } }, body }));

export const readThreads = (patient_id: string, cursor: string | null): Promise<{ items: Thread[]; next_cursor: string | null }> =>
  data(unwrap(http.GET("/v1/patients/{patient_id}/threads", { params: { ...path(patient_id), query: { limit: 5, ...(cursor === null ? {} : { cursor }) } } })));

export const readEffects = (plan_id: string): Promise<PlanEffects> => data(unwrap(http.GET("/v1/plans/{plan_id}/effects", { params: { path: { plan_id } } })));
