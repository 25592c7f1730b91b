import { describe, expect, it } from 'vitest'
import { type Feature, featuresOf, sinceVersion } from './server-features'

describe('featuresOf', () => {
  it.each([
    ['3.4.14', []],
    ['3.5.0-alpha', ['create2']],
    ['3.5.10', ['create2', 'containers', 'ttl']],
    ['3.6.4', ['create2', 'containers', 'ttl', 'addWatch', 'multiRead', 'getEphemerals']],
    ['3.8.6', ['create2', 'containers', 'ttl', 'addWatch', 'multiRead', 'getEphemerals', 'whoAmI']],
  ] satisfies [string, Feature[]][])('%s', (version, expected) => {
    const { version: said, ...features } = featuresOf(version)
    expect(said).toBe(version)
    expect(Object.keys(features).filter((name) => features[name as Feature])).toEqual(expected)
  })

  it.each(['3.9.0', '3.10.0-SNAPSHOT', '4.0.0'])('everything: %s', (version) => {
    expect(Object.values(featuresOf(version))).not.toContain(false)
  })

  it('says since when', () => {
    expect(sinceVersion('whoAmI')).toBe('3.7.0')
  })
})
