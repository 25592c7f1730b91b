/**
 * What a server understands, by its version. An operation that it does not know is never sent: it answers Unimplemented
 * and then ends the session (UnimplementedRequestProcessor).
 */
export interface ServerFeatures {
  /** Such as "3.9.6"; null when it did not say, and the features were found out by trying. */
  readonly version: string | null
  /** create2, which answers with the stat; removeWatches and checkWatches; reconfig. */
  readonly create2: boolean
  readonly containers: boolean
  readonly ttl: boolean
  /** Persistent and recursive watches, and SetWatches2 that tells a new connection of them. */
  readonly addWatch: boolean
  readonly multiRead: boolean
  /** getEphemerals and getAllChildrenNumber. */
  readonly getEphemerals: boolean
  readonly whoAmI: boolean
  /** WatcherType Persistent and PersistentRecursive; older servers refuse them with BadArguments. */
  readonly watcherTypes: boolean
  /** Notifications carry the zxid of the transaction that caused them (ZOOKEEPER-4655). */
  readonly eventZxid: boolean
}

/** The release that brought each of them. Sources: ZooDefs.OpCode, CreateMode and Watcher.WatcherType of the release tags. */
const SINCE = {
  create2: [3, 5, 0],
  containers: [3, 5, 1],
  ttl: [3, 5, 3],
  addWatch: [3, 6, 0],
  multiRead: [3, 6, 0],
  getEphemerals: [3, 6, 0],
  whoAmI: [3, 7, 0],
  watcherTypes: [3, 9, 0],
  eventZxid: [3, 9, 0],
} as const satisfies Readonly<Record<Exclude<keyof ServerFeatures, 'version'>, readonly [number, number, number]>>

export type Feature = keyof typeof SINCE

/** "3.7.0", for a sentence about a server that is older. */
export function sinceVersion(feature: Feature): string {
  return SINCE[feature].join('.')
}

/** What a server does not know, oldest first. */
export function missingFeatures(features: ServerFeatures): { readonly feature: Feature; readonly since: string }[] {
  return (Object.keys(SINCE) as Feature[])
    .filter((feature) => !features[feature])
    .map((feature) => ({ feature, since: sinceVersion(feature) }))
}

/** `version` as srvr says it, such as "3.8.0" or "3.5.3-beta"; suffixes say nothing. */
export function featuresOf(version: string): ServerFeatures {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10) || 0)
  const has = (feature: Feature): boolean => {
    for (const [index, needed] of SINCE[feature].entries()) {
      const part = parts[index] ?? 0
      if (part !== needed) return part > needed
    }
    return true
  }
  return {
    version,
    create2: has('create2'),
    containers: has('containers'),
    ttl: has('ttl'),
    addWatch: has('addWatch'),
    multiRead: has('multiRead'),
    getEphemerals: has('getEphemerals'),
    whoAmI: has('whoAmI'),
    watcherTypes: has('watcherTypes'),
    eventZxid: has('eventZxid'),
  }
}

/** Taken for granted while nobody has said which server it is. */
export const ALL_FEATURES: ServerFeatures = { ...featuresOf('3.99.0'), version: null }
