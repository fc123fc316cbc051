import type { CodegenConfig } from '@graphql-codegen/cli'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Each folder with operations has its types and documents in its own `gql`, so that a role's page does not carry those of the others.
const folders = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((folder) => sources(join('src', folder)).some((file) => readFileSync(file, 'utf8').includes('graphql(`')))

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/[\\/]gql$/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
}

const config: CodegenConfig = {
  schema: '../../api/schema.graphql',
  ignoreNoDocuments: true,
  generates: Object.fromEntries(
    folders.map((folder) => [
      `src/${folder}/gql/`,
      {
        documents: [`src/${folder}/**/*.{ts,tsx}`, `!src/${folder}/gql/**`],
        preset: 'client' as const,
        presetConfig: { fragmentMasking: false },
        config: {
          documentMode: 'string',
          enumsAsTypes: true,
          useTypeImports: true,
          strictScalars: true,
          skipTypename: true,
          scalars: { DateTime: 'string', Duration: 'string', JSON: 'unknown', Long: 'number' },
        },
      },
    ]),
  ),
}

export default config
