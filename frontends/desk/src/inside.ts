/** The screens of who is signed in, in a file of their own: the first visit, which is a sign-in, does not wait for it. */
import { useEffect, useState } from "preact/hooks";

type Screens = typeof import("./screens/inside.js");

let loaded: Screens | null = null;
const first = import("./screens/inside.js").then(
  (screens) => (loaded = screens),
  () => null,
);

/** The screens; null while they come, "missing" if they could not be had. */
export function useInside(): Screens | null | "missing" {
  const [screens, setScreens] = useState<Screens | null | "missing">(loaded);
  useEffect(() => {
    void first.then((found) => setScreens(found ?? "missing"));
  }, []);
  return screens;
}
