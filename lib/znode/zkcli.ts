/**
 * One argument as zkCli's shell takes it; null where it cannot: there are two kinds of quotes and no escapes, so that a
 * blank together with both quotes cannot be written. Source: ZooKeeperMain.MyCommandOptions.ARGS_PATTERN.
 */
export function zkCliArgument(argument: string): string | null {
  // What begins with neither quote nor blank goes on to the next blank, quotes and all.
  if (/^[^\s"'][^\s]*$/.test(argument)) return argument
  if (!argument.includes('"')) return `"${argument}"`
  return argument.includes("'") ? null : `'${argument}'`
}
