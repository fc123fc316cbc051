import { useEffect, useRef, useState } from 'react'
import { Loading } from '../ui/States'
import type { EditorProps } from './AnswerEditor'
import { between, handles, held, leastSide, movedBy, pinched, placeOf, resizedBy, zoomed, type Area, type Handle, type Pinch, type Point, type Size } from './boxes'
import { ClassPicker, MarkList } from './ClassPicker'
import { imageOf } from './inputs'
import { labelOfKey, seriesColour, type Box } from './types'
import { useImageSize } from './useImage'
import { useKeys } from './useKeys'

/** Boxes on an image: drawn, moved and resized by mouse, finger or keys; the view is zoomed and moved. */
export function BoxesEditor(props: EditorProps) {
  const address = imageOf(props.input)
  const size = useImageSize(address)
  if (size === 'failed') return <p className="notice warning">The image cannot be loaded. If it stays so, report a problem with the task.</p>
  if (size === null || !address) return <Loading lines={4} />
  return <Canvas key={address} {...props} address={address} image={size} />
}

type Gesture =
  | { kind: 'draw'; from: Point }
  | { kind: 'move'; index: number; from: Point; box: Box }
  | { kind: 'resize'; index: number; handle: Handle; from: Point; box: Box }
  | { kind: 'pan'; from: Point; view: Area }

function Canvas({ schema, answer, onChange, keys, address, image }: EditorProps & { address: string; image: Size }) {
  const classes = schema.labels ?? []
  const boxes = answer.boxes ?? []
  const svg = useRef<SVGSVGElement>(null)
  const gesture = useRef<Gesture | null>(null)
  const fingers = useRef(new Map<number, Point>())
  const past = useRef<Box[][]>([])
  const [current, setCurrent] = useState(classes[0] ?? '')
  const [selected, setSelected] = useState<number | null>(null)
  const [view, setView] = useState<Area>({ x: 0, y: 0, ...image })
  const [drawn, setDrawn] = useState<Area | null>(null)
  const [panning, setPanning] = useState(false)
  const [width, setWidth] = useState(800)
  const full = boxes.length >= (schema.most ?? Infinity)
  const unit = view.width / width // pixels of the image to one of the screen

  useEffect(() => {
    const element = svg.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(Math.max(1, element.clientWidth)))
    observer.observe(element)
    // React's own wheel listener is passive, and the page must not scroll while the image zooms.
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const about = at(event)
      setView((before) => zoomed(before, event.deltaY < 0 ? 1.2 : 1 / 1.2, about, image))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', wheel)
    }
  }, [image])

  const at = (event: { clientX: number; clientY: number }): Point => {
    const matrix = svg.current?.getScreenCTM()?.inverse()
    const point = new DOMPoint(event.clientX, event.clientY)
    const { x, y } = matrix ? point.matrixTransform(matrix) : point
    return { x, y }
  }

  const change = (next: Box[], remember = true) => {
    if (remember) past.current = [...past.current.slice(-49), boxes]
    onChange({ boxes: next })
  }
  const replace = (index: number, box: Box, remember = true) => change(boxes.map((other, i) => (i === index ? box : other)), remember)
  const remove = (index: number) => {
    change(boxes.filter((_, i) => i !== index))
    setSelected(null)
  }
  const add = (area: Area) => {
    change([...boxes, { class: current, ...area }])
    setSelected(boxes.length)
  }
  const undo = () => {
    const before = past.current.pop()
    if (before) onChange({ boxes: before })
    setSelected(null)
  }
  const pick = (name: string) => {
    setCurrent(name)
    const box = selected === null ? undefined : boxes[selected]
    if (box && selected !== null) replace(selected, { ...box, class: name })
  }
  const addInMiddle = () =>
    add(between({ x: view.x + view.width * 0.4, y: view.y + view.height * 0.4 }, { x: view.x + view.width * 0.6, y: view.y + view.height * 0.6 }, image))
  const zoom = (factor: number) => setView(zoomed(view, factor, { x: view.x + view.width / 2, y: view.y + view.height / 2 }, image))

  useKeys((event) => {
    const name = classes[labelOfKey(event.key)]
    const box = selected === null ? undefined : boxes[selected]
    const step = (event.shiftKey ? 10 : 1) * Math.max(1, Math.round(unit))
    const arrows: Record<string, Point> = { ArrowLeft: { x: -step, y: 0 }, ArrowRight: { x: step, y: 0 }, ArrowUp: { x: 0, y: -step }, ArrowDown: { x: 0, y: step } }
    const by = arrows[event.key]
    if (name !== undefined) pick(name)
    else if (by && box && selected !== null) replace(selected, event.altKey ? resizedBy(box, 'se', by, image) : movedBy(box, by, image))
    else if ((event.key === 'n' || event.key === 'N') && !full) addInMiddle()
    else if ((event.key === 'Delete' || event.key === 'Backspace') && selected !== null) remove(selected)
    else if (event.key === '[' || event.key === ']') setSelected(boxes.length === 0 ? null : ((selected ?? (event.key === ']' ? -1 : 0)) + (event.key === ']' ? 1 : -1) + boxes.length) % boxes.length)
    else if (event.key === 'Escape' && selected !== null) setSelected(null)
    else if (event.key === '+' || event.key === '=') zoom(1.4)
    else if (event.key === '-') zoom(1 / 1.4)
    else if (event.key === 'z') undo()
    else return false
    return true
  }, keys)

  const down = (event: React.PointerEvent<SVGSVGElement>) => {
    if (event.button > 1) return
    svg.current?.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const point = at(event)
    if (fingers.current.size === 2) {
      gesture.current = null
      setDrawn(null)
      return
    }
    const target = (event.target as Element).closest<SVGElement>('[data-box]')
    const index = target ? Number(target.dataset.box) : -1
    const handle = (event.target as SVGElement).dataset.handle as Handle | undefined
    const box = boxes[index]
    if (panning || event.button === 1) gesture.current = { kind: 'pan', from: { x: event.clientX, y: event.clientY }, view }
    else if (box && handle) gesture.current = { kind: 'resize', index, handle, from: point, box }
    else if (box) {
      setSelected(index)
      setCurrent(box.class)
      gesture.current = { kind: 'move', index, from: point, box }
    } else {
      setSelected(null)
      gesture.current = full ? null : { kind: 'draw', from: point }
    }
    if (gesture.current?.kind === 'move' || gesture.current?.kind === 'resize') past.current = [...past.current.slice(-49), boxes]
  }

  const move = (event: React.PointerEvent<SVGSVGElement>) => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    if (fingers.current.size === 2) {
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
      if (other) {
        const now = { x: event.clientX, y: event.clientY }
        const frame = event.currentTarget.getBoundingClientRect()
        const pinchWith = (p: Point): Pinch => ({
          middle: { x: (p.x + other.x - frame.left - frame.right) / 2, y: (p.y + other.y - frame.top - frame.bottom) / 2 },
          spread: Math.max(1, Math.hypot(p.x - other.x, p.y - other.y)),
        })
        // Both fingers may move before anything is drawn anew, so it goes by the view that is to be and not by what is on the screen.
        setView((v) => pinched(v, Math.max(v.width / frame.width, v.height / frame.height), pinchWith(before), pinchWith(now), image))
        fingers.current.set(event.pointerId, now)
      }
      return
    }
    const active = gesture.current
    const point = at(event)
    if (active?.kind === 'draw') setDrawn(between(active.from, point, image))
    else if (active?.kind === 'pan') setView(held({ ...active.view, x: active.view.x - (event.clientX - active.from.x) * unit, y: active.view.y - (event.clientY - active.from.y) * unit }, image))
    else if (active) {
      const by = { x: point.x - active.from.x, y: point.y - active.from.y }
      replace(active.index, active.kind === 'move' ? movedBy(active.box, by, image) : resizedBy(active.box, active.handle, by, image), false)
    }
  }

  const up = (event: React.PointerEvent<SVGSVGElement>) => {
    fingers.current.delete(event.pointerId)
    const active = gesture.current
    gesture.current = null
    setDrawn(null)
    if (active?.kind !== 'draw' || event.type === 'pointercancel') return
    const area = between(active.from, at(event), image)
    if (area.width >= leastSide && area.height >= leastSide) add(area)
  }

  const order = boxes.map((_, i) => i).sort((a, b) => (a === selected ? 1 : b === selected ? -1 : 0))
  return (
    <div className="boxes-editor">
      <div className="boxes-stage">
        <div className="editor-tools">
          <ClassPicker classes={classes} current={current} onPick={pick} />
          <div className="row">
            <button type="button" className="button small" aria-pressed={panning} onClick={() => setPanning(!panning)}>
              Move the view
            </button>
            <button type="button" className="button small" aria-label="Zoom out" onClick={() => zoom(1 / 1.4)}>
              −
            </button>
            <button type="button" className="button small" aria-label="Zoom in" onClick={() => zoom(1.4)}>
              +
            </button>
            <button type="button" className="button small" onClick={() => setView({ x: 0, y: 0, ...image })}>
              Whole image
            </button>
            <button type="button" className="button small" disabled={full} onClick={addInMiddle}>
              New box
            </button>
            <button type="button" className="button small" disabled={past.current.length === 0} onClick={undo}>
              Undo
            </button>
          </div>
        </div>
        <svg
          ref={svg}
          className={panning ? 'boxes-canvas panning' : 'boxes-canvas'}
          viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
          style={{ aspectRatio: `${image.width} / ${image.height}` }}
          role="img"
          aria-label={`The image with ${boxes.length} boxes. N makes a box, brackets select one, arrows move it, Alt and arrows resize it.`}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
        >
          <image href={address} width={image.width} height={image.height} />
          {order.map((index) => {
            const box = boxes[index]!
            const colour = seriesColour(classes.indexOf(box.class))
            return (
              <g key={index} data-box={index} className={selected === index ? 'box selected' : 'box'} style={{ color: colour }}>
                <rect x={box.x} y={box.y} width={box.width} height={box.height} vectorEffect="non-scaling-stroke" />
                {selected !== index && (
                  <text x={box.x + 4 * unit} y={box.y + 15 * unit} fontSize={12 * unit} strokeWidth={3 * unit}>
                    {box.class}
                  </text>
                )}
                {selected === index &&
                  handles.map((handle) => {
                    const place = placeOf(box, handle)
                    return (
                      <g key={handle}>
                        <circle className="handle" cx={place.x} cy={place.y} r={5 * unit} vectorEffect="non-scaling-stroke" />
                        <circle className="handle-area" data-handle={handle} cx={place.x} cy={place.y} r={14 * unit} style={{ cursor: `${handle}-resize` }} />
                      </g>
                    )
                  })}
              </g>
            )
          })}
          {drawn && <rect className="box-drawn" {...drawn} style={{ color: seriesColour(classes.indexOf(current)) }} vectorEffect="non-scaling-stroke" />}
        </svg>
        {full && <p className="hint">That is the most that may be drawn: {schema.most}.</p>}
      </div>
      <MarkList
        title="Boxes"
        marks={boxes.map((box, i) => ({ class: box.class, text: `Box ${i + 1}` }))}
        classes={classes}
        selected={selected}
        onSelect={setSelected}
        onClass={(index, name) => replace(index, { ...boxes[index]!, class: name })}
        onRemove={remove}
      />
    </div>
  )
}
