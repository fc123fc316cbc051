import { describe, expect, it } from 'vitest'
import { sanitise } from './Markdown'

describe('texts of others', () => {
  it.each([
    ['<script>alert(1)</script>ok', 'ok'],
    ['<img src="x" onerror="alert(1)">', '<img src="x">'],
    ['<b style="position:fixed" class="c">x</b>', '<b>x</b>'],
    ['<form action="/graphql"><input></form>', ''],
    ['<iframe src="https://example.org"></iframe>', ''],
    ['<a href="javascript:alert(1)">x</a>', '<a target="_blank" rel="noopener noreferrer nofollow">x</a>'],
  ])('makes %s harmless', (html, clean) => expect(sanitise(html)).toBe(clean))

  it('opens links apart', () => expect(sanitise('<a href="https://example.org">x</a>')).toContain('rel="noopener noreferrer nofollow"'))
})
