import assert from "node:assert/strict"
import { test } from "node:test"

import { brushFor, editIndex, pastedGrid } from "../../static/js/edit.js"
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
  for (const scene of frames) {
    const steps = stepsOf(scene)
    const { geometry, scene: told } = steps
    const { data, weights } = told.roles
    const grids = { x: told.grids[data], w: told.grids[weights], b: told.grids.b }
    const slices = (filter) => (weights ? geometry.group(filter).map((channel) => geometry.weight(filter, channel)) : [])
    const places = range(geometry.filters).flatMap((filter) => [
      ...slices(filter).flatMap((plane) => range(geometry.taps).map((cell) => [`w.${plane}`, cell])),
      ...(told.grids.b ? [[`b.${filter}`, 0]] : []),
    ])
    const inputs = range(grids.x.shape[0]).flatMap((channel) =>
      range(geometry.rows.padded * geometry.cols.padded).map((cell) => [`x.${channel}`, cell]),
    )
    for (const [id, cell] of [...places, ...inputs]) {
      const index = editIndex(steps, id, cell)
      const around = told.reduction.name === "max" ? -Infinity : 0
      const expected = index === null ? around : stored(grids[id[0]], index)
      assert.equal(steps.value(id, cell), expected, `${scene.title}, ${id}, cell ${cell}`)
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

const PASTED = {
  "nested lists": ["[[1, 2], [3, -4.5]]", "[[1,2],[3,-4.5]]"],
  "a printed NumPy array": ["[[ 0.5 -1. ]\n [ 2.   3. ]]", "[[0.5,-1],[2,3]]"],
  "a NumPy array's repr": ["array([[1., 2.],\n       [3., 4.]], dtype=float32)", "[[1,2],[3,4]]"],
  "whole numbers of NumPy": ["[[  0 255]\n [ 12   7]]", "[[0,255],[12,7]]"],
  "small numbers of NumPy": ["[1.e-05 1.e+00 2.5e-01]", "[0.00001,1,0.25]"],
  "three axes of NumPy": ["[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]", "[[[1,2],[3,4]],[[5,6],[7,8]]]"],
  "a PyTorch tensor": ["tensor([[ 1.0000, -2.5000],\n        [ 0.3333,  4.0000]])", "[[1,-2.5],[0.3333,4]]"],
  "a tensor on a device": ["tensor([1., 2.], device='cuda:0', grad_fn=<ReluBackward0>)", "[1,2]"],
  "cells of a spreadsheet": ["1\t2\t3\r\n4\t5.5\t−6\r\n", "1,2,3;4,5.5,-6"],
  "lines of CSV": ["1, 2, 3\n4,5,6\n", "1,2,3;4,5,6"],
  "plain text": ["  1 2  3\n +4 -5 6e-2 \n", "1,2,3;4,-5,6e-2"],
  "an address's own grammar": ["1,0;0,1/9", "1,0;0,1/9"],
  "one number": ["7", "7"],
}

for (const [what, [text, grid]] of Object.entries(PASTED)) {
  test(`${what} can be pasted`, () => assert.equal(pastedGrid(text), grid))
}

const JUNK = {
  "a sentence": "The quick brown fox",
  "nothing": "",
  "words in brackets": '["a", "b"]',
  "an empty list": "[]",
  "nulls": "[[1, null]]",
  "a shortened array": "[0 1 2 ... 97 98 99]",
  "an array with NaN": "[nan 1.]",
  "a number without an end": "1.2.3, 4",
  "a lone point": ".",
  "a table with a missing cell": "1\t\t3\n4\t5\t6",
  "numbers among words": "1, two, 3",
  "a number beyond float64": "[1e999]",
}

for (const [what, text] of Object.entries(JUNK)) {
  test(`${what} cannot be pasted`, () => assert.equal(pastedGrid(text), null))
}
