/**
 * By UTF-16 code unit, as Java's String.compareTo: the order that recipes and every other client sort names by.
 * A locale's order would differ between the server, the browser and zkCli.
 */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
