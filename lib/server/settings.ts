import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { EvidenceOptions } from '@/lib/ensemble/evidence'
import { parseConnectString } from '@/lib/zookeeper/connect-string'
import { BadSetting } from './bad-setting'
import { evidenceSchema, readEvidenceOptions } from './cluster-evidence'
import { type ClusterSecurity, readSecurity, securitySchema } from './cluster-security'

/** Everything that can be set from outside. Read once, at the start; a bad setting stops the start and names its key. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** No write reaches any ensemble. */
  readonly readOnly: boolean
  /** Values of the Host header that are answered besides loopback names; a guard against DNS rebinding. */
  readonly allowedHosts: readonly string[]
  readonly clusters: readonly ClusterSettings[]
}

export interface ClusterSettings {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly connect: string
  readonly production: boolean
  readonly readOnly: boolean
  readonly sessionTimeoutMs: number
  /** A larger list or value is refused. MiB. */
  readonly maxReplyMegabytes: number
  /** A server that sends a larger answer loses the connection. MiB. */
  readonly hardMaxReplyMegabytes: number
  /** What may be asked of its servers beside the sessions. */
  readonly evidence: EvidenceOptions
  readonly security: ClusterSecurity
}

const COLORS = ['#0b6e5f', '#4353b3', '#8a5a00', '#7a3e9d', '#1f7a3a', '#b3261e']

const clusterSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens, at most 63'),
  name: z.string().min(1).max(80).optional(),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0b6e5f')
    .optional(),
  connect: z.string().superRefine((text, context) => {
    const problem = connectProblem(text)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  }),
  production: z.boolean().default(false),
  readOnly: z.boolean().default(false),
  sessionTimeoutMs: z.number().int().min(1000).max(3_600_000).default(30_000),
  maxReplyMegabytes: z.number().int().min(1).max(2047).default(64),
  hardMaxReplyMegabytes: z.number().int().min(1).max(2047).optional(),
  ...evidenceSchema,
  ...securitySchema,
})

const fileSchema = z.strictObject({ clusters: z.array(clusterSchema).min(1, 'must name at least one ensemble') })

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** @throws BadSetting */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const host = env.HOST || '127.0.0.1'
  if (!LOOPBACK.has(host)) {
    throw new BadSetting(
      'HOST',
      `"${host}" is not a loopback address. Zoolens has no log-in of its own, so it listens on 127.0.0.1 only: put a reverse proxy that authenticates in front of it.`,
    )
  }
  // Next's standalone server listens where HOSTNAME says, and everywhere when nothing says so; a container's HOSTNAME
  // is its own name. `npm start` hands HOST on.
  if (env.NODE_ENV === 'production' && !LOOPBACK.has(env.HOSTNAME ?? '')) {
    throw new BadSetting(
      'HOSTNAME',
      'must be the loopback address to listen on, or others could reach Zoolens: start it by "npm start", which sets it from HOST',
    )
  }
  const port = Number(env.PORT || '3000')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new BadSetting('PORT', 'must be a port number')
  return {
    host,
    port,
    readOnly: readFlag('ZOOLENS_READ_ONLY', env.ZOOLENS_READ_ONLY),
    allowedHosts: (env.ZOOLENS_ALLOWED_HOSTS ?? '')
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter((entry) => entry !== ''),
    clusters: readClusters(env),
  }
}

/** What is wrong with "host:port[,host:port...][/chroot]", or null. */
function connectProblem(text: string): string | null {
  try {
    parseConnectString(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

function readFlag(key: string, value: string | undefined): boolean {
  if (value === undefined || value === '' || value === 'false' || value === '0') return false
  if (value === 'true' || value === '1') return true
  throw new BadSetting(key, 'must be true or false')
}

function readClusters(env: Readonly<Record<string, string | undefined>>): ClusterSettings[] {
  const { ZOOLENS_CONNECT: connect, ZOOLENS_CONFIG: file } = env
  if (connect && file) throw new BadSetting('ZOOLENS_CONNECT', 'set either this or ZOOLENS_CONFIG, not both')
  if (file) return readFile(file)
  const problem = connect ? connectProblem(connect) : null
  if (problem !== null) throw new BadSetting('ZOOLENS_CONNECT', problem)
  if (connect) return [completed(clusterSchema.parse({ id: 'default', name: connect.slice(0, 80), connect }), 0)]
  throw new BadSetting(
    'ZOOLENS_CONNECT',
    'is not set: give the ensemble as host:port[,host:port...][/chroot], or a file of ensembles in ZOOLENS_CONFIG',
  )
}

function readFile(file: string): ClusterSettings[] {
  let content: unknown
  try {
    content = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new BadSetting('ZOOLENS_CONFIG', `cannot read ${file}: ${(error as Error).message.split('\n')[0]}`)
  }
  const parsed = fileSchema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const at = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? ''
    throw new BadSetting(`ZOOLENS_CONFIG ${at.replace(/^\./, '')}`.trim(), issue?.message ?? 'is not valid')
  }
  const clusters = parsed.data.clusters.map(completed)
  const twice = clusters.find((cluster, index) => clusters.findIndex((other) => other.id === cluster.id) !== index)
  if (twice) throw new BadSetting('ZOOLENS_CONFIG clusters', `the id "${twice.id}" is used twice`)
  return clusters
}

function completed(cluster: z.infer<typeof clusterSchema>, index: number): ClusterSettings {
  return {
    id: cluster.id,
    name: cluster.name ?? cluster.id,
    color: cluster.color ?? COLORS[index % COLORS.length] ?? '#0b6e5f',
    connect: cluster.connect,
    production: cluster.production,
    readOnly: cluster.readOnly,
    sessionTimeoutMs: cluster.sessionTimeoutMs,
    maxReplyMegabytes: cluster.maxReplyMegabytes,
    hardMaxReplyMegabytes: readHardMaximum(cluster, index),
    evidence: readEvidenceOptions(cluster, `ZOOLENS_CONFIG clusters[${index}]`),
    security: readSecurity(cluster, `ZOOLENS_CONFIG clusters[${index}]`),
  }
}

function readHardMaximum(cluster: z.infer<typeof clusterSchema>, index: number): number {
  const { maxReplyMegabytes, hardMaxReplyMegabytes = Math.max(256, maxReplyMegabytes) } = cluster
  if (hardMaxReplyMegabytes >= maxReplyMegabytes) return hardMaxReplyMegabytes
  throw new BadSetting(
    `ZOOLENS_CONFIG clusters[${index}].hardMaxReplyMegabytes`,
    `must be at least maxReplyMegabytes, which is ${maxReplyMegabytes}`,
  )
}
