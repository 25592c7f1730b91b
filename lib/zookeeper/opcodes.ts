/** Source: ZooDefs.OpCode. */
export const OPCODE = {
  notification: 0,
  create: 1,
  delete: 2,
  exists: 3,
  getData: 4,
  setData: 5,
  getAcl: 6,
  setAcl: 7,
  getChildren: 8,
  sync: 9,
  ping: 11,
  getChildren2: 12,
  check: 13,
  multi: 14,
  create2: 15,
  reconfig: 16,
  checkWatches: 17,
  removeWatches: 18,
  createContainer: 19,
  createTtl: 21,
  multiRead: 22,
  auth: 100,
  sasl: 102,
  setWatches: 101,
  getEphemerals: 103,
  getAllChildrenNumber: 104,
  setWatches2: 105,
  addWatch: 106,
  whoAmI: 107,
  closeSession: -11,
  error: -1,
} as const

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(OPCODE).map(([name, opcode]) => [opcode, name]))

/** "getData" for 4, for errors and logs. */
export function operationName(opcode: number): string {
  return NAMES.get(opcode) ?? `operation ${opcode}`
}

/** Messages outside the sequence of requests, which are numbered from 1. Source: ClientCnxn; sasl and close are our own choice. */
export const XID = { notification: -1, ping: -2, auth: -4, sasl: -5, setWatches: -8, close: 0 } as const

/** Source: CreateMode. */
export const CREATE_FLAGS = {
  persistent: 0,
  ephemeral: 1,
  'persistent-sequential': 2,
  'ephemeral-sequential': 3,
  container: 4,
  ttl: 5,
  'ttl-sequential': 6,
} as const

/** Source: ZooDefs.AddWatchModes. */
export const ADD_WATCH_MODE = { persistent: 0, recursive: 1 } as const

/** Watcher.WatcherType.Any: servers before 3.9 refuse the narrower types 4 and 5 with BadArguments. */
export const ANY_WATCHER = 3

/** Source: Watcher.WatcherType. */
export const WATCHER_TYPE = { children: 1, data: 2, any: ANY_WATCHER, persistent: 4, recursive: 5 } as const

/** Source: Watcher.Event.EventType; -1 (session state) and 5 to 7 (watch removed) are none of ours. */
export const EVENT_TYPE: Readonly<Record<number, 'created' | 'deleted' | 'changed' | 'children'>> = {
  1: 'created',
  2: 'deleted',
  3: 'changed',
  4: 'children',
}
