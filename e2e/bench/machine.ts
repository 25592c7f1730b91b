import { cpus, loadavg, totalmem } from 'node:os'

/** Figures mean nothing without the machine that they come from. */
export function describeMachine(): string {
  const [first] = cpus()
  return `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, Node ${process.version}`
}

/** The average number of runnable processes in the last minute: above the number of cores, others disturb. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}
