import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError } from './errors'
import type { Operations } from './operations'
import type { Requests } from './requests'
import type * as port from './session'

/** The operations of the port: what each asks of the server, as one request in the order of the calls. */
export abstract class SessionCalls {
  protected abstract readonly operations: Operations
  protected abstract readonly requests: Requests

  async exists(path: string, options?: port.RequestOptions): Promise<Stat | null> {
    try {
      return await this.requests.submit(this.operations.exists(path), options)
    } catch (error) {
      if (isZooKeeperError(error) && error.code === 'NoNode') return null
      throw error
    }
  }

  getData(path: string, options?: port.RequestOptions): ReturnType<port.Session['getData']> {
    return this.requests.submit(this.operations.getData(path), options)
  }

  getChildren(path: string, options?: port.RequestOptions): ReturnType<port.Session['getChildren']> {
    return this.requests.submit(this.operations.getChildren(path), options)
  }

  getAcl(path: string, options?: port.RequestOptions): ReturnType<port.Session['getAcl']> {
    return this.requests.submit(this.operations.getAcl(path), options)
  }

  setData(path: string, data: Buffer | null, version: number, options?: port.RequestOptions): Promise<Stat> {
    return this.requests.submit(this.operations.setData(path, data, version), options)
  }

  create(path: string, data: Buffer | null, options: port.CreateOptions = {}): ReturnType<port.Session['create']> {
    return this.requests.submit(this.operations.create(path, data, options), options)
  }

  delete(path: string, version: number, options?: port.RequestOptions): ReturnType<port.Session['delete']> {
    return this.requests.submit(this.operations.delete(path, version), options)
  }

  async multi(operations: readonly port.Operation[], options?: port.RequestOptions): Promise<port.OperationResult[]> {
    const [first, ...others] = operations
    if (first === undefined) return []
    return this.requests.submit(this.operations.multi([first, ...others]), options)
  }

  async sync(path: string, options?: port.RequestOptions): Promise<void> {
    await this.requests.submit(this.operations.sync(path), options)
  }
}
