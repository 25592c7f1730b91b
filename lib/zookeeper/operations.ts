import { type AclEntry, OPEN_ACL } from '@/lib/znode/acl'
import type { Stat } from '@/lib/znode/stat'
import { assertPath, fromServerPath, parentOf, toServerPath } from './chroot'
import type { JuteReader, JuteWriter } from './jute'
import { readMulti, writeMulti } from './multi'
import { CREATE_FLAGS, OPCODE } from './opcodes'
import { readAcl, readNames, readPath, readStat, writeAcl } from './records'
import type { Request, Slices } from './requests'
import type { CreateMode, CreateOptions, Operation, OperationResult } from './session'

/**
 * What each operation of the port says and understands on the wire, for sessions below one chroot ('' for none).
 * Every `encode` throws ZooKeeperError BadPath for a path that cannot be sent.
 */
export class Operations {
  constructor(private readonly chroot: string) {}

  exists(path: string): Request<Stat> {
    return this.#read(OPCODE.exists, path, readStat)
  }

  getData(path: string): Request<{ readonly data: Buffer | null; readonly stat: Stat }> {
    return this.#read(OPCODE.getData, path, (reader) => ({ data: reader.buffer(), stat: readStat(reader) }))
  }

  getChildren(path: string): Request<{ readonly names: string[]; readonly stat: Stat }> {
    return this.#read(OPCODE.getChildren2, path, function* (reader) {
      return { names: yield* readNames(reader), stat: readStat(reader) }
    })
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

  delete(path: string, version: number): Request<{ readonly zxid: bigint }> {
    const encode = (writer: JuteWriter) => writer.string(this.#wire(path)).int(version)
    return { opcode: OPCODE.delete, path, write: true, encode, decode: (_, zxid) => ({ zxid }) }
  }

  create(
    path: string,
    data: Buffer | null,
    { mode = 'persistent', acl = OPEN_ACL }: CreateOptions,
  ): Request<{ readonly path: string; readonly stat: Stat }> {
    return {
      // create2 (3.5 and newer) answers with the stat, so that nobody has to read it and get another one.
      opcode: OPCODE.create2,
      path,
      needs: parentOf(path) ?? path,
      write: true,
      encode: (writer) => {
        writer.string(this.#wire(path, mode)).buffer(data)
        writeAcl(writer, acl)
        writer.int(CREATE_FLAGS[mode])
      },
      decode: (reader) => {
        const created = readPath(reader)
        return { path: fromServerPath(this.chroot, created) ?? created, stat: readStat(reader) }
      },
    }
  }

  multi(operations: readonly [Operation, ...Operation[]]): Request<OperationResult[]> {
    return {
      opcode: OPCODE.multi,
      path: operations[0].path,
      write: true,
      encode: (writer) => {
        for (const operation of operations) this.#wire(operation.path, 'mode' in operation ? operation.mode : undefined)
        writeMulti(writer, operations, this.chroot)
      },
      decode: (reader) => readMulti(reader, operations, this.chroot),
    }
  }

  #read<T>(opcode: number, path: string, decode: (reader: JuteReader) => T | Slices<T>): Request<T> {
    // The flag asks for a one-shot watch, which is never used: persistent ones say the same without a gap between an
    // event and the next read.
    return { opcode, path, encode: (writer) => writer.string(this.#wire(path)).bool(false), decode }
  }

  /** The path as it goes out. @throws ZooKeeperError BadPath. */
  #wire(path: string, mode?: CreateMode): string {
    // The name of a sequential znode may be its number alone: "/queue/" becomes "/queue/0000000000".
    assertPath(mode?.endsWith('sequential') === true ? `${path}0` : path)
    return toServerPath(this.chroot, path)
  }
}
