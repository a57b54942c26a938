/** The screens of who is signed in, in a file of their own: the first visit, which is a sign-in, does not wait for it. */
import { useEffect, useState } from "preact/hooks";
import { spoken } from "./messages/index.js";

type Screens = typeof import("./screens/inside.js");

let loaded: Screens | null = null;
/** They read the messages of the language when they are loaded. */
const first = spoken.then(() => import("./screens/inside.js")).then(
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
