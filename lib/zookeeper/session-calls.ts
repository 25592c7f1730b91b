import type { AclEntry } from '@/lib/znode/acl'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError } from './errors'
import type { Operations } from './operations'
import type { Requests } from './requests'
import type { RequestOptions } from './session'
import type * as port from './session-operations'

/** The operations of the port: what each asks of the server, as one request in the order of the calls. */
export abstract class SessionCalls implements port.SessionOperations {
  protected abstract readonly operations: Operations
  protected abstract readonly requests: Requests
  /** The server holds them no longer: what listened there hears nothing any more. */
  protected abstract forgetWatches(path: string, kind: port.WatchKind): void

  async exists(path: string, options?: RequestOptions): Promise<Stat | null> {
    try {
      return await this.requests.submit(this.operations.exists(path), options)
    } catch (error) {
      if (isZooKeeperError(error) && error.code === 'NoNode') return null
      throw error
    }
  }

  getData(path: string, options?: RequestOptions): ReturnType<port.SessionOperations['getData']> {
    return this.requests.submit(this.operations.getData(path), options)
  }

  getChildren(path: string, options?: RequestOptions): ReturnType<port.SessionOperations['getChildren']> {
    return this.requests.submit(this.operations.getChildren(path), options)
  }

  getAcl(path: string, options?: RequestOptions): ReturnType<port.SessionOperations['getAcl']> {
    return this.requests.submit(this.operations.getAcl(path), options)
  }

  setData(path: string, data: Buffer | null, version: number, options?: RequestOptions): Promise<Stat> {
    return this.requests.submit(this.operations.setData(path, data, version), options)
  }

  setAcl(path: string, acl: readonly AclEntry[], version: number, options?: RequestOptions): Promise<Stat> {
    return this.requests.submit(this.operations.setAcl(path, acl, version), options)
  }

  create(path: string, data: Buffer | null, options: port.CreateOptions = {}): Promise<port.Created> {
    return this.requests.submit(this.operations.create({ ...options, path, data }), options)
  }

  delete(path: string, version: number, options?: RequestOptions): ReturnType<port.SessionOperations['delete']> {
    return this.requests.submit(this.operations.delete(path, version), options)
  }

  async check(path: string, version: number, options?: RequestOptions): Promise<void> {
    await this.requests.submit(this.operations.check(path, version), options)
  }

  async multi(operations: readonly port.Operation[], options?: RequestOptions): Promise<port.OperationResult[]> {
    const [first, ...others] = operations
    if (first === undefined) return []
    return this.requests.submit(this.operations.multi([first, ...others]), options)
  }

  async sync(path: string, options?: RequestOptions): Promise<void> {
    await this.requests.submit(this.operations.sync(path), options)
  }

  async multiRead(reads: readonly port.Read[], options?: RequestOptions): Promise<port.ReadResult[]> {
    const [first, ...others] = reads
    if (first === undefined) return []
    return this.requests.submit(this.operations.multiRead([first, ...others]), options)
  }

  removeWatches(path: string, kind: port.WatchKind, options?: RequestOptions): Promise<boolean> {
    const removed = () => this.forgetWatches(path, kind)
    return isThere(this.requests.submit(this.operations.removeWatches(path, kind, removed), options))
  }

  checkWatches(path: string, kind: port.WatchKind, options?: RequestOptions): Promise<boolean> {
    return isThere(this.requests.submit(this.operations.checkWatches(path, kind), options))
  }

  whoAmI(options?: RequestOptions): Promise<port.Identity[]> {
    return this.requests.submit(this.operations.whoAmI(), options)
  }

  getEphemerals(prefix: string, options?: RequestOptions): Promise<string[]> {
    return this.requests.submit(this.operations.getEphemerals(prefix), options)
  }

  countDescendantsByFullScan(path: string, options?: RequestOptions): Promise<number> {
    return this.requests.submit(this.operations.getAllChildrenNumber(path), options)
  }

  getConfig(options?: RequestOptions): Promise<port.EnsembleConfig> {
    return this.requests.submit(this.operations.config(), options)
  }

  reconfig(change: port.Reconfiguration, options?: RequestOptions): Promise<port.EnsembleConfig> {
    return this.requests.submit(this.operations.reconfig(change), options)
  }
}

/** false for a watch that the server does not hold. */
async function isThere(answer: Promise<void>): Promise<boolean> {
  try {
    await answer
    return true
  } catch (error) {
    if (isZooKeeperError(error) && error.code === 'NoWatcher') return false
    throw error
  }
}
