import type { Server } from './connect-string'
import { readConnections } from './connections-text'
import { readDump } from './dump-text'
import { readConf, readMntr } from './facts-text'
import { AnswerTooLarge, askFourLetterWord, type FourLetterWord } from './four-letter-word'
import type { Informant, InformantRequest, Reply } from './informant'
import type { Slices } from './request'
import type { TlsOptions } from './security'
import { finishInTurns } from './slices'
import type { QuorumFacts, ServerFacts, Told, ToldConnections, ToldDump, ToldWatches } from './told'
import { readWatches } from './watches-text'
import { whySilent } from './word-silence'

/** Asks a server by four-letter words, on the port and by the TLS that its clients use. */
export class WordInformant implements Informant {
  constructor(
    private readonly server: Server,
    private readonly tls: TlsOptions | undefined,
  ) {}

  connections(request: InformantRequest): Promise<Reply<ToldConnections>> {
    return this.#ask('cons', request, readConnections)
  }

  watches(request: InformantRequest): Promise<Reply<ToldWatches>> {
    return this.#ask('wchp', request, readWatches)
  }

  dump(request: InformantRequest): Promise<Reply<ToldDump>> {
    return this.#ask('dump', request, readDump)
  }

  facts(request: InformantRequest): Promise<Reply<ServerFacts>> {
    return this.#ask('conf', request, readFacts)
  }

  quorum(request: InformantRequest): Promise<Reply<QuorumFacts>> {
    return this.#ask('mntr', request, readQuorum)
  }

  async #ask<T>(
    word: FourLetterWord,
    request: InformantRequest,
    read: (text: string) => Slices<Told<T>>,
  ): Promise<Reply<T>> {
    const { onTraffic, ...options } = request
    try {
      const text = await askFourLetterWord(this.server, word, { ...options, tls: this.tls })
      onTraffic(word.length, Buffer.byteLength(text))
      const silent = whySilent(word, text)
      return silent === null ? await finishInTurns(read(text)) : { silent }
    } catch (error) {
      const isTooLarge = error instanceof AnswerTooLarge
      onTraffic(word.length, isTooLarge ? request.maxBytes : 0)
      return { silent: isTooLarge ? 'too large' : 'unreachable' }
    }
  }
}

// Some dozens of lines: nothing to cut into slices.
// biome-ignore lint/correctness/useYield: see above
function* readFacts(text: string): Slices<Told<ServerFacts>> {
  return { value: readConf(text), complete: true }
}

// biome-ignore lint/correctness/useYield: see above
function* readQuorum(text: string): Slices<Told<QuorumFacts>> {
  return { value: readMntr(text), complete: true }
}
