import assert from "node:assert/strict"
import test from "node:test"
import { Drawing } from "../../static/js/drawing.js"

// As much of an element as a drawing touches.
function element(dataset = {}, classes = []) {
  const attributes = {}
  const own = new Set(classes)
  const classList = {
    contains: (name) => own.has(name),
    toggle: (name, holds) => (holds ? own.add(name) : own.delete(name)),
  }
  return { dataset, attributes, classList, setAttribute: (name, value) => (attributes[name] = value) }
}

function sheet(plane, facts, classes = []) {
  const group = element(facts, classes)
  const own = element({ plane })
  return { ...group, plane: own, querySelector: () => own }
}

function drawing(sheets, { width = 980, height = 392, cells = "40 30" } = {}) {
  const svg = {
    ...element({ wide: "0 0 980 392", tall: "0 0 362 410", cells }),
    style: { setProperty: () => {} },
    querySelectorAll: () => sheets,
    querySelector: () => undefined,
    getBoundingClientRect: () => ({ width, height }),
  }
  const drawn = new Drawing(svg)
  drawn.fit(new Map())
  return drawn
}

const place = ({ attributes }) => attributes.transform
const isAway = ({ classList }) => classList.contains("away")
const isBare = ({ classList }) => classList.contains("bare")

test("a wide box has the wide layout, and a phone's the tall one", () => {
  const wide = sheet("x.0", { wide: "1 2 1", tall: "3 4 0.5" })
  assert.equal(drawing([wide]).layout, "wide")
  assert.equal(place(wide), "translate(1 2)")
  const tall = sheet("x.0", { wide: "1 2 1", tall: "3 4 0.5" })
  assert.equal(drawing([tall], { width: 362, height: 410 }).layout, "tall")
  assert.equal(place(tall), "translate(3 4)")
  assert.equal(place(tall.plane), "scale(0.5)")
})

test("on a phone words have their space where both layouts show their numbers, and cells where one does not", () => {
  const at = (cells) => drawing([], { width: 362, height: 410, cells }).layout
  assert.equal(at("52 17"), "tall", "of the wide one the cells would be larger, but its titles lie over each other")
  assert.equal(at("52 12"), "wide")
})

test("of several filters one is seen", () => {
  const [first, second] = ["0", "1"].map((filter) => sheet(`y.${filter}`, { filter, wide: "5 6 1" }, filter === "1" ? ["away"] : []))
  const drawn = drawing([first, second])
  assert.deepEqual([first, second].map(isAway), [false, true])
  assert.equal(drawn.show(1), true)
  assert.deepEqual([first, second].map(isAway), [true, false])
  assert.equal(drawn.show(1), false, "it is seen already")
  assert.equal(drawn.show(7), false, "there is none")
})

function channels() {
  return [
    sheet("x.0", { channel: "0", wide: "0 0 1" }),
    sheet("w.0", { channel: "0", filter: "0", wide: "100 0 1" }),
    sheet("p.0", { channel: "0", wide: "200 0 1" }),
    sheet("x.1", { channel: "1", wide: "0 300 0.4 bare" }, ["bare"]),
    sheet("w.1", { channel: "1", filter: "1" }, ["away"]),
    sheet("p.1", { channel: "1" }, ["away"]),
  ]
}

test("a channel that is brought forward changes places with the large one, and its words with it", () => {
  const [x0, , p0, x1, , p1] = channels()
  const drawn = drawing([x0, p0, x1, p1])
  assert.equal(drawn.large, 0)
  assert.deepEqual([x0, x1].map(isBare), [false, true])
  assert.equal(drawn.bring(1), true)
  assert.deepEqual([x0, x1].map(place), ["translate(0 300)", "translate(0 0)"])
  assert.deepEqual([x0, x1].map(isBare), [true, false])
  assert.deepEqual([p0, p1].map(isAway), [true, false])
  assert.equal(place(p1), "translate(200 0)")
  assert.equal(drawn.bring(1), false, "it is large already")
  assert.equal(drawn.bring(0), true)
  assert.deepEqual([x0, x1].map(place), ["translate(0 0)", "translate(0 300)"])
})

test("in groups, each channel comes forward with the filter that reads it", () => {
  const sheets = channels()
  const drawn = drawing(sheets)
  drawn.show(1)
  drawn.bring(1)
  const [, w0, , , w1] = sheets
  assert.deepEqual([w0, w1].map(isAway), [true, false])
  assert.equal(place(w1), "translate(100 0)")
})
