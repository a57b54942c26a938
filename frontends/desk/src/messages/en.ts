/** English: short, exact, calm. */
import { frame } from "../../../shared/office/en.js";
import { plural } from "./en/plural.js";

export const en = {
  ...frame,
  appName: "Desk",
  nav: { worklist: "Worklist", patients: "Patients", flags: "Flags", clinic: "Clinic", you: "You", shared: "Shared with you" },

  problem: { ...frame.problem, needsFactor: "Charts need a second factor. Add one under You." },

  status: {
    ...frame.status,
    offline: "No connection. What you write is kept on this computer.",
    ended: "Your sign-in has ended. What you write is kept on this computer until you sign in again.",
    apart: { offline: "No connection.", ended: "Your sign-in has ended." },
    drafts: (count: number) => `${plural(count, "text is", "texts are")} only on this computer.`,
  },

  signIn: { ...frame.signIn, lead: "The therapist's desk. Patients use the journal on their phone." },

  worklist: {
    title: "Worklist",
    waiting: (count: number) => (count >= 100 ? "100 or more wait for you." : count === 0 ? "Nothing waits for you." : `${plural(count, "task waits", "tasks wait")} for you.`),
    empty: "Nothing waits for you.",
    emptyHint: "New reflections, notes to sign and calls for help appear here by themselves.",
    done: "Done",
    doneFor: (what: string) => `Done: ${what}`,
    noName: "A chart that you cannot see",
    due: (when: string) => `due ${when}`,
    overdue: (when: string) => `was due ${when}`,
    drafts: "Only on this computer",
    draftsHint: "These texts were not sent yet. They are sent when you open them with a connection.",
    draftOf: { note: "A note", plan: "A plan", addendum: "An addendum", reply: "A reply", amendment: "An amendment", "safety-plan": "A safety plan", summary: "A change of a summary", "new-summary": "A new summary", interview: "Answers to a questionnaire" } as Record<string, string>,
    keptAt: (when: string) => `kept ${when}`,
    urgency: { critical: "Critical", high: "High", moderate: "Moderate", routine: "Routine" },
    /** Those whose name says it are left out. */
    kind: {
      note_to_cosign: "Note to co-sign",
      home_count_to_read: "Count at home to read",
      measure_response_to_read: "Answers to read",
      help_asked: "Asked for help",
      rems_form_to_send: "REMS form to send",
      rems_form_reminder: "Reminder: a REMS form is due soon",
      rems_form_overdue: "A REMS form is overdue",
      session_to_document: "Session without a note",
      reply_missed: "A promised reply was missed",
      observer_check_missed: "A check at home was missed",
      monitoring_gap: "Nothing was measured for a while",
      pressure_missed: "No blood pressure after the dose",
      oxygen_missed: "No oxygen saturation after the dose",
      sedation_not_gone: "Not known to be awake",
      dissociation_not_gone: "Dissociation has not gone",
      observer_alarm: "An observer's check is alarming",
      flag_raised: "Flag to acknowledge",
      flag_to_follow: "Flag to follow",
      flag_to_review: "Flag to close, as second person",
      consent_withdrawn: "A consent was withdrawn",
      link_lost: "A link to a session at home is lost",
    } as Record<string, string>,
  },

  patients: { born: (day: string) => `born ${day}`, called: (name: string) => `called ${name}`, title: "Patients", search: "Search by name", go: "Search", all: "All patients", none: "No patient of yours has that name.", empty: "You are on no patient's care team yet." },

  kinds: { session: "Sessions", note: "Notes", reflection: "Reflections", plan: "Plans", practice: "Practices", goal: "Goals", shared_summary: "Summaries" },
  kind: { note: "Note", plan: "Plan" },
  state: { pending_cosign: "waits for co-signature" } as Record<string, string>,

  keys: {
    ...frame.keys,
    list: [
      ["j  k", "next, previous row"],
      ["Enter", "open the row"],
      ["g w", "worklist"],
      ["g p", "patients"],
      ["g f", "flags"],
      ["g c", "the chart of what is open"],
      ["/", "search patients"],
      ["n", "new note, in a chart"],
      ["e", "write: the first field"],
      ["?", "this list"],
    ] as [string, string][],
    everywhere: [
      ["Ctrl S", "save now"],
      ["Ctrl Enter", "sign, send, add"],
      ["Alt ↑  Alt ↓", "previous, next field"],
      ["Esc", "close a dialog"],
    ] as [string, string][],
  },
};

export type Messages = typeof en;
