import assert from "node:assert/strict"
import { test } from "node:test"

import { editIndex } from "../../static/js/editing.js"
import { brushFor, gestureOn, scrubbed } from "../../static/js/pointer.js"
import { Steps } from "../../static/js/steps.js"
import { frames, range, stepsOf, titled } from "./fixtures.js"

const at = (title, id, cell) => editIndex(stepsOf(titled(title)), id, cell)

test("a single plane is edited by row and column", () => {
  assert.equal(at("the bare page", "x.0", 8), "1.1")
  assert.equal(at("the bare page", "w.0", 5), "1.2")
})

test("a channel comes before row and column, and a filter before its channel", () => {
  assert.equal(at("three colours and two filters", "x.2", 8), "2.1.3")
  assert.equal(at("three colours and two filters", "w.5", 5), "1.2.1.2")
  assert.equal(at("three colours and one filter", "w.2", 3), "0.2.1.1")
})

test("a line is edited by its place alone", () => {
  assert.equal(at("one line of cells", "x.0", 3), "3")
  assert.equal(at("one line of cells", "w.0", 1), "1")
  assert.equal(at("lines with channels", "x.1", 2 + 3), "1.3")
})

test("a kernel's channels are counted within its group, as PyTorch counts them", () => {
  assert.equal(at("groups", "w.6", 1), "3.0.0.1")
  assert.equal(at("groups", "w.7", 1), "3.1.0.1")
  assert.equal(at("depthwise", "w.5", 8), "5.0.2.2")
})

test("a kernel that is drawn turned is edited where its weight is stored", () => {
  assert.equal(at("a true convolution", "w.0", 0), "2.1")
  assert.equal(at("lines with channels", "w.5", 0), "2.1.2")
})

test("a bias is edited by its filter", () => {
  assert.equal(at("groups", "b.2", 0), "2")
})

test("a cell of the rim is edited through to the input cell that it copies, and a zero not at all", () => {
  assert.equal(at("a rim of zeros", "x.0", 0), null)
  assert.equal(at("a rim of zeros", "x.0", 11), "0.0")
  assert.equal(at("a rim that reflects", "x.0", 0), "1.2")
})

test("outputs and products are not edited", () => {
  for (const id of ["y.0", "a.0", "p.0"]) assert.equal(at("an activation", id, 0), null)
})

test("the value of a cell is the one that its edit would replace", () => {
  for (const drawn of frames) {
    const steps = stepsOf(drawn)
    const { geometry, scene } = steps
    const { data, weights } = scene.roles
    const grids = { x: scene.grids[data], w: scene.grids[weights], b: scene.grids.b }
    const slices = (filter) => (weights ? geometry.group(filter).map((channel) => geometry.weight(filter, channel)) : [])
    const places = [
      ...range(geometry.filters).flatMap(slices).flatMap((plane) => range(geometry.taps).map((cell) => [`w.${plane}`, cell])),
      ...(scene.grids.b?.values ?? []).map((_, filter) => [`b.${filter}`, 0]),
    ]
    const inputs = range(scene.sources?.length ?? grids.x.shape[0]).flatMap((channel) =>
      range(geometry.rows.padded * geometry.cols.padded).map((cell) => [`x.${channel}`, cell]),
    )
    for (const [id, cell] of [...places, ...inputs]) {
      const index = editIndex(steps, id, cell)
      const around = scene.reduction.name === "max" ? -Infinity : 0
      const expected = index === null ? around : stored(grids[id[0]], index)
      assert.equal(steps.value(id, cell), expected, `${drawn.title}, ${id}, cell ${cell}`)
    }
  }
})

// The number of a grid at an edit's index, whose missing leading places are 0.
function stored({ shape, values }, index) {
  const places = index.split(".").map(Number)
  const whole = [...range(shape.length - places.length).fill(0), ...places]
  return values[whole.reduce((flat, place, axis) => flat * shape[axis] + place, 0)]
}

test("a brush paints the brightest value, and rubs out where it lies already", () => {
  const steps = stepsOf(titled("the bare page"))
  assert.equal(brushFor(steps, "x.0", 0), 9)
  assert.equal(brushFor(steps, "x.0", 8), 0)
  assert.equal(brushFor(steps, "w.0", 0), 2)
})

test("a brush over an empty grid paints nines", () => {
  const scene = structuredClone(titled("the bare page").events[0].data)
  scene.grids.x.values.fill(0)
  assert.equal(brushFor(new Steps(scene), "x.0", 0), 9)
})

test("a brush paints on the largest input that a stage takes", () => {
  const scene = structuredClone(titled("the bare page").events[0].data)
  scene.grids.x = { shape: [16, 128, 128], values: new Array(16 * 128 * 128).fill(5) }
  assert.equal(brushFor(new Steps(scene), "x.0", 0), 0)
})

test("a drag paints data, scrubs weights and biases, seeks on results, and does nothing on products", () => {
  const gestures = Object.fromEntries([..."xwbyap"].map((role) => [role, gestureOn(role)]))
  assert.deepEqual(gestures, { x: "paint", w: "scrub", b: "scrub", y: "seek", a: "seek", p: null })
})

test("a number is scrubbed by ones, with Shift by tenths, and sums of tenths stay short", () => {
  assert.equal(scrubbed(2, 3, false), 5)
  assert.equal(scrubbed(2, -3, false), -1)
  assert.equal(scrubbed(0.1, 2, true), 0.3)
  assert.equal(scrubbed(1 / 3, 1, false), 1.33333333333)
})
