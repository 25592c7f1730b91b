import type { ErrorCode } from '@/lib/znode/app-error'
import { because, Node, node, type Sentences, Server, server } from './error-words'

/** The codes of ZooKeeper's own (KeeperException.Code). */
export const ZOOKEEPER_ERRORS = {
  SystemError: (c) => [
    because(c, `${Server(c)} reported a system error`),
    'Look into the log of that ZooKeeper server; a full or failing disk is the usual reason.',
  ],
  RuntimeInconsistency: (c) => [
    because(c, 'The transaction was not applied, because another operation in it failed'),
    'Nothing was changed; mend the operation that failed and send the whole transaction again.',
  ],
  // No server sends it; it is how we call one that is behind what it or another has told before.
  DataInconsistency: (c) => [
    because(c, `${Server(c)} is behind what was read before`),
    'A server that lags catches up by itself. If most of them stay behind, the ensemble was restored from an older snapshot; Zoolens then says so and reads everything anew.',
  ],
  ConnectionLoss: (c) =>
    c.path === undefined
      ? [
          because(c, `The connection to ${server(c)} was lost`),
          'Zoolens connects again by itself, to the next server first. If it breaks again and again, the log of the server says why.',
        ]
      : [
          because(c, `The connection to ${server(c)} was lost before the answer came`),
          'A read is safe to try again. After a write look at the znode first: it may or may not have been applied.',
        ],
  MarshallingError: (c) => [
    because(c, `${Server(c)} and Zoolens did not understand each other`),
    'Its log says what it refused: a request above its jute.maxbuffer, most often. A proxy in between, or a server that only resembles ZooKeeper, does this too.',
  ],
  Unimplemented: (c) => [
    because(c, `${Server(c)} cannot do this`),
    'Upgrade the servers; or, where the version would do, switch the feature on, such as extendedTypesEnabled=true for TTL znodes.',
  ],
  OperationTimeout: (c) => [
    because(c, `${Server(c)} did not answer in time`),
    'It may be overloaded, paused or cut off: try again. When this repeats, see its latency and outstanding requests (srvr, mntr) and its disk.',
  ],
  BadArguments: (c) => [
    because(c, 'ZooKeeper refused the arguments of the request'),
    'Check the path and the values; servers refuse like this, too, what only newer ones know.',
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
    // DigestAuthenticationProvider.handleAuthentication takes whatever it is given.
    'Give Zoolens credentials that the ACL names (for creating and deleting: the ACL of the parent). If it has some, check the password: servers take any digest credentials and compare them only here.',
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
    because(c, `The session of Zoolens with ${server(c)} has expired`),
    'Nobody else’s session is meant. Zoolens opens a new one and reads everything again; after a write look at the znode before you repeat it.',
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
    'Correct them in the entry of this ensemble in ZOOLENS_CONFIG and restart Zoolens. The log of the server says what it disliked: a SASL name or password, or a scheme that it does not have.',
  ],
  SessionMoved: (c) => [
    because(c, 'The session has moved to another server, which now answers for it'),
    'Try again in a moment: Zoolens connects anew. If this repeats, something between it and the servers switches connections: connect to each server by its own name.',
  ],
  NotReadOnly: (c) => [
    because(c, `${Server(c)} has lost its quorum and serves reads only`),
    'Nothing can be written until a majority of the servers is back; see which of them are down.',
  ],
  EphemeralOnLocalSession: (c) => [
    because(c, 'An ephemeral znode cannot be created in a local session'),
    'Set localSessionsUpgradingEnabled=true on the servers, or create a persistent znode.',
  ],
  NoWatcher: (c) => [
    because(c, `The server holds no such watch on ${node(c)}`),
    'It is gone already; the view reads everything again by itself.',
  ],
  RequestTimeout: (c) => [
    because(c, `${Server(c)} gave up the request because it took too long`),
    'A large list does that to a loaded server: try again later, or open a smaller folder.',
  ],
  ReconfigDisabled: (c) => [
    because(c, 'Reconfiguration is switched off on the servers'),
    'Set reconfigEnabled=true in their configuration, or change the members by a rolling restart.',
  ],
  SessionClosedRequireSaslAuth: (c) => [
    because(c, `${Server(c)} closed the session because it demands SASL authentication`),
    'Give the entry of this ensemble in ZOOLENS_CONFIG SASL credentials: the servers run with sessionRequireClientSASLAuth=true or enforce.auth.enabled=true.',
  ],
  QuotaExceeded: (c) => [
    because(c, `The quota above ${node(c)} is used up; nothing was written`),
    'Free znodes or bytes below the path that has the quota, or raise it (see listquota in zkCli).',
  ],
  ThrottledOp: (c) => [
    because(c, `${Server(c)} is overloaded and refused the request without applying it`),
    'Try again in a few seconds. If this repeats, find the client that floods it, or raise request_throttle_max_requests and throttled_op_wait_time.',
  ],
} as const satisfies Partial<Record<ErrorCode, Sentences>>
