import type { AppError, ErrorCode } from '@/lib/znode/app-error'

/** What is known about a failure besides its code. Nothing of it may be a secret: it is shown as it is. */
export interface ErrorContext {
  readonly path?: string | undefined
  /** "host:port" that failed, or the connect string without credentials. */
  readonly server?: string | undefined
  /** The cause in a few words, such as "connect ECONNREFUSED 10.0.0.1:2181". Only its first line is shown. */
  readonly detail?: string | undefined
}

const MAX_DETAIL = 240

/** What happened and what to do about it, in words, for every code that there is. */
export function describeError(code: ErrorCode, context: ErrorContext = {}): AppError {
  const [message, hint] = SENTENCES[code](context)
  return { code, message, hint, ...(context.path === undefined ? {} : { path: context.path }) }
}

type Sentences = (context: ErrorContext) => readonly [message: string, hint: string]

const node = (c: ErrorContext) => (c.path === undefined ? 'the znode' : c.path)
const Node = (c: ErrorContext) => (c.path === undefined ? 'The znode' : c.path)
const server = (c: ErrorContext) => (c.server === undefined ? 'the ensemble' : c.server)
const Server = (c: ErrorContext) => (c.server === undefined ? 'The ensemble' : c.server)

/** First line only: what follows it in an exception is a stack trace. */
function detail(c: ErrorContext): string {
  const line = (c.detail ?? '').trimStart().split(/[\r\n]/, 1)[0] ?? ''
  const short = line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL)}…` : line
  return short.trim().replace(/[.\s]+$/, '')
}

/** A sentence with the cause behind it, if one is known. */
function because(c: ErrorContext, sentence: string): string {
  const cause = detail(c)
  return cause === '' ? `${sentence}.` : `${sentence}: ${cause}.`
}

const SENTENCES: Readonly<Record<ErrorCode, Sentences>> = {
  // ZooKeeper's
  SystemError: (c) => [
    because(c, `${Server(c)} reported a system error`),
    'Look into the log of that ZooKeeper server; a full or failing disk is the usual reason.',
  ],
  RuntimeInconsistency: (c) => [
    because(c, 'The transaction was not applied, because another operation in it failed'),
    'Nothing was changed; mend the operation that failed and send the whole transaction again.',
  ],
  DataInconsistency: (c) => [
    because(c, `${Server(c)} found its data inconsistent`),
    'Compare the zxids of the servers and look into their logs before anything is written.',
  ],
  ConnectionLoss: (c) => [
    because(c, `The connection to ${server(c)} was lost before the answer came`),
    'A read is safe to try again. After a write look at the znode first: it may or may not have been applied.',
  ],
  MarshallingError: (c) => [
    because(c, `${Server(c)} could not read the request`),
    'The request may be larger than jute.maxbuffer of the server; its log says what it refused.',
  ],
  Unimplemented: (c) => [
    because(c, `${Server(c)} does not know this operation`),
    'It needs a newer ZooKeeper, or a feature that is switched off there, such as extendedTypesEnabled for TTL nodes.',
  ],
  OperationTimeout: (c) => [
    because(c, `${Server(c)} did not answer in time`),
    'It may be overloaded, paused or cut off; try again, and check its latency when this repeats.',
  ],
  BadArguments: (c) => [
    because(c, 'ZooKeeper refused the arguments of the request'),
    'Check the path and the values; watches of newer kinds also fail like this on servers that do not know them.',
  ],
  UnknownSession: (c) => [
    because(c, `${Server(c)} does not know this session`),
    'Zoolens opens a new one by itself; try again in a moment.',
  ],
  NewConfigNoQuorum: (c) => [
    because(c, 'The new configuration has no quorum of servers that are up to date'),
    'Start the servers that join and let them catch up before you reconfigure.',
  ],
  ReconfigInProgress: (c) => [
    because(c, 'Another reconfiguration is still in progress'),
    'Wait until it has ended, then look at the configuration again before you change it.',
  ],
  ApiError: (c) => [
    because(c, 'ZooKeeper refused the request'),
    'The log of the ZooKeeper server says why; the request was not applied.',
  ],
  NoNode: (c) => [
    c.path === undefined ? 'There is no such znode.' : `There is no znode ${c.path}.`,
    'It was deleted, or the path is mistyped (names are case-sensitive): open the nearest ancestor that exists.',
  ],
  NoAuth: (c) => [
    `The ACL of ${node(c)} does not allow this to the identity that Zoolens uses.`,
    'Ask whoever made it which identity may (creating and deleting is decided by the ACL of the parent), and give Zoolens its credentials: digest or digestFile of the cluster.',
  ],
  BadVersion: (c) => [
    `${Node(c)} has changed since you loaded it; nothing was written.`,
    'Compare your text with the current one, then take theirs, keep yours, or merge.',
  ],
  NoChildrenForEphemerals: (c) => [
    `${Node(c)} belongs to a session (it is ephemeral), and such a znode cannot have children.`,
    'Create the znode below a persistent parent.',
  ],
  NodeExists: (c) => [
    `${Node(c)} exists already; nothing was written.`,
    'Open it to see what it holds, or choose another name.',
  ],
  NotEmpty: (c) => [
    `${Node(c)} has children, so it was not deleted.`,
    'Delete the children first; they may have been created a moment ago.',
  ],
  SessionExpired: (c) => [
    because(c, `The session with ${server(c)} has expired: its ephemeral znodes and watches are gone`),
    'Zoolens opens a new one and reads everything again; after a write look at the znode before you repeat it.',
  ],
  InvalidCallback: (c) => [
    because(c, 'ZooKeeper refused the callback of the request'),
    'This is a fault in Zoolens; its log has the request.',
  ],
  InvalidACL: (c) => [
    because(c, `ZooKeeper refused the ACL for ${node(c)}`),
    'An ACL needs at least one entry, each with a scheme that the servers know and an id in that scheme’s form.',
  ],
  AuthFailed: (c) => [
    because(c, `${Server(c)} refused the credentials that Zoolens gave`),
    'Correct the credentials of this cluster in the configuration of Zoolens and restart it.',
  ],
  SessionMoved: (c) => [
    because(c, 'The session has moved to another server, which now answers for it'),
    'Try again in a moment. If this repeats, two processes use the same session.',
  ],
  NotReadOnly: (c) => [
    because(c, `${Server(c)} has lost its quorum and serves reads only`),
    'Nothing can be written until a majority of the servers is back; see which of them are down.',
  ],
  EphemeralOnLocalSession: (c) => [
    because(c, 'An ephemeral znode cannot be created in a local session'),
    'Allow localSessionsUpgradingEnabled on the servers, or create a persistent znode.',
  ],
  NoWatcher: (c) => [
    because(c, `The server holds no such watch on ${node(c)}`),
    'It is gone already; the view reads everything again by itself.',
  ],
  RequestTimeout: (c) => [
    because(c, `${Server(c)} gave up the request because it took too long`),
    'A large listing does that to a loaded server: try again later, or open a smaller directory.',
  ],
  ReconfigDisabled: (c) => [
    because(c, 'Reconfiguration is switched off on the servers'),
    'Set reconfigEnabled=true in their configuration, or change the members by a rolling restart.',
  ],
  SessionClosedRequireSaslAuth: (c) => [
    because(c, `${Server(c)} closed the session because it demands SASL authentication`),
    'Give Zoolens SASL credentials for this cluster.',
  ],
  QuotaExceeded: (c) => [
    because(c, `The quota above ${node(c)} is used up; nothing was written`),
    'Free znodes or bytes below the path that has the quota, or raise it (see listquota in zkCli).',
  ],
  ThrottledOp: (c) => [
    because(c, `${Server(c)} is overloaded and refused the request without applying it`),
    'Wait a little and try again; many open requests of all clients together cause this.',
  ],

  // Zoolens's
  BadPath: (c) => [
    because(c, c.path === undefined ? 'That is no path of a znode' : `${JSON.stringify(c.path)} is no path of a znode`),
    'A path looks like /a/b: it starts with a slash, and has no empty part and no slash at its end.',
  ],
  BadRequest: (c) => [because(c, 'The request is not valid'), 'Correct what it names and send it again.'],
  UnknownCluster: (c) => [
    because(c, 'Zoolens has no such cluster'),
    'Choose one from the list of clusters; their ids are set in the configuration of Zoolens.',
  ],
  NotFound: (c) => [
    because(c, 'There is nothing at this address'),
    'Check the link, or start from the list of clusters.',
  ],
  Forbidden: (c) => [
    because(c, 'Zoolens does not allow you this'),
    'Ask whoever runs Zoolens; the request must come from its own page, and may need another role.',
  ],
  ReadOnly: (c) => [
    because(c, 'This cluster is read-only in Zoolens; nothing was written'),
    'To write, unset ZOOLENS_READ_ONLY or the readOnly flag of the cluster, and restart Zoolens.',
  ],
  TooLarge: (c) => [
    because(c, c.path === undefined ? 'That is too large' : `That is too large for ${c.path}`),
    'ZooKeeper takes just under 1 MiB in one request unless jute.maxbuffer says otherwise; keep large data elsewhere.',
  ],
  ReplyTooLarge: (c) => [
    because(c, c.path === undefined ? 'The answer is too large' : `What is asked of ${c.path} is too large`),
    'Raise maxReplyMegabytes of this cluster in the configuration of Zoolens if the ensemble and this machine can bear it. It is not tried again by itself.',
  ],
  OverwroteRecreated: (c) => [
    `${Node(c)} was deleted and created anew in the very moment of saving: your value was written to the new one, over its creator’s.`,
    'ZooKeeper cannot check for this. Tell whoever created it: the first value of the new znode is gone.',
  ],
  Recreated: (c) => [
    `${Node(c)} was deleted and created anew since you loaded it; nothing was written.`,
    'It is another znode with the same path: load it and look at it before you change it.',
  ],
  NotText: (c) => [
    because(c, `${Node(c)} does not hold text that survives editing byte for byte`),
    'See its bytes in the hex view; download it, change the file, and upload that.',
  ],
  Unreachable: (c) => [
    because(c, `No connection to ${server(c)}`),
    'Check that the servers run, that their client port is right, and that no firewall is in between.',
  ],
  HostUnknown: (c) => [
    because(c, `The host name of ${server(c)} is not known here`),
    'Check the spelling in the connect string and the DNS of the machine that runs Zoolens.',
  ],
  NotZooKeeper: (c) => [
    because(c, `${Server(c)} answers, but not as ZooKeeper does`),
    'Check the port: the client port is wanted (usually 2181), not the quorum, TLS, AdminServer or another service’s port.',
  ],
  NoQuorum: (c) => [
    because(c, `${Server(c)} runs but does not serve us: it knows no leader`),
    'A majority of the servers must be up and reach one another; see which of them are down.',
  ],
  TurnedAway: (c) => [
    because(c, `${Server(c)} closes our connections without an answer`),
    'Most likely it has too many connections (maxClientCnxns, maxCnxns, a connection throttle): its log says. Zoolens tries again ever more slowly.',
  ],
  TlsExpected: (c) => [
    because(c, `${Server(c)} speaks TLS on this port, and Zoolens did not`),
    'Give this cluster a tls section in the configuration of Zoolens, or name the plain client port in the connect string.',
  ],
  TlsNotSpoken: (c) => [
    because(c, `${Server(c)} does not speak TLS on this port`),
    'Name its secureClientPort in the connect string, or leave out the tls section of this cluster.',
  ],
  TlsNameMismatch: (c) => [
    because(c, `The certificate of ${server(c)} was made for another name`),
    'Connect by a name that it carries, set tls.serverName to that name, or give the server a certificate with this name.',
  ],
  TlsUntrusted: (c) => [
    because(c, `The certificate of ${server(c)} comes from nobody that Zoolens trusts`),
    'Set tls.caFile of this cluster to the certificate of the authority that signed it; if you know of none, somebody may be in between.',
  ],
  TlsExpired: (c) => [
    because(c, `The certificate of ${server(c)} is not valid today`),
    'Renew it on the server, and check the clocks of both machines.',
  ],
  TlsClientRefused: (c) => [
    because(c, `${Server(c)} refused the certificate of Zoolens, or the lack of one`),
    'Set tls.certFile and tls.keyFile of this cluster to a certificate that the server’s trust store accepts and that has not expired.',
  ],
  TlsFailed: (c) => [
    because(c, `No TLS connection to ${server(c)}`),
    'Check the PEM files of this cluster, and which protocols and ciphers the server allows: Zoolens speaks TLS 1.2 and 1.3.',
  ],
  ChrootMissing: (c) => [
    because(
      c,
      c.path === undefined ? 'The chroot of the connect string does not exist' : `The chroot ${c.path} does not exist`,
    ),
    'Create that znode, or correct the part behind the slash in the connect string.',
  ],
  Busy: (c) => [
    because(c, 'Zoolens has too many requests to this ensemble open already'),
    'It does so to spare the ensemble; try again in a few seconds.',
  ],
  Aborted: () => ['The request was cancelled.', 'Start it again if it is still wanted.'],
  Closed: (c) => [
    because(c, `The session with ${server(c)} is closed`),
    'Reload the page; Zoolens opens a session when one is needed.',
  ],
  UnknownOutcome: (c) => [
    because(c, `The connection broke while ${node(c)} was written: it may or may not have been applied`),
    'Look at what it holds now before you write again.',
  ],
  Internal: (c) => [
    because(c, 'Zoolens failed at this'),
    'Its log has the cause; try again, and report it when it repeats.',
  ],
}
