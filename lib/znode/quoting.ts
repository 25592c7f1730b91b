/** The zkCli commands that only read and take a path. */
export type ZkCliCommand = 'get -s' | 'ls' | 'stat' | 'getAcl'

/**
 * A line for a POSIX shell that runs one command in zkCli. Not for zkCli's own prompt: that has no escapes, so a name
 * with a space and both kinds of quotes cannot be written there. Source: ZooKeeperMain.ARGS_PATTERN.
 * `server` is "host:port[,host:port][/chroot]"; the path is valid, so it starts with a slash and cannot be an option.
 */
export function zkCliLine(server: string, command: ZkCliCommand, path: string): string {
  return `zkCli.sh -server ${quoteForShell(server)} ${command} ${quoteForShell(path)}`
}

/** One word for a POSIX shell, quoted if need be: nothing in it is expanded or ends it. */
export function quoteForShell(text: string): string {
  return /^[\w/.:,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
