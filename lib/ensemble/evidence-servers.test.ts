import { describe, expect, it } from 'vitest'
import { parseDynamicConfig } from '@/lib/znode/dynamic-config'
import { parseConnectString, type Server } from '@/lib/zookeeper/connect-string'
import { knownServers } from './evidence-servers'

const NAMES: Readonly<Record<string, string[]>> = {
  zk1: ['10.0.0.1'],
  zk2: ['10.0.0.2'],
  zk3: ['10.0.0.3'],
  all: ['10.0.0.1', '10.0.0.2'],
  trap: ['169.254.169.254'],
  here: ['127.0.0.1'],
}

async function resolve(server: Server): Promise<Server[]> {
  if (/^[\d.]+$/.test(server.host)) return [server]
  const found = NAMES[server.host]
  if (found === undefined) throw new Error('ENOTFOUND')
  return found.map((address) => ({ ...server, address }))
}

async function known(connect: string, config: string, isTls = false): Promise<(string | null)[][]> {
  const { servers } = parseConnectString(connect)
  const found = await knownServers(servers, parseDynamicConfig(config).members, isTls, resolve)
  return found.map(({ name, server, memberId }) => [
    name,
    server && `${server.address ?? server.host}:${server.port}`,
    memberId,
  ])
}

describe('the servers of an ensemble', () => {
  it('are those of the connect string, by whatever name the configuration has them', async () => {
    const config = 'server.1=10.0.0.1:2888:3888:participant;0.0.0.0:2181\nserver.2=zk2:2888:3888;10.0.0.2:2181'
    expect(await known('zk1:2181,zk2:2181', config)).toEqual([
      ['zk1:2181', 'zk1:2181', '1'],
      ['zk2:2181', 'zk2:2181', '2'],
    ])
  })

  it('and those that are only in the configuration; without a port there, on the port of all of ours', async () => {
    const config = 'server.1=zk1:2888:3888\nserver.2=zk2:2888:3888:observer;2182\nserver.3=zk3:2888:3888'
    expect(await known('zk1:2181', config)).toEqual([
      ['zk1:2181', 'zk1:2181', '1'],
      ['zk2:2182', 'zk2:2182', '2'],
      ['zk3:2181', 'zk3:2181', '3'],
    ])
    expect((await known('zk1:2181,zk2:2182', config)).at(-1)).toEqual(['server.3', null, '3'])
  })

  it('are each of the servers behind one name', async () => {
    const config = 'server.1=zk1:2888:3888;2181\nserver.2=zk2:2888:3888;2181'
    expect(await known('all', config)).toEqual([
      ['10.0.0.1:2181', '10.0.0.1:2181', '1'],
      ['10.0.0.2:2181', '10.0.0.2:2181', '2'],
    ])
  })

  it('under TLS are those at the port for it', async () => {
    const config = 'server.1=zk1:2888:3888;2181;2281\nserver.2=zk2:2888:3888;2181;2281'
    expect(await known('zk1:2281', config, true)).toEqual([
      ['zk1:2281', 'zk1:2281', '1'],
      ['zk2:2281', 'zk2:2281', '2'],
    ])
  })

  it('are asked once, and kept when their name cannot be resolved', async () => {
    expect(await known('zk1,10.0.0.1:2181,gone', '')).toEqual([
      ['zk1:2181', 'zk1:2181', null],
      ['gone:2181', 'gone:2181', null],
    ])
  })

  it('that the configuration names are not asked where only this machine can be meant', async () => {
    const config = 'server.1=trap:2888:3888;80\nserver.2=here:2888:3888;6379'
    expect(await known('zk1', config)).toEqual([
      ['zk1:2181', 'zk1:2181', null],
      ['trap:80', null, '1'],
      ['here:6379', null, '2'],
    ])
    expect((await known('here', config)).at(-1)).toEqual(['here:6379', 'here:6379', '2'])
  })
})
