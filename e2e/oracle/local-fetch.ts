/**
 * Browser code asks for "/api/...": here such a request goes to the Zoolens under test, and whoever keeps account for its
 * viewer sees the answer too.
 */
export class LocalFetch {
  readonly #original = globalThis.fetch
  readonly #taps = new Map<string, (resource: string, body: unknown) => void>()

  constructor(private readonly base: string) {
    globalThis.fetch = (input, init) => this.#fetch(input, init)
  }

  /** Calls `tap` with the last part of the URL and the answer, for every good answer to this viewer. */
  tap(viewer: string, tap: (resource: string, body: unknown) => void): void {
    this.#taps.set(viewer, tap)
  }

  remove(): void {
    globalThis.fetch = this.#original
  }

  async #fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    if (typeof input !== 'string' || !input.startsWith('/')) return this.#original(input, init)
    const url = new URL(input, this.base)
    const response = await this.#original(url, init)
    const tap = this.#taps.get(url.searchParams.get('viewer') ?? '')
    if (!response.ok || tap === undefined) return response
    const text = await response.text()
    tap(url.pathname.split('/').at(-1) ?? '', JSON.parse(text))
    return new Response(text, { status: response.status, headers: response.headers })
  }
}
