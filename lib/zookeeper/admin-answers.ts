import { z } from 'zod'
import { AdminSilence } from './admin-server'
import { clientAddress } from './client-address'
import { keepLatest, operation } from './connections-text'
import { quorumFacts } from './facts-text'
import { sessionFromDecimal } from './session-id-text'
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
const milliseconds = z.int().min(0).max(1e15).nullable().catch(null)

const connectionSchema = z.object({
  remote_socket_address: z.string(),
  session_id: session,
  last_operation: z.string().optional().catch(undefined),
  established: milliseconds.default(null),
  session_timeout: milliseconds.default(null),
  last_response_time: milliseconds.default(null),
})
const connectionsSchema = z.object({
  connections: z.array(connectionSchema),
  // TLS has connections of its own since 3.5.
  secure_connections: z.array(connectionSchema).default([]),
})
const watchesSchema = z.object({ path_to_session_ids: z.record(path, z.array(session)) })
const dumpSchema = z.object({
  expiry_time_to_session_ids: z.record(z.string().regex(/^\d{1,15}$/), z.array(session)),
  session_id_to_ephemeral_paths: z.record(z.string(), z.array(path)),
})
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
export function adminConnections(json: unknown): Told<ToldConnections> {
  const told = parsed(connectionsSchema, json)
  const bySession = new Map<bigint, ToldConnection>()
  for (const each of [...told.connections, ...told.secure_connections]) {
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
export function adminWatches(json: unknown): Told<ToldWatches> {
  const { path_to_session_ids } = parsed(watchesSchema, json)
  const entries = Object.entries(path_to_session_ids).map(([at, ids]) => [at, new Set(ids)] as const)
  return { value: new Map(entries), complete: true }
}

/** /commands/dump: the expiries of a leader, an empty map of others. @throws AdminSilence */
export function adminDump(json: unknown): Told<ToldDump> {
  const told = parsed(dumpSchema, json)
  const ephemerals = new Map<bigint, readonly string[]>()
  for (const [id, paths] of Object.entries(told.session_id_to_ephemeral_paths)) {
    const owner = sessionFromDecimal(id)
    if (owner === null) throw misunderstood()
    ephemerals.set(owner, paths)
  }
  const buckets = Object.entries(told.expiry_time_to_session_ids)
  const at = new Map(buckets.flatMap(([time, ids]) => ids.map((id) => [id, Number(time)] as const)))
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
  const answer = schema.safeParse(json)
  if (!answer.success) throw misunderstood()
  return answer.data
}

function misunderstood(): AdminSilence {
  return new AdminSilence('admin server off', 'the answer is not that of an AdminServer')
}
