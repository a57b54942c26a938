/** The frame: the pages that this account may see, and the screen. */
import { OfficeFrame } from "../../shared/office/frame.js";
import { useRoute } from "../../shared/office/route.js";
import "./core/keys.js";
import { useAdmin } from "./core/admin.js";
import { pageOf, pagesFor } from "./core/pages.js";
import { useInside } from "./inside.js";

export function App() {
  const route = useRoute();
  const inside = useInside();
  const { me } = useAdmin();
  return (
    <OfficeFrame route={route} here={pageOf(route[0] ?? "")} pages={pagesFor(me)} more="" inside={inside}>
      {() => inside !== null && inside !== "missing" && <inside.Inside route={route} />}
    </OfficeFrame>
  );
}
