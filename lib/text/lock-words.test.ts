import { describe, expect, it } from 'vitest'
import type { EvidenceView } from '@/lib/queries/lock-responses'
import type { Finding, FindingCode } from '@/lib/recipes/finding'
import { CHILDREN, type Edge, type RecipeKind, SELF } from '@/lib/recipes/recipe'
import { MISSING_SETTING, missingInWords, TOLD_WORDS } from './lock-evidence'
import { explain } from './lock-explained'
import { BY_LIBRARY } from './lock-explained-libraries'
import { findingInWords } from './lock-findings'
import { SESSION_FINDINGS } from './lock-findings-sessions'
import { ZNODE_FINDINGS } from './lock-findings-znodes'
import { KINDS, stateInWords } from './lock-kinds'
import { inSentence, namesInSentence } from './lock-names'
import { UNKNOWABLE_WORDS } from './lock-unknowns'

/** What an empty slot, or a value that was put into words without being looked at, leaves behind. */
const BROKEN = /undefined|NaN|null|\[object|\s{2}| \(\)|“”|\s[.,;:]|\.\.(?!\.)|^\s|\s$/

function expectWords(text: string) {
  expect(text).not.toBe('')
  expect(text).not.toMatch(BROKEN)
}

const CODES = Object.keys({ ...SESSION_FINDINGS, ...ZNODE_FINDINGS }) as FindingCode[]
const FACTS = {
  blocker: '!readme',
  session: '0x1000a',
  sessions: '0x1, 0x2',
  paths: '/locks/a, /locks/b',
  goneMs: '12000',
  expiresInMs: '8000',
  watchers: '1200',
  libraries: 'Curator and kazoo',
  left: '2000',
  seenMs: '9000',
  heldMs: '61000',
  p95Ms: '900',
  samples: '48',
  askedMs: '15000',
  revocable: 'yes',
  barrier: '/barriers/nightly',
  library: 'samuel/go-zookeeper',
  next: '42',
  lock: 'missing',
}

const finding = (code: FindingCode, known: Partial<Finding> = {}): Finding => ({
  code,
  severity: 'warning',
  certainty: 'certain',
  subjects: ['_c_11111111-1111-4111-8111-111111111111-lock-0000000042'],
  count: 1,
  facts: {},
  ...known,
})

describe('findings', () => {
  it.each(CODES)('%s has words, with and without its facts, for one and for many', (code) => {
    for (const facts of [{}, FACTS]) {
      for (const certainty of ['certain', 'likely', 'possible'] as const) {
        for (const [subjects, count] of [
          [['lock-0000000001'], 1],
          [['lock-0000000001', 'config'], 2],
          [['lock-0000000001', 'x'], 1_200],
          [[], 0],
        ] as const) {
          const { title, sentence, advice } = findingInWords(finding(code, { facts, certainty, subjects, count }))
          for (const text of [title, sentence, advice]) expectWords(text)
          for (const text of [sentence, advice]) expect(text).toMatch(/^([A-Z0-9…“]|samuel).*\.$/)
          expect(title).not.toMatch(/\.$/)
        }
      }
    }
  })

  it.each(CODES)('%s says no more than is certain', (code) => {
    const say = (certainty: Finding['certainty']) => {
      const { title, sentence } = findingInWords(finding(code, { certainty, facts: FACTS }))
      return `${title} ${sentence}`
    }
    // What only ever is possible, or only ever is certain, has one wording.
    if (say('possible') === say('certain')) return
    expect(say('possible')).toMatch(/\bmay\b|\bif\b/)
    expect(say('likely')).toMatch(/most likely|by the library’s rule/i)
  })

  it.each(['leftover-watch', 'waiter-without-watch', 'possible-deadlock'] as const)('%s stays possible', (code) => {
    const { title, sentence } = findingInWords(finding(code, { certainty: 'possible', facts: FACTS }))
    expect(`${title} ${sentence}`).toMatch(/\bmay\b|possible/i)
  })

  it('put the facts into the sentence', () => {
    const blocked = findingInWords(finding('no-holder', { facts: { blocker: '!readme' }, count: 12 }))
    expect(blocked.sentence).toContain(
      '12 contenders wait, none of them holds. In this library’s order “!readme” stands',
    )
    const ghost = findingInWords(
      finding('ghost-holder', { facts: { session: '0x1000a', expiresInMs: '8000', goneMs: '12000' } }),
    )
    expect(ghost.sentence).toBe(
      'Session 0x1000a, which owns …0042, has no connection to any server, seen at several looks over 12 s. If it does not come back, the ensemble ends it within 8 s at most, and its znodes go.',
    )
    const long = findingInWords(finding('long-hold', { facts: { heldMs: '61000', p95Ms: '900', samples: '48' } }))
    expect(long.sentence).toBe('…0042 has held for 1 min; 95 of 100 turns (of 48 seen) took no longer than 900 ms.')
  })
})

describe('names in sentences', () => {
  it.each([
    ['_c_11111111-1111-4111-8111-111111111111-lock-0000000042', '…0042'],
    ['locks/_c_11111111-1111-4111-8111-111111111111-lock-0000041878', '…41878'],
    ['lock--2147483648', '…-2147483648'],
    [SELF, 'the znode itself'],
    [CHILDREN, 'the list of children'],
    ['session:0x1000a', 'session 0x1000a'],
    ['config', '“config”'],
  ])('%s is %s', (name, words) => {
    expect(inSentence(name)).toBe(words)
  })

  it('are at most two and a number', () => {
    expect(namesInSentence(['a', 'b'], 2)).toBe('“a” and “b”')
    expect(namesInSentence(['a', 'b', 'c'], 1_202)).toBe('“a”, “b” and 1,200 more')
    expect(namesInSentence([], 0)).toBe('a znode')
  })
})

describe('kinds, unknowns, evidence', () => {
  it('have words', () => {
    for (const kind of Object.keys(KINDS) as RecipeKind[]) {
      for (const text of Object.values(KINDS[kind])) expectWords(text)
      for (const state of ['holds', 'waits', 'present'] as const) expectWords(stateInWords(kind, state))
    }
    for (const text of Object.values(UNKNOWABLE_WORDS)) expectWords(text)
    for (const text of Object.values(MISSING_SETTING)) expectWords(text)
    for (const told of Object.values(TOLD_WORDS)) for (const text of Object.values(told)) expectWords(text)
  })

  it('say which server did not tell what, and which setting would make it', () => {
    const missing: EvidenceView['missing'] = [
      { server: 'zk1:2181', what: 'watches', why: 'not whitelisted' },
      { server: '', what: 'connections', why: 'unknown servers' },
    ]
    const [first, second] = missingInWords({ watches: 'by none', connections: 'by none', asOf: null, missing })
    expect(first).toMatch(/^zk1:2181, watches: .*4lw\.commands\.whitelist=cons,dump,wchp/)
    expect(second).toMatch(/^The ensemble, connections: /)
  })
})

describe('how it works', () => {
  const edge = (on: string): Edge => ({ on, proof: 'unknown' })
  const casts = [
    [],
    [{ name: 'x-0000000001', state: 'holds' as const, waitsOn: [] }],
    [
      { name: 'x-0000000001', state: 'holds' as const, waitsOn: [] },
      { name: 'x-0000000002', state: 'waits' as const, waitsOn: [edge('x-0000000001')] },
    ],
    [{ name: 'x-0000000002', state: 'waits' as const, waitsOn: [edge(CHILDREN)] }],
  ]

  it('is told of every kind and library, in two to five sentences, whoever is there', () => {
    const all = [
      ...(Object.keys(KINDS) as RecipeKind[]).map((kind) => ({ kind, library: '' })),
      ...[...BY_LIBRARY.keys()].map((library) => ({ kind: 'mutex' as const, library })),
    ]
    for (const of of all) {
      for (const contenders of casts) {
        for (const permits of [null, 4]) {
          const { how, wrong } = explain({ ...of, contenders, permits })
          expect(how.length).toBeGreaterThan(0)
          for (const text of [...how, wrong]) {
            expectWords(text)
            expect(text).toMatch(/^[A-Z].*\.$/)
          }
        }
      }
    }
  })

  it('names who is on the screen', () => {
    const [, , both] = casts
    const { how } = explain({ kind: 'mutex', library: 'Curator InterProcessMutex', contenders: both ?? [], permits: 1 })
    expect(how.join(' ')).toContain('Now …0001 holds.')
    expect(how.join(' ')).toContain('Now …0002 watches …0001.')
  })
})
