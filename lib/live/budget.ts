/** The most that one Zoolens may cost one ensemble. */
export const BUDGET = { sessions: 2, watches: 200, inFlight: 64 } as const
