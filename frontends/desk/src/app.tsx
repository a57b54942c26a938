/** The frame: the pages, what is not sent, the screen. */
import { OfficeFrame, type PageLink } from "../../shared/office/frame.js";
import "./core/keys.js";
import { isOutsider } from "./core/desk.js";
import { useDesk } from "./core/hooks.js";
import { useInside } from "./inside.js";
import { t } from "./messages/index.js";
import { useRoute } from "./route.js";

/** Screens of which nothing is kept on this computer (ADR 93). */
const APART = ["own-note", "own-notes"];

export function App() {
  const route = useRoute();
  const inside = useInside();
  const { waiting, drafts, me } = useDesk();
  const pages: PageLink[] = isOutsider(me) ? [["", t.nav.shared], ["you", t.nav.you]] : [
    ["", t.nav.worklist, waiting],
    ["patients", t.nav.patients],
    ["flags", t.nav.flags],
    ["clinic", t.nav.clinic],
    ["you", t.nav.you],
  ];
  const unsent = new Set(drafts.map((draft) => draft.thing)).size;
  return (
    <OfficeFrame route={route} here={route[0] ?? ""} pages={pages} more={unsent > 0 ? t.status.drafts(unsent) : ""} lost={APART.includes(route[0] ?? "") ? t.status.apart : undefined} inside={inside}>
      {() => inside !== null && inside !== "missing" && <inside.Inside route={route} />}
    </OfficeFrame>
  );
}
