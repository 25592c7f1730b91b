import { describe, expect, it } from 'vitest'
import { Pulses } from './pulses'

const others = (now: number, count = 1) => ({ own: false, zxid: null, count, now })

describe('Pulses', () => {
  it('lights up for each change anew, and is over after three seconds', () => {
    const pulses = new Pulses()
    pulses.note('/a', 'created', others(0))
    const first = pulses.pulseOf('/a')
    pulses.note('/a', 'changed', others(1_000))
    expect(pulses.pulseOf('/a')?.sequence).not.toBe(first?.sequence)
    expect(pulses.pulseOf('/a')).toMatchObject({ kind: 'changed', own: false })
    pulses.tick(3_999)
    expect(pulses.pulseOf('/a')).not.toBeNull()
    expect(pulses.tick(4_000)).toBe(Number.POSITIVE_INFINITY)
    expect(pulses.pulseOf('/a')).toBeNull()
  })

  it('marks what others changed until somebody looks, and never what one did oneself', () => {
    const pulses = new Pulses()
    pulses.note('/a', 'changed', others(0))
    pulses.note('/b', 'changed', { own: true, zxid: '0x1', count: 1, now: 0 })
    pulses.note('/c', 'changed', others(0))
    pulses.note('/c', 'deleted', others(1))
    pulses.tick(10_000)
    expect(['/a', '/b', '/c'].map((path) => pulses.isUnseen(path))).toEqual([true, false, false])
    pulses.visit('/a')
    expect(pulses.isUnseen('/a')).toBe(false)
  })

  it('learns that a change on the screen was one’s own: its event came before the answer', () => {
    const pulses = new Pulses()
    pulses.note('/a', 'changed', { own: false, zxid: '0x1', count: 1, now: 0 })
    pulses.note('/b', 'changed', { own: false, zxid: '0x2', count: 1, now: 0 })
    pulses.claim('0x1')
    expect(pulses.pulseOf('/a')).toMatchObject({ own: true })
    expect(pulses.pulseOf('/b')).toMatchObject({ own: false })
    expect(['/a', '/b'].map((path) => pulses.isUnseen(path))).toEqual([false, true])
  })

  it('becomes a steady glow with a rate above four changes a second, and stops with them', () => {
    const pulses = new Pulses()
    for (let i = 0; i < 4; i++) pulses.note('/a', 'changed', others(i * 100))
    expect(pulses.rateOf('/a')).toBe(0)
    pulses.note('/a', 'changed', others(500))
    expect(pulses.rateOf('/a')).toBe(5)
    pulses.note('/a', 'changed', others(999, 33))
    pulses.tick(1_000)
    expect(pulses.rateOf('/a')).toBe(38)
    pulses.tick(2_000)
    expect(pulses.rateOf('/a')).toBe(0)
  })

  it('counts changes below a closed row until somebody looks', () => {
    const pulses = new Pulses()
    pulses.noteBelow('/a', 2, 0)
    pulses.noteBelow('/a', 3, 100)
    expect(pulses.belowOf('/a')).toBe(5)
    expect(pulses.rateOf('/a')).toBe(5)
    pulses.visit('/a')
    expect(pulses.belowOf('/a')).toBe(0)
  })

  it('keeps no more than some thousand marks, however much happens', () => {
    const pulses = new Pulses()
    for (let i = 0; i < 20_000; i++) pulses.note(`/n${i}`, 'changed', others(i))
    const kept = Array.from({ length: 20_000 }, (_, i) => pulses.isUnseen(`/n${i}`)).filter(Boolean).length
    expect(kept).toBe(5_000)
    expect(pulses.isUnseen('/n19999')).toBe(true)
  })
})
