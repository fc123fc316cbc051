import type { Box } from './types'

export interface Point {
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

/** A part of the image, in its pixels. */
export type Area = Point & Size

export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w'

export const handles: Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w']

/** Boxes smaller than this are slips of the hand, in pixels of the image. */
export const leastSide = 3

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
const round = (value: number) => Math.round(value * 10) / 10

/** The area between two points, within the image. */
export function between(a: Point, b: Point, image: Size): Area {
  const left = clamp(Math.min(a.x, b.x), 0, image.width)
  const top = clamp(Math.min(a.y, b.y), 0, image.height)
  return {
    x: round(left),
    y: round(top),
    width: round(clamp(Math.max(a.x, b.x), 0, image.width) - left),
    height: round(clamp(Math.max(a.y, b.y), 0, image.height) - top),
  }
}

/** The box moved, as far as the image goes. */
export const movedBy = (box: Box, by: Point, image: Size): Box => ({
  ...box,
  x: round(clamp(box.x + by.x, 0, Math.max(0, image.width - box.width))),
  y: round(clamp(box.y + by.y, 0, Math.max(0, image.height - box.height))),
})

/** The box with the sides of the handle moved; a side pulled over its opposite turns it round. */
export function resizedBy(box: Box, handle: Handle, by: Point, image: Size): Box {
  const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height]
  const a = { x: left + (handle.includes('w') ? by.x : 0), y: top + (handle.includes('n') ? by.y : 0) }
  const b = { x: right + (handle.includes('e') ? by.x : 0), y: bottom + (handle.includes('s') ? by.y : 0) }
  const area = between(a, b, image)
  return { ...box, ...area, width: Math.max(1, area.width), height: Math.max(1, area.height) }
}

/** Where a handle of the area is. */
export const placeOf = (area: Area, handle: Handle): Point => ({
  x: area.x + (handle.includes('w') ? 0 : handle.includes('e') ? area.width : area.width / 2),
  y: area.y + (handle.includes('n') ? 0 : handle.includes('s') ? area.height : area.height / 2),
})

/** The view brought nearer (factor above 1) or farther about a point, never beyond the whole image or 20 times. */
export function zoomed(view: Area, factor: number, about: Point, image: Size): Area {
  const width = clamp(view.width / factor, image.width / 20, image.width)
  const scale = width / view.width
  return held({ x: about.x - (about.x - view.x) * scale, y: about.y - (about.y - view.y) * scale, width, height: (width / image.width) * image.height }, image)
}

/** Two fingers: the point between them, in pixels of the screen from the middle of what is drawn on, and how far they are apart. */
export interface Pinch {
  middle: Point
  spread: number
}

/** The view with what was between two fingers between them still, as near as they are apart. `unit` is pixels of the image to one of the screen. */
export function pinched(view: Area, unit: number, from: Pinch, to: Pinch, image: Size): Area {
  const point = { x: view.x + view.width / 2 + from.middle.x * unit, y: view.y + view.height / 2 + from.middle.y * unit }
  const width = clamp((view.width * from.spread) / to.spread, image.width / 20, image.width)
  const height = (width / image.width) * image.height
  const next = (unit * width) / view.width
  return held({ x: point.x - to.middle.x * next - width / 2, y: point.y - to.middle.y * next - height / 2, width, height }, image)
}

/** The view kept within the image. */
export const held = (view: Area, image: Size): Area => ({
  ...view,
  x: clamp(view.x, 0, Math.max(0, image.width - view.width)),
  y: clamp(view.y, 0, Math.max(0, image.height - view.height)),
})
