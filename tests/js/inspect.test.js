import assert from "node:assert/strict"
import { test } from "node:test"

import { inspect } from "../../static/js/inspect.js"
import { Steps } from "../../static/js/steps.js"
import { frame } from "../../static/js/views/gather.js"
import { frames, range, stepsOf, titled } from "./fixtures.js"

function look(title, id, cell, { step = 0, firstIndex = 0 } = {}) {
  const scene = titled(title)
  return inspect(stepsOf(scene), scene.shown, id, cell, { step, firstIndex })
}

const cellsOn = ({ outlines }, plane) => outlines.find((outline) => outline.plane === plane)?.cells

test("an output leads to the step that made it, and says its value", () => {
  assert.deepEqual(look("the bare page", "y.0", 12), { step: 12, outlines: null, sentence: "y[2, 2] = 31" })
  assert.equal(look("three colours and two filters", "y.1", 4).step, 9 + 4)
})

test("an activated output leads to the same step", () => {
  assert.equal(look("an activation", "a.0", 12).step, 12)
})

test("an output whose step has not come yet says nothing, but where it will come from", () => {
  const { events, shown } = titled("the bare page")
  const steps = new Steps(events[0].data)
  assert.deepEqual(inspect(steps, shown, "y.0", 3, { step: 0, firstIndex: 0 }), { step: 3, outlines: [], sentence: "" })
})

test("indices count from one where the reader does", () => {
  assert.equal(look("the bare page", "y.0", 12, { firstIndex: 1 }).sentence, "y[3, 3] = 31")
  assert.match(look("three colours and two filters", "x.0", 0, { firstIndex: 1 }).sentence, /^x\[1, 1, 1\] = /)
})

const throughTo = ({ outlines }, plane) => outlines.find((outline) => outline.plane === plane)?.through

test("an input leads to the outputs that read it, to each through the weight that it uses", () => {
  const corner = look("the bare page", "x.0", 0)
  assert.equal(corner.sentence, "x[0, 0] = 0 · read by 1 output")
  assert.deepEqual([cellsOn(corner, "y.0"), throughTo(corner, "y.0")], [[0], { plane: "w.0", places: [[0]] }])
  const inner = look("the bare page", "x.0", 16)
  assert.equal(inner.sentence, "x[2, 2] = 0 · read by 9 outputs")
  assert.deepEqual(cellsOn(inner, "y.0"), [0, 1, 2, 5, 6, 7, 10, 11, 12])
  assert.deepEqual(throughTo(inner, "y.0").places, [8, 7, 6, 5, 4, 3, 2, 1, 0].map((place) => [place]))
})

test("an input that the rim repeats reaches an output through several weights", () => {
  const scene = titled("a rim that repeats the edge")
  const { geometry } = stepsOf(scene)
  const corner = range(geometry.rows.padded * geometry.cols.padded).find((cell) => geometry.source(cell) === 0)
  const found = look("a rim that repeats the edge", "x.0", corner)
  const first = throughTo(found, "y.0").places[0]
  assert.deepEqual(first, geometry.window(0).flatMap((cell, place) => (geometry.source(cell) === 0 ? [place] : [])))
  assert.ok(first.length > 1)
})

test("what an input reaches has nothing to do with the products of the playhead's step", () => {
  const none = [{ plane: "p.0", values: range(9).map(() => null) }]
  assert.deepEqual(look("the bare page", "x.0", 16).fills, none)
  assert.deepEqual(look("the bare page", "w.0", 4).fills, none)
})

const hasZeros = ({ events: [{ data }] }) => data.parameters.padding_mode === "zeros"

test("each output that an input leads to has that input in its window", () => {
  for (const scene of frames.filter(hasZeros)) {
    const steps = stepsOf(scene)
    const { geometry } = steps
    const [channel] = scene.shown.channels
    for (const cell of range(geometry.rows.padded * geometry.cols.padded)) {
      const found = inspect(steps, scene.shown, `x.${channel}`, cell, { step: 0, firstIndex: 0 })
      for (const filter of scene.shown.filters.filter((filter) => geometry.group(filter).includes(channel))) {
        const readers = range(geometry.area).filter((out) => {
          const { outlines } = frame(steps, scene.shown, filter * geometry.area + out)
          return cellsOn({ outlines }, `x.${channel}`).includes(cell)
        })
        assert.deepEqual(cellsOn(found, `y.${filter}`), readers, `${scene.title}, cell ${cell}`)
      }
    }
  }
})

test("an input of one group leads to the filters of that group only", () => {
  const found = look("groups", "x.3", 5)
  assert.deepEqual(found.outlines.map(({ plane }) => plane), ["x.3", "y.2", "y.3"])
  assert.deepEqual([throughTo(found, "y.2").plane, throughTo(found, "y.3").plane], ["w.5", "w.7"])
})

test("a zero of the padding says that it is one", () => {
  assert.equal(look("a rim of zeros", "x.0", 0).sentence, "padding (zeros): 0 · read by 1 output")
})


test("an input that the rim copies is read through its copies too", () => {
  for (const title of ["a rim that reflects", "a rim that repeats the edge", "a rim that wraps round"]) {
    const { geometry } = stepsOf(titled(title))
    for (const cell of range(geometry.rows.padded * geometry.cols.padded)) {
      const input = geometry.source(cell)
      const readers = range(geometry.area).filter((out) => geometry.window(out).some((padded) => geometry.source(padded) === input))
      assert.deepEqual(cellsOn(look(title, "x.0", cell), "y.0"), readers, `${title}, cell ${cell}`)
    }
  }
})

test("a weight leads to every input that it multiplies", () => {
  const found = look("a stride of two", "w.0", 4)
  assert.equal(found.sentence, "w[1, 1] = 0 · used 9 times")
  assert.deepEqual(cellsOn(found, "x.0"), [8, 10, 12, 22, 24, 26, 36, 38, 40])
})

test("a weight is named as PyTorch names it, also turned, in groups and in a line", () => {
  assert.match(look("a true convolution", "w.0", 0).sentence, /^w\[2, 1\] = 6 · used 6 times$/)
  assert.match(look("groups", "w.7", 1).sentence, /^w\[3, 1, 0, 1\] = /)
  assert.match(look("lines with channels", "w.5", 0).sentence, /^w\[2, 1, 2\] = /)
})

test("a product leads to its two factors", () => {
  const found = look("the bare page", "p.0", 5, { step: 12 })
  assert.equal(found.sentence, "9 · 2 = 18")
  assert.deepEqual([cellsOn(found, "x.0"), cellsOn(found, "w.0")], [[3 * 7 + 4], [5]])
})

test("products of a channel that the step does not read have nothing to say", () => {
  assert.equal(look("groups", "p.3", 0, { step: 0 }), null)
})

test("a cell of a pooling's window leads to the input that it holds", () => {
  const found = look("the largest of a window", "p.0", 3, { step: 1 })
  assert.equal(found.sentence, "8 · in the window")
  assert.deepEqual(found.outlines.map(({ plane }) => plane), ["p.0", "x.0"])
  assert.deepEqual(cellsOn(found, "x.0"), [7])
})

test("a place of a window at which no cell lies has nothing to say", () => {
  const { geometry } = stepsOf(titled("a maximum of each channel, hanging over"))
  assert.equal(look("a maximum of each channel, hanging over", "p.1", 5, { step: 2 * geometry.area - 1 }), null)
})

test("an input of a pooling leads to the outputs of its own channel, and to no weights", () => {
  const planes = look("a maximum of each channel, hanging over", "x.1", 5).outlines.map(({ plane }) => plane)
  assert.deepEqual(planes, ["x.1", "y.1"])
})

test("what lies around the input of a maximum is less than every number", () => {
  const { sentence } = look("a maximum with nothing around the input", "x.0", 0)
  assert.equal(sentence, "padding (never the largest): −∞ · read by 1 output")
})

test("a number of the upstream gradient leads to every input that it multiplies, in every channel", () => {
  const found = look("gradients where channels and filters cross", "w.1", 0)
  assert.equal(found.sentence, "grad_output[1, 0, 0] = 6 · used 8 times")
  assert.deepEqual(found.outlines.map(({ plane }) => plane), ["w.1", "x.0", "x.1"])
})

test("a gradient of a kernel is named as the kernel's own weight is", () => {
  assert.match(look("gradients where channels and filters cross", "y.3", 1).sentence, /^y\[1, 1, 0, 1\] = 175$/)
})

test("a slice of a volume is named by its channel and its depth, and a padded one is all zeros", () => {
  const volume = "a padded volume with channels, filters and a bias"
  assert.match(look(volume, "x.1", 0).sentence, /^x\[0, 0, 0, 0\] = 4/)
  assert.match(look(volume, "x.6", 8).sentence, /^x\[1, 1, 2, 2\] = /)
  assert.match(look(volume, "x.0", 0).sentence, /^padding \(zeros\): 0/)
  assert.match(look(volume, "w.1.0", 0).sentence, /^w\[0, 0, 1, 0, 0\] = 0 · used 12 times$/)
})

test("a bias says its value, also where a filter has several slices", () => {
  assert.equal(look("groups", "b.2", 0).sentence, "bias = −3 · added to every output of its filter")
  assert.match(look("a padded volume with channels, filters and a bias", "b.1", 0).sentence, /^bias = −2 /)
})
