import type { AclEntry } from '@/lib/znode/acl'
import type { Stat } from '@/lib/znode/stat'
import { assertPath, fromServerPath, parentOf, toServerPath } from './chroot'
import { createFeature, createOpcode, explainCreate, readCreated, writeCreate } from './create'
import type { JuteReader, JuteWriter } from './jute'
import { multiRequest } from './multi'
import { multiReadRequest } from './multi-read'
import { OPCODE, WATCHER_TYPE } from './opcodes'
import { configRequest, reconfigRequest } from './reconfig'
import { readAcl, readIdentities, readNames, readPath, readStat, writeAcl } from './records'
import type { Request, RequestFor, Slices } from './request'
import type {
  Created,
  Creation,
  EnsembleConfig,
  Identity,
  Operation,
  OperationResult,
  Read,
  ReadResult,
  Reconfiguration,
  WatchKind,
} from './session-operations'

/**
 * What each operation of the port says and understands on the wire, for sessions below one chroot ('' for none).
 * Every `encode` throws ZooKeeperError BadPath for a path that cannot be sent.
 */
export class Operations {
  constructor(private readonly chroot: string) {}

  /** `watch` sets a one-shot watch together with the read. */
  exists(path: string, watch = false): Request<Stat> {
    return this.#read(OPCODE.exists, path, readStat, watch)
  }

  getData(path: string): Request<{ readonly data: Buffer | null; readonly stat: Stat }> {
    const read = this.#read(OPCODE.getData, path, function* (reader) {
      return { data: yield* reader.bufferInSlices(), stat: readStat(reader) }
    })
    return { ...read, large: true }
  }

  /** `watch` sets a one-shot watch together with the read. */
  getChildren(path: string, watch = false): Request<{ readonly names: string[]; readonly stat: Stat }> {
    function* decode(reader: JuteReader) {
      return { names: yield* readNames(reader), stat: readStat(reader) }
    }
    return { ...this.#read(OPCODE.getChildren2, path, decode, watch), large: true }
  }

  getAcl(path: string): Request<{ readonly acl: AclEntry[]; readonly stat: Stat }> {
    const decode = (reader: JuteReader) => ({ acl: readAcl(reader), stat: readStat(reader) })
    return { opcode: OPCODE.getAcl, path, encode: (writer) => writer.string(this.#wire(path)), decode }
  }

  sync(path: string): Request<string> {
    return { opcode: OPCODE.sync, path, encode: (writer) => writer.string(this.#wire(path)), decode: readPath }
  }

  setData(path: string, data: Buffer | null, version: number): Request<Stat> {
    const encode = (writer: JuteWriter) => writer.string(this.#wire(path)).buffer(data).int(version)
    return { opcode: OPCODE.setData, path, write: true, encode, decode: readStat }
  }

  setAcl(path: string, acl: readonly AclEntry[], version: number): Request<Stat> {
    const encode = (writer: JuteWriter) => {
      writeAcl(writer.string(this.#wire(path)), acl)
      writer.int(version)
    }
    return { opcode: OPCODE.setAcl, path, write: true, encode, decode: readStat }
  }

  delete(path: string, version: number): Request<{ readonly zxid: bigint }> {
    const encode = (writer: JuteWriter) => writer.string(this.#wire(path)).int(version)
    return { opcode: OPCODE.delete, path, write: true, encode, decode: (_, zxid) => ({ zxid }) }
  }

  create(creation: Creation): RequestFor<Created> {
    const { path } = creation
    return (features) => {
      const opcode = createOpcode(creation, features)
      return {
        opcode,
        path,
        needs: parentOf(path) ?? path,
        feature: createFeature(creation),
        explain: explainCreate(creation),
        write: true,
        encode: (writer) => writeCreate(writer, creation, this.chroot),
        decode: (reader) => readCreated(reader, opcode !== OPCODE.create, this.chroot),
      }
    }
  }

  multi(operations: readonly [Operation, ...Operation[]]): RequestFor<OperationResult[]> {
    return (features) => multiRequest(operations, this.chroot, features)
  }

  /** In a transaction of its own, which changes nothing: clients of ZooKeeper send no check alone. */
  check(path: string, version: number): RequestFor<OperationResult[]> {
    return (features) => ({ ...multiRequest([{ type: 'check', path, version }], this.chroot, features), write: false })
  }

  multiRead(reads: readonly [Read, ...Read[]]): Request<ReadResult[]> {
    return multiReadRequest(reads, this.chroot)
  }

  /** `removed` is called in the order of the answers. */
  removeWatches(path: string, kind: WatchKind, removed: () => void): Request<void> {
    return { ...this.#watches(OPCODE.removeWatches, path, kind), decode: removed, late: removed }
  }

  checkWatches(path: string, kind: WatchKind): Request<void> {
    return this.#watches(OPCODE.checkWatches, path, kind)
  }

  whoAmI(): Request<Identity[]> {
    return { opcode: OPCODE.whoAmI, path: '/', feature: 'whoAmI', encode: () => undefined, decode: readIdentities }
  }

  getEphemerals(prefix: string): Request<string[]> {
    const { chroot } = this
    return {
      opcode: OPCODE.getEphemerals,
      path: prefix,
      feature: 'getEphemerals',
      large: true,
      encode: (writer) => writer.string(this.#wire(prefix)),
      decode: function* (reader) {
        const paths = yield* readNames(reader)
        // To the server the chroot is the beginning of a text: "/app" finds what lies below "/apple" too.
        return paths.map((path) => fromServerPath(chroot, path)).filter((path) => path !== null)
      },
    }
  }

  getAllChildrenNumber(path: string): Request<number> {
    const encode = (writer: JuteWriter) => writer.string(this.#wire(path))
    const decode = (reader: JuteReader) => reader.int()
    return { opcode: OPCODE.getAllChildrenNumber, path, feature: 'getEphemerals', encode, decode }
  }

  config(): Request<EnsembleConfig> {
    return configRequest()
  }

  reconfig(change: Reconfiguration): Request<EnsembleConfig> {
    return reconfigRequest(change)
  }

  #read<T>(opcode: number, path: string, decode: (reader: JuteReader) => T | Slices<T>, watch = false): Request<T> {
    return { opcode, path, encode: (writer) => writer.string(this.#wire(path)).bool(watch), decode }
  }

  #watches(opcode: number, path: string, kind: WatchKind): Request<void> {
    return {
      opcode,
      path,
      feature: kind === 'persistent' || kind === 'recursive' ? 'watcherTypes' : 'create2',
      encode: (writer) => writer.string(this.#wire(path)).int(WATCHER_TYPE[kind]),
      decode: () => undefined,
    }
  }

  /** The path as it goes out. @throws ZooKeeperError BadPath. */
  #wire(path: string): string {
    assertPath(path)
    return toServerPath(this.chroot, path)
  }
}
