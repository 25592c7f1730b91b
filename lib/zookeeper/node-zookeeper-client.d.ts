/**
 * The part of node-zookeeper-client 1.1.3 that the transport builds on. The package has no types of its own, and those
 * of DefinitelyTyped do not reach its inner modules. The version is pinned exactly: these members are private to it.
 */
declare module 'node-zookeeper-client/lib/ConnectionManager.js' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  interface Server {
    readonly host: string
    readonly port: number
  }

  class ConnectionManager extends EventEmitter {
    static readonly STATES: {
      readonly DISCONNECTED: 0
      readonly CONNECTING: 1
      readonly CONNECTED: 2
      readonly CONNECTED_READ_ONLY: 3
      readonly CLOSING: -1
      readonly CLOSED: -2
      readonly SESSION_EXPIRED: -3
      readonly AUTHENTICATION_FAILED: -4
    }
    constructor(
      connectionString: string,
      options: { sessionTimeout: number; spinDelay: number },
      stateListener: (state: number) => void,
    )
    protected servers: readonly Server[]
    protected state: number
    /** undefined before the first attempt. */
    protected socket: Socket | undefined
    protected sessionId: Buffer
    protected sessionPassword: Buffer
    protected sessionTimeout: number
    protected connectTimeout: number
    protected connectTimeoutHandler: NodeJS.Timeout | null

    /** Finds a server, opens a socket to it and attaches the onSocket... methods. */
    connect(): void
    protected setState(state: number): void
    protected updateTimeout(sessionTimeout: number): void
    protected findNextServer(callback: (server: Server) => void): void
    protected onSocketConnected(): void
    protected onSocketConnectTimeout(): void
    protected onSocketData(chunk: Buffer): void
    protected onSocketDrain(): void
    protected onSocketError(error: Error): void
    /** Calls connect() again unless the state says that the session is over. */
    protected onSocketClosed(hadError: boolean): void
  }

  export = ConnectionManager
}
