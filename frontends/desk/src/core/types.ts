/** The things of the API that this app shows, by short names. */
import type { components } from "@integration-journal/client";

type Schemas = components["schemas"];
export type Me = Schemas["Me"];
export type Task = Schemas["Task"];
export type Urgency = Schemas["Urgency"];
export type Chart = Schemas["Chart"];
export type Patient = Schemas["Patient"];
export type Member = Schemas["CareTeamMember"];
export type Session = Schemas["Session"];
export type TimelineItem = Schemas["TimelineItem"];
export type TimelineKind = Schemas["TimelineKind"];
export type Found = Schemas["Found"];
export type Note = Schemas["Note"];
export type NoteFormat = Schemas["NoteFormat"];
export type NoteStep = Schemas["NoteStep"];
export type NoteVersion = Schemas["NoteVersion"];
export type WithholdReason = Schemas["WithholdReason"];
export type Reflection = Schemas["Reflection"];
export type Reply = Schemas["Reply"];
export type PromptSet = Schemas["PromptSet"];
export type Plan = Schemas["Plan"];
export type PlanItem = Schemas["PlanListItem"];
export type PlanStep = Schemas["PlanStep"];
export type Strategy = Schemas["Strategy"];
export type StrategyCategory = Schemas["StrategyCategory"];
export type Practice = Schemas["Practice"];
export type Readiness = Schemas["Readiness"];
export type ReadinessItem = Schemas["ReadinessItem"];
export type DoseHold = Schemas["DoseHold"];
export type Order = Schemas["Order"];
export type Dose = Schemas["Dose"];
export type Vital = Schemas["Vital"];
export type Trajectory = Schemas["Trajectory"];
export type Series = Schemas["TrajectorySeries"];
export type AdverseEvent = Schemas["AdverseEvent"];
export type Discharge = Schemas["Discharge"];
export type RemsForm = Schemas["RemsForm"];
export type Finding = Schemas["FindingThere"];
export type Container = Schemas["CustodyContainer"];
export type CustodyEntry = Schemas["CustodyEntry"];
export type RecordedKind = Schemas["RecordedKind"];
export type HomeCount = Schemas["HomeCount"];
export type HomeSupply = Schemas["HomeSupply"];
export type RemoteSession = Schemas["RemoteSession"];
export type ObserverWatch = Schemas["ObserverWatch"];
export type ObserverCheck = Schemas["ObserverCheck"];
export type Goal = Schemas["Goal"];
export type GoalRating = Schemas["GoalRating"];
export type Attainment = Schemas["Attainment"];
export type Thread = Schemas["Thread"];
export type ThreadStrategy = Schemas["ThreadStrategy"];
export type DistressChange = Schemas["DistressChange"];
export type StrategyEffect = Schemas["StrategyEffect"];
export type PlanEffects = Schemas["PlanEffects"];
export type FieldDiff = Schemas["FieldDiff"];
export type AmendmentRequest = Schemas["AmendmentRequest"];
export type Attachment = Schemas["Attachment"];
export type StepUp = Schemas["StepUp"];
export type Factors = Schemas["Factors"];

/** Who works at this computer: the last account that signed in. */
export interface Holder {
  accountId: string;
  name: string | null;
  email: string | null;
}
