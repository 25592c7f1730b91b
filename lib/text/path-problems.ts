import type { PathProblem } from '@/lib/znode/path'

/** A broken path rule in words. `subject` is what was checked: a whole path or one name. */
export function pathProblemInWords(problem: PathProblem, subject: 'path' | 'name'): readonly [string, string] {
  const where = `Character ${problem.at + 1} of the ${subject}`
  switch (problem.rule) {
    case 'empty':
      return subject === 'path'
        ? ['The path is empty.', 'Write a path such as /a/b; the root is a single slash.']
        : ['The name is empty.', 'Write the name of the child.']
    case 'no-leading-slash':
      return ['The path does not start with a slash.', 'Every path starts at the root: write /a/b, not a/b.']
    case 'trailing-slash':
      return ['The path ends with a slash.', 'Leave out the last slash: write /a/b, not /a/b/.']
    case 'empty-element':
      return [
        `The path has two slashes in a row, at character ${problem.at + 1}.`,
        'A znode cannot have an empty name: write one slash, or put a name between them.',
      ]
    case 'relative':
      return subject === 'path'
        ? [
            `The path has "${problem.found}" as a name, at character ${problem.at + 1}.`,
            'ZooKeeper has no relative paths: "." and ".." cannot be names. Write out the whole path.',
          ]
        : [`"${problem.found}" cannot be a name.`, 'ZooKeeper has no relative paths; any longer name may have dots.']
    case 'slash':
      return [`${where} is a slash.`, 'A name cannot have one: create the parent first, then the child below it.']
    case 'control-character':
      return [
        `${where} is the control character ${problem.found}.`,
        'ZooKeeper allows none of U+0000 to U+001F and U+007F to U+009F: take it out; it may have come with pasted text.',
      ]
    case 'beyond-bmp':
      return [
        `${where} is ${problem.found}.`,
        'ZooKeeper allows no character above U+FFFF, such as emoji: its check sees the two halves and refuses them.',
      ]
    case 'forbidden-character':
      return [
        `${where} is ${problem.found}.`,
        'ZooKeeper allows none of U+D800 to U+F8FF (surrogates, private use) and U+FFF0 to U+FFFF: take it out.',
      ]
  }
}
