// Prints what a browser loads for the first page, and the larger chunks, as sent (brotli).
import { readdirSync, readFileSync, statSync, existsSync } from 'node:fs'

const sent = (file) => statSync(existsSync(`dist/${file}.br`) ? `dist/${file}.br` : `dist/${file}`).size
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
const html = readFileSync('dist/index.html', 'utf8')
const first = ['index.html', ...[...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1])]
const total = first.reduce((sum, file) => sum + sent(file), 0)
console.log(`First page, compressed: ${kilobytes(total)} (${first.length} files)`)
for (const file of readdirSync('dist/assets').filter((name) => /\.(js|css)$/.test(name)).map((name) => `assets/${name}`).sort((a, b) => sent(b) - sent(a)).slice(0, 12))
  console.log(`  ${kilobytes(sent(file)).padStart(9)}  ${file}${first.includes(file) ? '  (first page)' : ''}`)
const most = 250 * 1024
if (total > most) {
  console.error(`The first page is above ${kilobytes(most)}.`)
  process.exit(1)
}
