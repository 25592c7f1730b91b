import { z } from 'zod'
import { AdminSilence } from './admin-server'
import { clientAddress } from './client-address'
import { keepLatest, operation } from './connections-text'
import { quorumFacts } from './facts-text'
import type { Slices } from './request'
import { sessionFromDecimal } from './session-id-text'
import { SLICE } from './text-lines'
import type { QuorumFacts, ServerFacts, Told, ToldConnection, ToldConnections, ToldDump, ToldWatches } from './told'

/**
 * A 64-bit number, which {@link parseLosslessJson} leaves as digits when it is a long one. The checks are light, as an
 * answer may have 100,000 of them.
 */
const session = z.union([z.string(), z.int()]).transform((id, context) => {
  const parsed = sessionFromDecimal(String(id))
  if (parsed === null) context.addIssue({ code: 'custom', message: 'is no session id' })
  return parsed ?? 0n
})
const path = z.string().startsWith('/')
const moment = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
const milliseconds = z.int().min(0).max(1e15).nullable().catch(null)

const connectionSchema = z.object({
  remote_socket_address: z.string(),
  session_id: session,
  last_operation: z.string().optional().catch(undefined),
  established: milliseconds.default(null),
  session_timeout: milliseconds.default(null),
  last_response_time: milliseconds.default(null),
})
const sessions = z.array(session)
const paths = z.array(path)

// What is in them is checked entry by entry, in slices.
const list = z.custom<readonly unknown[]>(Array.isArray)
const record = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)
const connectionsSchema = z.object({
  connections: list,
  // TLS has connections of its own since 3.5.
  secure_connections: list.default([]),
})
const watchesSchema = z.object({ path_to_session_ids: record })
const dumpSchema = z.object({ expiry_time_to_session_ids: record, session_id_to_ephemeral_paths: record })
const configurationSchema = z.object({
  server_id: z.int().nullable().catch(null),
  tick_time: z.int().positive().nullable().catch(null),
})
const monitorSchema = z.object({
  server_state: z.string(),
  learners: z.number().optional().catch(undefined),
  followers: z.number().optional().catch(undefined),
})

/** /commands/connections: the clients of both ports. @throws AdminSilence */
export function* adminConnections(json: unknown): Slices<Told<ToldConnections>> {
  const told = parsed(connectionsSchema, json)
  const bySession = new Map<bigint, ToldConnection>()
  for (const [index, entry] of [...told.connections, ...told.secure_connections].entries()) {
    if (index % SLICE === 0) yield
    const each = understood(connectionSchema, entry)
    // A connection that has not said yet which session it is of, or has just asked a four-letter word.
    if (each.session_id === 0n) continue
    keepLatest(bySession, {
      session: each.session_id,
      client: clientAddress(each.remote_socket_address) ?? each.remote_socket_address,
      establishedAt: each.established,
      timeoutMs: each.session_timeout,
      lastOperation: operation(each.last_operation),
      lastResponseAt: each.last_response_time,
    })
  }
  return { value: [...bySession.values()], complete: true }
}

/** /commands/watches_by_path @throws AdminSilence */
export function* adminWatches(json: unknown): Slices<Told<ToldWatches>> {
  const entries = Object.entries(parsed(watchesSchema, json).path_to_session_ids)
  const watches = new Map<string, ReadonlySet<bigint>>()
  for (const [index, [at, ids]] of entries.entries()) {
    if (index % SLICE === 0) yield
    watches.set(understood(path, at), new Set(understood(sessions, ids)))
  }
  return { value: watches, complete: true }
}

/** /commands/dump: the expiries of a leader, an empty map of others. @throws AdminSilence */
export function* adminDump(json: unknown): Slices<Told<ToldDump>> {
  const told = parsed(dumpSchema, json)
  const ephemerals = new Map<bigint, readonly string[]>()
  for (const [index, [owner, owned]] of Object.entries(told.session_id_to_ephemeral_paths).entries()) {
    if (index % SLICE === 0) yield
    ephemerals.set(understood(session, owner), understood(paths, owned))
  }
  const buckets = Object.entries(told.expiry_time_to_session_ids)
  const at = new Map<bigint, number>()
  for (const [index, [time, ids]] of buckets.entries()) {
    if (index % SLICE === 0) yield
    for (const id of understood(sessions, ids)) at.set(id, understood(moment, time))
  }
  const expiries = buckets.length === 0 ? null : { at, roundedDownBy: 0, responseClock: true }
  return { value: { ephemerals, expiries, timeouts: null }, complete: true }
}

/** /commands/configuration @throws AdminSilence */
export function adminFacts(json: unknown): ServerFacts {
  const { server_id, tick_time } = parsed(configurationSchema, json)
  return { id: server_id === null ? null : String(server_id), tickTimeMs: tick_time, otherPort: false }
}

/** /commands/monitor @throws AdminSilence */
export function adminQuorum(json: unknown): QuorumFacts {
  const { server_state, learners, followers } = parsed(monitorSchema, json)
  const count = learners ?? followers
  return quorumFacts(server_state, count === undefined ? undefined : String(count))
}

const errorSchema = z.object({ command: z.string(), error: z.string().nullable() })

/** Every answer carries its command and an error, which is null when there is none. Source: CommandResponse.toMap. */
function parsed<T>(schema: z.ZodType<T>, json: unknown): T {
  const outcome = errorSchema.safeParse(json)
  if (!outcome.success) throw misunderstood()
  const { error } = outcome.data
  if (error?.includes('not currently serving requests')) throw new AdminSilence('not serving', 'it does not serve')
  if (error !== null) throw new AdminSilence('admin server off', 'the command failed')
  return understood(schema, json)
}

function understood<T>(schema: z.ZodType<T>, part: unknown): T {
  const answer = schema.safeParse(part)
  if (!answer.success) throw misunderstood()
  return answer.data
}

function misunderstood(): AdminSilence {
  return new AdminSilence('admin server off', 'the answer is not that of an AdminServer')
}
