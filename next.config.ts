import type { NextConfig } from 'next'

const config: NextConfig = {
  output: 'standalone',
  reactStrictMode: true,
  reactCompiler: false,
  poweredByHeader: false,
  typedRoutes: true,
  // One class identity over all route chunks: the session layer compares the transport's own objects.
  serverExternalPackages: ['node-zookeeper-client'],
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**', 'e2e/**'] },
  experimental: {
    // A znode may hold 1 MiB (jute.maxbuffer); the default of 1 MB masks the error of a value just over it.
    serverActions: { bodySizeLimit: '4mb' },
  },
}

export default config
