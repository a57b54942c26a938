/** Names of the API as words. */

/** Return a name of the API as words: `clinic_admin` is "Clinic admin", `account.updated` is "Account updated". */
export function plain(name: string): string {
  const words = name.replace(/[._:]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Return a size as people say it. */
export function sizeOf(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
