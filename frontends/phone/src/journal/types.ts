/** The things of the API that this app shows, by short names. */
import type { components } from "@integration-journal/client";

type Schemas = components["schemas"];
export type Home = Schemas["Home"];
export type Reflection = Schemas["Reflection"];
export type ReflectionCreate = Schemas["ReflectionCreate"];
export type ReflectionUpdate = Schemas["ReflectionUpdate"];
export type Ratings = Schemas["Ratings"];
export type Fragment = Schemas["Fragment"];
export type FragmentGiven = Schemas["FragmentGiven"];
export type BodyPoint = Schemas["BodyPoint"];
export type Plan = Schemas["Plan"];
export type Strategy = Schemas["Strategy"];
export type Practice = Schemas["Practice"];
export type PracticeLog = Schemas["PracticeLog"];
export type PromptSet = Schemas["PromptSet"];
export type Prompt = Schemas["Prompt"];
export type InboxItem = Schemas["InboxItem"];
export type Reply = Schemas["Reply"];
export type CrisisResource = Schemas["CrisisResource"];
export type HelpAnswer = Schemas["HelpAnswer"];
export type Access = Schemas["Access"];
export type Member = Schemas["CareTeamMember"];
export type Session = Schemas["Session"];
export type NextSteps = Schemas["NextSteps"];
export type CheckInItem = Schemas["CheckInItem"];
export type Goal = Schemas["Goal"];
export type GoalRating = Schemas["GoalRating"];
export type SharedSummary = Schemas["SharedSummary"];
export type SharedSummaryVersion = Schemas["SharedSummaryVersion"];
export type Course = Schemas["Course"];
export type Thread = Schemas["Thread"];
export type ThreadStrategy = Schemas["ThreadStrategy"];
export type PlanEffects = Schemas["PlanEffects"];
export type Note = Schemas["Note"];
export type NoteItem = Schemas["NoteItem"];
export type AmendmentRequest = Schemas["AmendmentRequest"];
export type Monitoring = Schemas["Monitoring"];
export type ChartExport = Schemas["ChartExport"];
export type RecordRequest = Schemas["RecordRequest"];
export type RecordCopy = Schemas["RecordCopy"];
export type Consent = Schemas["Consent"];
export type ConsentDocument = Schemas["ConsentDocument"];
export type NotificationSettings = Schemas["NotificationSettings"];
export type NotificationChannel = Schemas["NotificationChannel"];
export type InstrumentItem = Schemas["Item"];
export type Viewer = Schemas["Viewer"];

/** An instrument that is asked now, with the clinic's wording of it. */
export interface Asked {
  id: string;
  definition: Schemas["DefinedInstrument"]["definition"];
  wording: Schemas["DefinedInstrument"]["wording"];
  /** When it was read, by this phone's clock, and for a page in which language. */
  readAt: number;
  readIn: string;
}

/** What the API said of a check-in of this phone: whom it told, and what to do. */
export interface Told {
  id: string;
  monitoring: Monitoring | null;
}

/** What helps in an emergency. It is kept on the phone, also when nobody is signed in: it says nothing of a person. */
export interface Safety {
  emergencyInstruction: string | null;
  clinicPhone: string | null;
  lines: CrisisResource[];
}

export type SafetyPlan = Schemas["SafetyPlan"];

/** The safety plan in force of one account. It stays when a sign-in ends by itself, and goes when the person signs out. */
export interface KeptPlan {
  accountId: string;
  plan: SafetyPlan;
}

/** Whose phone this is: the last account that signed in. */
export interface Holder {
  accountId: string;
  clinicId: string;
  patientId: string | null;
  email: string | null;
}
