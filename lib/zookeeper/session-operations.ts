import type { AclEntry } from '@/lib/znode/acl'
import type { DynamicConfig } from '@/lib/znode/dynamic-config'
import type { Stat } from '@/lib/znode/stat'
import type { ZooKeeperError } from './errors'
import type { RequestOptions, WatchMode } from './session'

/**
 * What can be asked of a session. Every method rejects with a ZooKeeperError; what the server at hand is too old for is
 * refused as Unimplemented without being sent, because a server ends the session that asks for something unknown.
 */
export interface SessionOperations {
  exists(path: string, options?: RequestOptions): Promise<Stat | null>
  /** data is null when the znode was created with null data, which is not the same as empty. */
  getData(path: string, options?: RequestOptions): Promise<{ readonly data: Buffer | null; readonly stat: Stat }>
  /** names are in the server's order, which means nothing: sort them. */
  getChildren(path: string, options?: RequestOptions): Promise<{ readonly names: string[]; readonly stat: Stat }>
  /** The hash of a digest entry is "x" unless the session has ADMIN: such a list must never be written back. */
  getAcl(path: string, options?: RequestOptions): Promise<{ readonly acl: AclEntry[]; readonly stat: Stat }>
  /**
   * version is the aversion that the caller saw; -1 means any and is sent only when a person asked for it. What is kept
   * may differ from what was sent: the server drops duplicates and puts the session's identities in the place of "auth".
   */
  setAcl(path: string, acl: readonly AclEntry[], version: number, options?: RequestOptions): Promise<Stat>
  /** version is the one that the caller saw; -1 means any and is sent only when a person asked for it. */
  setData(path: string, data: Buffer | null, version: number, options?: RequestOptions): Promise<Stat>
  /** Its ancestors must exist; see {@link Created} for the stat that some servers do not give. */
  create(path: string, data: Buffer | null, options?: CreateOptions): Promise<Created>
  /** Returns the zxid of the delete. */
  delete(path: string, version: number, options?: RequestOptions): Promise<{ readonly zxid: bigint }>
  /** Rejects with NoNode or BadVersion; version -1 only asks whether it is there. The leader decides, not our server. */
  check(path: string, version: number, options?: RequestOptions): Promise<void>
  /**
   * All or nothing, in one transaction. Rejects with a ZooKeeperError whose `failedOperation` is the index of the
   * operation that failed, and whose `fates` tell of each one whether it passed, failed or was not tried: with an
   * operation at the end that cannot pass this is a dry run, which writes nothing.
   */
  multi(operations: readonly Operation[], options?: RequestOptions): Promise<OperationResult[]>
  /** Reads in one request; each has its own result or its own error. 3.6 and newer. */
  multiRead(reads: readonly Read[], options?: RequestOptions): Promise<ReadResult[]>
  /** Waits until the server we are connected to has caught up with the leader. */
  sync(path: string, options?: RequestOptions): Promise<void>

  /**
   * Takes this session's watches of one kind on a path from the server, whoever asked for them: their listeners hear
   * nothing any more. Resolves with false when there was none. To end one's own watch use its handle. 3.5 and newer.
   */
  removeWatches(path: string, kind: WatchKind, options?: RequestOptions): Promise<boolean>
  /**
   * Whether the server holds a watch of this session. From 3.6 to 3.8 true may also mean that another session watches
   * the path (WatchManager.containsWatcher asks whether anybody does); false can be relied on. 3.5 and newer.
   */
  checkWatches(path: string, kind: WatchKind, options?: RequestOptions): Promise<boolean>

  /** Who the server takes us for, every identity of the session. 3.7 and newer. */
  whoAmI(options?: RequestOptions): Promise<Identity[]>
  /**
   * The ephemeral znodes of this session whose path starts with `prefix` as text: "/a" finds "/ab" too, "/" all below
   * the chroot. In no order. 3.6 and newer.
   */
  getEphemerals(prefix: string, options?: RequestOptions): Promise<string[]>
  /**
   * ZooKeeper's getAllChildrenNumber: how many znodes there are below, at any depth, the znode itself not counted.
   * Expensive: the server compares the path of every znode that it has, whatever the answer. 3.6 and newer.
   */
  countDescendantsByFullScan(path: string, options?: RequestOptions): Promise<number>
  /** /zookeeper/config, which lies outside every chroot; without servers on a standalone one. 3.5 and newer. */
  getConfig(options?: RequestOptions): Promise<EnsembleConfig>
  /**
   * Changes the members of the ensemble; resolves when the new configuration is in force. The servers must have
   * reconfigEnabled=true, and we the right to write /zookeeper/config. 3.5 and newer.
   */
  reconfig(change: Reconfiguration, options?: RequestOptions): Promise<EnsembleConfig>
}

export type CreateMode =
  | 'persistent'
  | 'ephemeral'
  | 'persistent-sequential'
  | 'ephemeral-sequential'
  /** Deleted by the server once its last child is gone; 3.5.1 and newer. */
  | 'container'
  | TtlMode

/** Deleted by the server when it has no children and was not changed for its ttl; 3.5.3 and newer, if switched on there. */
type TtlMode = 'ttl' | 'ttl-sequential'

type ModeOptions =
  | { readonly mode?: Exclude<CreateMode, TtlMode>; readonly ttlMs?: never }
  /** Milliseconds, 1 to 0xffffffffff (34 years). */
  | { readonly mode: TtlMode; readonly ttlMs: number }

export type CreateOptions = RequestOptions & ModeOptions & { readonly acl?: readonly AclEntry[] }

export interface Created {
  /** With the number of a sequential znode. */
  readonly path: string
  /**
   * As the create left it. null from servers that answer with the path alone: before 3.5, and in a multi before 3.7.2,
   * 3.8.2 and 3.9.0, containers and TTL znodes excepted (ZOOKEEPER-4026). Reading it afterwards would give that moment's,
   * perhaps of another znode.
   */
  readonly stat: Stat | null
}

/** What a create makes, alone or in a multi. */
export type Creation = ModeOptions & {
  readonly path: string
  readonly data: Buffer | null
  readonly acl?: readonly AclEntry[]
}

export type Operation =
  | ({ readonly type: 'create' } & Creation)
  | { readonly type: 'set'; readonly path: string; readonly data: Buffer | null; readonly version: number }
  | { readonly type: 'delete'; readonly path: string; readonly version: number }
  | { readonly type: 'check'; readonly path: string; readonly version: number }

export type OperationResult =
  | ({ readonly type: 'create' } & Created)
  | { readonly type: 'set'; readonly stat: Stat }
  | { readonly type: 'delete' }
  | { readonly type: 'check' }

export interface Read {
  readonly type: 'getData' | 'getChildren'
  readonly path: string
}

export type ReadResult =
  | { readonly type: 'getData'; readonly data: Buffer | null; readonly stat: Stat }
  /** Without a stat: ZooKeeper gives none here. */
  | { readonly type: 'getChildren'; readonly names: string[] }
  | { readonly type: 'error'; readonly error: ZooKeeperError }

/** 'persistent' and 'recursive' alone are known to 3.9 and newer; 'children' and 'data' are one-shot ones. */
export type WatchKind = 'children' | 'data' | 'any' | WatchMode

/** Source: zookeeper.jute, class ClientInfo. */
export interface Identity {
  readonly scheme: string
  /** Such as "127.0.0.1" of ip; the name alone, without a hash, of digest. */
  readonly id: string
}

export interface EnsembleConfig {
  readonly config: DynamicConfig
  readonly stat: Stat
}

/** `fromVersion` is the version of the configuration that the caller saw; -1n means any, only when a person asked for it. */
export type Reconfiguration = { readonly fromVersion: bigint } & (
  | {
      /** "server.4=host:2888:3888:participant;2181" each; an id that is there already is replaced. */
      readonly joining: readonly string[]
      /** Ids, such as "3". */
      readonly leaving: readonly string[]
    }
  /** All servers of the new configuration, in the form of `joining`. */
  | { readonly members: readonly string[] }
)
