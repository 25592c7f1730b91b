import { z } from 'zod'

/** A zxid as it travels. */
export const hexSchema = z.string().regex(/^0x[0-9a-f]{1,16}$/)

/** int32 that wraps, but no znode ever has version -1: to ZooKeeper that means "whatever is there". */
export const versionSchema = z.int32().refine((value) => value !== -1, 'must be the version that you saw')
