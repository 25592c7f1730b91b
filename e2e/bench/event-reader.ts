import { type Agent, get, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import type { LiveMessage } from '@/lib/live/protocol'
import type { ChildrenResponse, NodeResponse } from '@/lib/queries/responses'
import { CLUSTER } from './lab'

/** A browser reads what changed again at most ten times a second. */
const READ_AGAIN_MS = 100
const ROWS_ON_SCREEN = 40

/** What one browser asks and hears, without the browser: a stream, an open folder with stats, one znode followed. */
export class EventReader {
  changes = 0
  /** The data of the followed znode, base64, as read last. */
  data: string | null = null
  failures = 0
  readonly #stream = crypto.randomUUID()
  #response: IncomingMessage | null = null
  #reading = false
  #wanted = false
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly url: string,
    private readonly agent: Agent,
    private readonly folder: string,
    readonly node: string,
  ) {}

  /** Resolves when everything is shown and followed. */
  async open(): Promise<void> {
    const response = await answerOf(`${this.url}/api/events?stream=${this.#stream}`)
    this.#response = response
    response.on('error', () => undefined)
    createInterface({ input: response }).on('line', (line) => {
      if (line.startsWith('data: ')) this.#hear(JSON.parse(line.slice(6)) as LiveMessage)
    })
    const { names } = await this.#read<ChildrenResponse>('children', { path: this.folder, count: '512' })
    const stats = new URLSearchParams({ path: this.folder, viewer: this.#viewer })
    for (const name of names.slice(0, ROWS_ON_SCREEN)) stats.append('name', name)
    await this.#json(`stats?${stats}`)
    await this.#readNode()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#response?.destroy()
  }

  get #viewer(): string {
    return `${this.#stream}.tab`
  }

  #hear(message: LiveMessage): void {
    if (message.type !== 'changes') return
    this.changes++
    if (message.nodes.some(({ path }) => path === this.node)) this.#readAgain()
  }

  #readAgain(): void {
    this.#wanted = true
    if (this.#reading) return
    this.#reading = true
    this.#wanted = false
    void this.#readNode()
      .catch(() => void this.failures++)
      .finally(() => {
        this.#timer = setTimeout(() => {
          this.#reading = false
          if (this.#wanted) this.#readAgain()
        }, READ_AGAIN_MS)
      })
  }

  async #readNode(): Promise<void> {
    this.data = (await this.#read<NodeResponse>('node', { path: this.node })).data
  }

  #read<T>(what: string, query: Record<string, string>): Promise<T> {
    return this.#json<T>(`${what}?${new URLSearchParams({ ...query, viewer: this.#viewer })}`)
  }

  async #json<T>(request: string): Promise<T> {
    const response = await answerOf(`${this.url}/api/clusters/${CLUSTER}/${request}`, this.agent)
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) text += chunk
    if (response.statusCode !== 200) throw new Error(`${request}: ${response.statusCode} ${text}`)
    return JSON.parse(text) as T
  }
}

function answerOf(url: string, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent: agent ?? false }, resolve).on('error', reject)
  })
}
