import type { RecipeResponse } from '@/lib/queries/lock-responses'

/**
 * GET .../recipe?path= as it answers a script, in this process. ZOOLENS_CONNECT has to be set before.
 * @throws Error with the answer when it is none with a model
 */
export async function askRecipe(path: string): Promise<RecipeResponse> {
  const { GET } = await import('@/app/api/clusters/[cluster]/recipe/route')
  const url = `http://127.0.0.1/api/clusters/default/recipe?path=${encodeURIComponent(path)}`
  const request = new Request(url, { headers: { host: '127.0.0.1' } })
  const response = await GET(request, { params: Promise.resolve({ cluster: 'default' }) })
  const body = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`)
  return JSON.parse(body) as RecipeResponse
}
