import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Those that depend on colours: all that can differ between the themes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** What axe finds on the page as it is, in a line each. */
export async function violations(page: Page, axe = new AxeBuilder({ page }).withTags(RULES)): Promise<string[]> {
  const found = (await axe.analyze()).violations
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join(' ')
      return `${id}: ${target.join(' ')} ${html.slice(0, 160)} ${why}`
    }),
  )
}

/** Of the page as it is, in both themes. Colours are judged when they have arrived. */
export async function expectAccessible(page: Page): Promise<void> {
  const dress = (theme: string) =>
    page.evaluate(async (name) => {
      document.documentElement.dataset.theme = name
      const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
      await Promise.allSettled(changing.map(({ finished }) => finished))
    }, theme)
  await dress('light')
  expect(await violations(page), 'light').toEqual([])
  await dress('dark')
  expect(await violations(page, new AxeBuilder({ page }).withRules(COLOUR_RULES)), 'dark').toEqual([])
}
