/** Which screen: the part of the address behind `#`. It never leaves the phone. */
import { useEffect, useState } from "preact/hooks";

const parts = (): string[] => location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);

export function useRoute(): string[] {
  const [route, setRoute] = useState(parts);
  useEffect(() => {
    const follow = (): void => setRoute(parts());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

export function go(...to: string[]): void {
  location.hash = `#/${to.map(encodeURIComponent).join("/")}`;
}
